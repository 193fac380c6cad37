//! The libp2p node: one task owns the swarm, and everything else talks to it through a [`Handle`].

mod behaviour;
mod conn_manager;
mod connections;
mod dht;
mod dial;
mod events;
mod listening;
mod muxer;
mod peers;
mod pubsub;
mod security;
mod transport;
mod watchers;

use std::{collections::HashMap, io, sync::Arc, time::Duration};

use futures::StreamExt;
use libp2p::{Multiaddr, PeerId, StreamProtocol, Swarm, identity::Keypair, relay, swarm};
use tokio::{
    sync::{mpsc, oneshot},
    time::MissedTickBehavior,
};

use self::{
    behaviour::Behaviour,
    conn_manager::ConnManager,
    connections::{Connections, StreamHold},
    dht::Queries,
    listening::Listening,
    peers::Peers,
    pubsub::Pubsub,
    watchers::Watchers,
};
pub use self::{dial::Attempt, watchers::Watching};
use crate::{
    config::Config,
    control::RequestError,
    features::features,
    streams::{self, serve::Target},
};

/// How often relays are asked again whose time has come, and messages are forgotten whose time is over.
const TICK: Duration = Duration::from_secs(1);

/// How often connections are counted, as in go.
const COUNT: Duration = Duration::from_secs(10);

/// Work for the node's task that may be waiting at a time.
const BACKLOG: usize = 256;

/// Streams of one connection that may be negotiated at a time; more are reset.
const MAX_NEGOTIATING: usize = 1024;

/// Applications that may wait for the streams of one protocol to be theirs again.
const MAX_TARGETS: usize = 16;

type Work = Box<dyn FnOnce(&mut Node) + Send>;

/// The swarm, and what the daemon knows beyond it.
pub struct Node {
    swarm: Swarm<Behaviour>,
    pub connections: Connections,
    pub peers: Peers,
    pub conn_manager: ConnManager,
    pub queries: Queries,
    pub pubsub: Pubsub,
    pub watchers: Watchers,
    listening: Listening,
    /// Who gets the streams of a protocol: the last one that asked for them, then who did before.
    targets: HashMap<StreamProtocol, Vec<Target>>,
}

/// A way to the node's task. Dropping the last one stops the node.
#[derive(Clone)]
pub struct Handle {
    work: mpsc::Sender<Work>,
    pub peer_id: PeerId,
    pub has_dht: bool,
    pub has_pubsub: bool,
    /// What is switched on, as VERSION lists it.
    pub features: Arc<[String]>,
}

impl Handle {
    /// Has the node's task do something, which must not take long, and gives what it came to.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Node) -> T + Send + 'static,
    ) -> Result<T, RequestError> {
        let stopped = || RequestError::new("ERR_INTERNAL", "the daemon is stopping");
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |node| {
            // who asked may have given up
            let _ = answer.send(work(node));
        });
        self.work.send(work).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())
    }
}

/// Starts a node, and waits until it listens. The future runs it, and ends when no handle is left.
pub async fn start(
    keypair: &Keypair,
    config: &Config,
) -> io::Result<(Handle, impl Future<Output = ()> + use<>)> {
    let peer_id = keypair.public().to_peer_id();
    let (circuits, relay_client) = relay::client::new(peer_id);
    let swarm = Swarm::new(
        transport::build(keypair, config, circuits)?,
        Behaviour::new(keypair, config, relay_client)?,
        peer_id,
        swarm::Config::with_tokio_executor().with_max_negotiating_inbound_streams(MAX_NEGOTIATING),
    );
    let (sender, receiver) = mpsc::channel(BACKLOG);
    let mut node = Node {
        swarm,
        connections: Connections::default(),
        peers: Peers::default(),
        conn_manager: ConnManager::new(config.conn_manager.clone()),
        queries: Queries::default(),
        pubsub: Pubsub::new(pubsub::overhead(keypair)),
        watchers: Watchers::new(&config.security, config.muxer),
        listening: Listening::new(config.announce_addrs.clone()),
        targets: HashMap::new(),
    };
    if config.echo {
        node.serve(ECHO, Target::Echo);
    }
    node.listen(config.host_addrs.clone()).await?;
    let handle = Handle {
        work: sender,
        peer_id,
        has_dht: node.swarm.behaviour().kad.is_enabled(),
        has_pubsub: node.swarm.behaviour().gossipsub.is_enabled(),
        features: features(config).into(),
    };
    Ok((handle, node.run(receiver)))
}

/// A stream that is being opened.
pub struct Opening {
    /// The address of the connection that it is on.
    pub address: Multiaddr,
    /// To be kept for as long as the stream.
    pub hold: StreamHold,
    pub opened: oneshot::Receiver<streams::Opened>,
}

const ECHO: StreamProtocol = StreamProtocol::new("/echo/1.0.0");

impl Node {
    async fn run(mut self, mut work: mpsc::Receiver<Work>) {
        let [mut tick, mut count] = [TICK, COUNT].map(|period| {
            let mut interval = tokio::time::interval(period);
            interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
            interval
        });
        loop {
            tokio::select! {
                task = work.recv() => match task {
                    Some(task) => task(&mut self),
                    None => return,
                },
                event = self.swarm.select_next_some() => self.on_event(event),
                _ = tick.tick() => {
                    self.listen_again();
                    self.pubsub.forget();
                }
                _ = count.tick() => {
                    let excess = self.conn_manager.excess(&self.connections);
                    self.close(excess);
                }
            }
        }
    }

    /// The addresses that peers are told of, without the peer id.
    pub fn addresses(&self) -> Vec<Multiaddr> {
        self.listening.announced()
    }

    /// Sends the streams of a protocol to a target, until another one is named.
    pub fn serve(&mut self, protocol: StreamProtocol, target: Target) {
        let targets = self.targets.entry(protocol).or_default();
        targets.retain(|other| *other != target);
        if targets.len() >= MAX_TARGETS {
            targets.remove(0);
        }
        targets.push(target);
        self.tell_protocols();
    }

    /// No longer sends streams of a protocol to this application, but to who got them before.
    pub fn forget(&mut self, protocol: &StreamProtocol, application: &Multiaddr) {
        if let Some(targets) = self.targets.get_mut(protocol) {
            let gone = Target::Application(application.clone());
            targets.retain(|target| *target != gone);
            if targets.is_empty() {
                self.targets.remove(protocol);
            }
            self.tell_protocols();
        }
    }

    fn tell_protocols(&mut self) {
        let protocols = self.targets.keys().cloned().collect();
        self.swarm.behaviour_mut().streams.serve(protocols);
    }

    /// Opens a stream on the best connection with a peer.
    pub fn open_stream(
        &mut self,
        peer: &PeerId,
        protocols: Vec<StreamProtocol>,
    ) -> Option<Opening> {
        let (id, connection) = self.connections.best(peer)?;
        let (address, hold) = (connection.address.clone(), connection.hold_stream());
        let streams = &mut self.swarm.behaviour_mut().streams;
        Some(Opening {
            address,
            hold,
            opened: streams.open(*peer, id, protocols),
        })
    }

    /// Lets the peers go that are valued least, down to the low water mark.
    pub fn trim(&mut self) -> Vec<oneshot::Receiver<()>> {
        let peers = self.conn_manager.trim(&self.connections);
        peers
            .into_iter()
            .map(|peer| self.disconnect(peer))
            .collect()
    }

    fn close(&mut self, peers: Vec<PeerId>) {
        for peer in peers {
            // it may have gone by itself
            let _ = self.swarm.disconnect_peer_id(peer);
        }
    }
}
