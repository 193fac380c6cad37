use std::io;

use libp2p::{
    autonat, dcutr, gossipsub, identify,
    identity::Keypair,
    kad::{self, store::MemoryStore},
    ping, relay,
    swarm::{NetworkBehaviour, behaviour::toggle::Toggle},
};

use super::{dht, pubsub};
use crate::{
    config::{Config, RelayConfig},
    streams,
};

/// How identify names this daemon.
const AGENT: &str = concat!("rust-libp2p-daemon/", env!("CARGO_PKG_VERSION"));

/// The protocols of the node. Streams come first, since an application may replace any protocol by its own.
#[derive(NetworkBehaviour)]
pub struct Behaviour {
    pub streams: streams::Behaviour,
    pub identify: identify::Behaviour,
    ping: ping::Behaviour,
    relay_client: relay::client::Behaviour,
    relay: Toggle<relay::Behaviour>,
    pub dcutr: Toggle<dcutr::Behaviour>,
    autonat: Toggle<autonat::v1::Behaviour>,
    pub kad: Toggle<kad::Behaviour<MemoryStore>>,
    pub gossipsub: Toggle<gossipsub::Behaviour<pubsub::Envelope>>,
}

impl Behaviour {
    pub fn new(
        keypair: &Keypair,
        config: &Config,
        relay_client: relay::client::Behaviour,
    ) -> io::Result<Self> {
        let public_key = keypair.public();
        let peer_id = public_key.to_peer_id();
        let gossipsub = config
            .pubsub
            .as_ref()
            .map(|config| pubsub::behaviour(keypair, config))
            .transpose()?;
        let identify = identify::Config::new(String::new(), public_key)
            .with_agent_version(AGENT.to_owned())
            // what is announced is decided by the daemon, as external addresses
            .with_hide_listen_addrs(true)
            // the daemon keeps its own book
            .with_cache_size(0);
        Ok(Self {
            streams: streams::Behaviour::default(),
            identify: identify::Behaviour::new(identify),
            ping: ping::Behaviour::default(),
            relay_client,
            relay: config
                .relay
                .as_ref()
                .map(|config| hop(peer_id, config))
                .into(),
            dcutr: config
                .hole_punching
                .then(|| dcutr::Behaviour::new(peer_id))
                .into(),
            autonat: config
                .autonat
                .then(|| autonat::v1::Behaviour::new(peer_id, autonat::v1::Config::default()))
                .into(),
            kad: dht::behaviour(peer_id, config.dht).into(),
            gossipsub: gossipsub.into(),
        })
    }
}

/// The relay service. Whoever runs it has asked for it, so that it does not wait for proof that it can be reached.
fn hop(peer_id: libp2p::PeerId, config: &RelayConfig) -> relay::Behaviour {
    let mut behaviour = relay::Behaviour::new(
        peer_id,
        relay::Config {
            max_reservations: config.reservations,
            reservation_duration: config.reservation_ttl,
            max_circuits: config.circuits,
            max_circuits_per_peer: config.circuits_per_peer,
            max_circuit_bytes: config.data_limit,
            max_circuit_duration: config.time_limit,
            ..relay::Config::default()
        },
    );
    behaviour.set_status(Some(relay::Status::Enable));
    behaviour
}
