use std::{
    collections::{HashMap, VecDeque},
    task::{Context, Poll, Waker},
};

use libp2p::{
    Multiaddr, PeerId, Stream, StreamProtocol,
    core::{Endpoint, transport::PortUse},
    swarm::{
        ConnectionClosed, ConnectionDenied, ConnectionId, FromSwarm, NetworkBehaviour,
        NotifyHandler, THandler, THandlerInEvent, THandlerOutEvent, ToSwarm,
        behaviour::ConnectionEstablished,
    },
};
use tokio::sync::oneshot;

use super::handler::{Handler, Instruction, Opened};

/// A stream that a peer has opened.
#[derive(Debug)]
pub struct Incoming {
    pub peer: PeerId,
    pub connection: ConnectionId,
    pub stream: Stream,
    pub protocol: StreamProtocol,
}

/// Opens streams on connections of the caller's choice, and accepts them on protocols that come and go.
///
/// The `libp2p-stream` crate does neither: it picks the connection itself, and does not tell which one a stream is on.
#[derive(Default)]
pub struct Behaviour {
    served: Vec<StreamProtocol>,
    connections: HashMap<ConnectionId, PeerId>,
    events: VecDeque<ToSwarm<Incoming, Instruction>>,
    waker: Option<Waker>,
}

impl Behaviour {
    /// Accepts streams on these protocols from now on, and on no others. Connected peers are told by identify.
    pub fn serve(&mut self, protocols: Vec<StreamProtocol>) {
        self.served = protocols;
        for (connection, peer) in self.connections.clone() {
            self.instruct(peer, connection, Instruction::Serve(self.served.clone()));
        }
    }

    /// Opens a stream on the first of the protocols that the peer supports. If nothing comes, the connection has ended.
    pub fn open(
        &mut self,
        peer: PeerId,
        connection: ConnectionId,
        protocols: Vec<StreamProtocol>,
    ) -> oneshot::Receiver<Opened> {
        let (opened, receiver) = oneshot::channel();
        self.instruct(peer, connection, Instruction::Open { protocols, opened });
        receiver
    }

    fn instruct(&mut self, peer_id: PeerId, connection: ConnectionId, event: Instruction) {
        self.events.push_back(ToSwarm::NotifyHandler {
            peer_id,
            handler: NotifyHandler::One(connection),
            event,
        });
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

impl NetworkBehaviour for Behaviour {
    type ConnectionHandler = Handler;
    type ToSwarm = Incoming;

    fn handle_established_inbound_connection(
        &mut self,
        _: ConnectionId,
        _: PeerId,
        _: &Multiaddr,
        _: &Multiaddr,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(Handler::new(self.served.clone()))
    }

    fn handle_established_outbound_connection(
        &mut self,
        _: ConnectionId,
        _: PeerId,
        _: &Multiaddr,
        _: Endpoint,
        _: PortUse,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(Handler::new(self.served.clone()))
    }

    fn on_swarm_event(&mut self, event: FromSwarm) {
        match event {
            FromSwarm::ConnectionEstablished(ConnectionEstablished {
                peer_id,
                connection_id,
                ..
            }) => {
                self.connections.insert(connection_id, peer_id);
            }
            FromSwarm::ConnectionClosed(ConnectionClosed { connection_id, .. }) => {
                self.connections.remove(&connection_id);
            }
            _ => {}
        }
    }

    fn on_connection_handler_event(
        &mut self,
        peer: PeerId,
        connection: ConnectionId,
        (stream, protocol): THandlerOutEvent<Self>,
    ) {
        self.events.push_back(ToSwarm::GenerateEvent(Incoming {
            peer,
            connection,
            stream,
            protocol,
        }));
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<ToSwarm<Incoming, THandlerInEvent<Self>>> {
        if let Some(event) = self.events.pop_front() {
            return Poll::Ready(event);
        }
        self.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}
