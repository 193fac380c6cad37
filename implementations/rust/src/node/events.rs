use std::io;

use libp2p::{
    core::ConnectedPoint,
    identify, ping,
    swarm::{ConnectionId, SwarmEvent},
};

use super::{
    Node,
    behaviour::{Behaviour, BehaviourEvent},
    dial::explain,
};
use crate::{
    address::without_peer,
    control::RequestError,
    proto::{StreamInfo, connection_info::Direction},
    streams,
    streams::serve::serve,
};

type Event = SwarmEvent<<Behaviour as libp2p::swarm::NetworkBehaviour>::ToSwarm>;

impl Node {
    pub fn on_event(&mut self, event: Event) {
        match event {
            SwarmEvent::Behaviour(event) => self.on_behaviour_event(event),
            SwarmEvent::ConnectionEstablished {
                peer_id,
                connection_id,
                endpoint,
                num_established,
                ..
            } => {
                let address = match &endpoint {
                    ConnectedPoint::Dialer { address, .. } => {
                        without_peer(address.clone(), &peer_id)
                    }
                    // what is known of the other side of a circuit is the relay
                    ConnectedPoint::Listener { local_addr, .. } if endpoint.is_relayed() => {
                        without_peer(local_addr.clone(), self.swarm.local_peer_id())
                    }
                    ConnectedPoint::Listener { send_back_addr, .. } => {
                        without_peer(send_back_addr.clone(), &peer_id)
                    }
                };
                let direction = match &endpoint {
                    ConnectedPoint::Dialer { .. } => Direction::Outbound,
                    ConnectedPoint::Listener { .. } => Direction::Inbound,
                };
                self.connections
                    .on_established(connection_id, peer_id, address, direction);
                self.tell_opened(connection_id, num_established.get() == 1);
            }
            SwarmEvent::ConnectionClosed {
                peer_id,
                connection_id,
                num_established,
                ..
            } => {
                if let Some(connection) = self.connections.on_closed(connection_id) {
                    self.watchers.tell_closed(connection_id, &connection);
                }
                if num_established == 0 {
                    self.conn_manager.on_disconnected(&peer_id);
                    self.watchers.tell_gone(&peer_id);
                }
            }
            SwarmEvent::OutgoingConnectionError {
                connection_id,
                peer_id: Some(peer),
                error,
            } => {
                tracing::debug!(%peer, %error, "a dial failed");
                self.connections
                    .on_dial_failed(connection_id, || RequestError::dial(explain(&peer, &error)));
            }
            SwarmEvent::NewListenAddr {
                listener_id,
                address,
            } => self.on_listen_address(listener_id, address),
            SwarmEvent::ExpiredListenAddr {
                listener_id,
                address,
            } => self.on_listen_address_expired(listener_id, address),
            SwarmEvent::ListenerClosed {
                listener_id,
                reason,
                ..
            } => self.on_listener_closed(listener_id, reason),
            SwarmEvent::ListenerError { error, .. } => tracing::warn!(%error, "a listener failed"),
            _ => {}
        }
    }

    fn on_behaviour_event(&mut self, event: BehaviourEvent) {
        match event {
            BehaviourEvent::Streams(incoming) => self.on_stream(incoming),
            BehaviourEvent::Identify(event) => self.on_identify(event),
            BehaviourEvent::Kad(event) => self.on_dht_event(event),
            BehaviourEvent::Gossipsub(event) => self.on_pubsub_event(event),
            BehaviourEvent::Dcutr(event) => {
                tracing::info!(peer = %event.remote_peer_id, result = ?event.result, "hole punching");
                if let Err(error) = event.result {
                    self.tell_stays_relayed(&event.remote_peer_id, &error.to_string());
                }
            }
            // nothing else in the library closes a connection over which nothing comes any more
            BehaviourEvent::Ping(ping::Event {
                connection,
                result: Err(failure),
                ..
            }) if is_timeout(&failure) => {
                tracing::debug!(?connection, "nothing comes any more");
                self.swarm.close_connection(connection);
            }
            BehaviourEvent::RelayClient(event) => tracing::debug!(?event, "relay"),
            _ => {}
        }
    }

    fn on_identify(&mut self, event: identify::Event) {
        let connection: ConnectionId = event.connection_id();
        match event {
            identify::Event::Received { peer_id, info, .. } => {
                self.peers.on_identified(peer_id, &info);
                self.route(peer_id, &info);
                self.tell_identified(connection, &peer_id, &info);
                self.connections.on_identified(connection);
            }
            // a peer without identify is a peer all the same
            identify::Event::Error { .. } => self.connections.on_identified(connection),
            identify::Event::Sent { .. } | identify::Event::Pushed { .. } => {}
        }
    }

    fn on_stream(&mut self, incoming: streams::Incoming) {
        let targets = self.targets.get(&incoming.protocol);
        let target = targets.and_then(|targets| targets.last()).cloned();
        let connection = self.connections.get(incoming.connection);
        let (Some(target), Some(connection)) = (target, connection) else {
            return;
        };
        let info = StreamInfo {
            peer: incoming.peer.to_bytes(),
            addr: connection.address.to_vec(),
            proto: incoming.protocol.to_string(),
        };
        let hold = connection.hold_stream();
        tokio::spawn(async move {
            serve(incoming.stream, target, info).await;
            drop(hold);
        });
    }
}

/// Whether a ping failed because no answer came. The first is sent on a stream of its own, whose negotiation is what
/// times out then.
fn is_timeout(failure: &ping::Failure) -> bool {
    match failure {
        ping::Failure::Timeout => true,
        ping::Failure::Unsupported => false,
        ping::Failure::Other { error } => error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::TimedOut),
    }
}
