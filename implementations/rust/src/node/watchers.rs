//! Applications that are told what happens.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use libp2p::{Multiaddr, PeerId, identify, multiaddr::Protocol, swarm::ConnectionId};
use prost::Message;
use tokio::sync::mpsc;

use super::{
    Node,
    connections::{Connection, Connections},
};
use crate::{
    address::{is_relayed, without_peer},
    config::{Muxer, Security},
    proto::{
        ConnectionInfo, ErrorResponse, Event, IdentifyInfo, ReservationInfo,
        connection_info::Direction, event::Type,
    },
};

/// Bytes of events that may wait for an application, beside the state that it asked for.
const MAX_WAITING: usize = 1024 * 1024;

/// How connections are made safe and divided into streams, by the names of the protocols. The library does not tell which
/// of several security protocols a connection has: it is known only where one alone is offered.
struct Protocols {
    security: Option<&'static str>,
    muxer: &'static str,
}

/// Those who are told what happens, and what they know.
pub struct Watchers {
    all: Vec<Watcher>,
    protocols: Protocols,
    /// The daemon's addresses that were told last.
    addresses: Vec<Multiaddr>,
}

struct Watcher {
    /// None means all.
    types: Vec<i32>,
    events: mpsc::UnboundedSender<Event>,
    waiting: Arc<AtomicUsize>,
}

/// What an application is told: the state, then what happens.
pub struct Watching {
    pub state: Vec<Event>,
    events: mpsc::UnboundedReceiver<Event>,
    waiting: Arc<AtomicUsize>,
}

impl Watching {
    /// The next event; none when no more will come.
    pub async fn next(&mut self) -> Option<Event> {
        let event = self.events.recv().await?;
        self.waiting
            .fetch_sub(event.encoded_len(), Ordering::Relaxed);
        Some(event)
    }
}

impl Watcher {
    fn wants(&self, event: &Event) -> bool {
        self.types.is_empty()
            || self.types.contains(&event.r#type)
            || event.r#type == i32::from(Type::StateComplete)
    }

    /// Whether the application is to be told more.
    fn tell(&self, event: &Event) -> bool {
        if !self.wants(event) {
            return !self.events.is_closed();
        }
        let length = event.encoded_len();
        if self.waiting.fetch_add(length, Ordering::Relaxed) + length <= MAX_WAITING {
            return self.events.send(event.clone()).is_ok();
        }
        let message = format!("events were not read in time: {MAX_WAITING} bytes of them waited");
        // if it is gone there is nobody to tell
        let _ = self.events.send(Event {
            error: Some(ErrorResponse {
                msg: message,
                code: Some("ERR_LIMIT".to_owned()),
            }),
            ..now(Type::Error)
        });
        false
    }
}

impl Watchers {
    pub fn new(security: &Security, muxer: Muxer) -> Self {
        Self {
            all: Vec::new(),
            protocols: Protocols {
                security: match (security.noise, security.tls, security.plaintext) {
                    (true, false, false) => Some("/noise"),
                    (false, true, false) => Some("/tls/1.0.0"),
                    (false, false, true) => Some("/plaintext/2.0.0"),
                    _ => None,
                },
                muxer: match muxer {
                    Muxer::Yamux => "/yamux/1.0.0",
                    Muxer::Mplex => "/mplex/6.7.0",
                },
            },
            addresses: Vec::new(),
        }
    }

    fn watch(&mut self, types: Vec<i32>, state: Vec<Event>) -> Watching {
        let (sender, events) = mpsc::unbounded_channel();
        let watcher = Watcher {
            types,
            events: sender,
            waiting: Arc::default(),
        };
        let waiting = watcher.waiting.clone();
        let wanted = state.into_iter().filter(|event| watcher.wants(event));
        let state = wanted.collect();
        self.all.push(watcher);
        Watching {
            state,
            events,
            waiting,
        }
    }

    fn tell(&mut self, event: Event) {
        self.all.retain(|watcher| watcher.tell(&event));
    }

    pub fn tell_closed(&mut self, id: ConnectionId, connection: &Connection) {
        let connection = Some(self.protocols.describe(id, connection));
        self.tell(Event {
            connection,
            ..now(Type::ConnectionClosed)
        });
    }

    pub fn tell_gone(&mut self, peer: &PeerId) {
        self.tell(of_peer(Type::PeerDisconnected, peer));
    }

    pub fn tell_reservation(&mut self, kind: Type, address: &Multiaddr) {
        self.tell(reservation(kind, address));
    }

    pub fn tell_addresses(&mut self, addresses: Vec<Multiaddr>) {
        if addresses != self.addresses {
            self.tell(of_addresses(&addresses));
            self.addresses = addresses;
        }
    }
}

impl Node {
    /// Tells an application of these types of events from now on; none means all of them.
    pub fn watch(&mut self, types: Vec<i32>) -> Watching {
        let mut state = self.watchers.protocols.open(&self.connections);
        let reservations = self.reservations();
        state.extend(reservations.map(|address| reservation(Type::ReservationGained, address)));
        state.push(of_addresses(&self.addresses()));
        state.push(now(Type::StateComplete));
        self.watchers.watch(types, state)
    }

    pub fn tell_opened(&mut self, id: ConnectionId, is_first: bool) {
        let Some(connection) = self.connections.get(id) else {
            return;
        };
        let opened = self.watchers.protocols.opened(id, connection);
        let peer = connection.peer;
        self.watchers.tell(opened);
        if is_first {
            self.watchers.tell(of_peer(Type::PeerConnected, &peer));
        }
    }

    pub fn tell_identified(&mut self, id: ConnectionId, peer: &PeerId, info: &identify::Info) {
        let addresses = info.listen_addrs.iter();
        let description = IdentifyInfo {
            peer: peer.to_bytes(),
            connection: id.to_string(),
            agent_version: Some(info.agent_version.clone()),
            protocol_version: Some(info.protocol_version.clone()),
            protos: info.protocols.iter().map(ToString::to_string).collect(),
            addrs: addresses
                .map(|address| without_peer(address.clone(), peer).to_vec())
                .collect(),
            observed_addr: Some(info.observed_addr.to_vec()),
        };
        self.connections.describe(id, description.clone());
        self.watchers.tell(identified(description));
    }

    /// A peer has called through a relay, and could not be reached in another way.
    pub fn tell_stays_relayed(&mut self, peer: &PeerId, reason: &str) {
        let found = self.connections.by_id().find(|(_, connection)| {
            connection.peer == *peer
                && connection.direction == Direction::Inbound
                && is_relayed(&connection.address)
        });
        let Some((id, connection)) = found else {
            return;
        };
        let connection = self.watchers.protocols.describe(id, connection);
        self.watchers.tell(Event {
            connection: Some(connection),
            error: Some(ErrorResponse {
                msg: reason.to_owned(),
                code: None,
            }),
            ..now(Type::StaysRelayed)
        });
    }
}

impl Protocols {
    /// What has led to the connections that there are.
    fn open(&self, connections: &Connections) -> Vec<Event> {
        let mut events = Vec::new();
        let mut peers = Vec::new();
        for (id, connection) in connections.by_id() {
            events.push(self.opened(id, connection));
            if !peers.contains(&connection.peer) {
                events.push(of_peer(Type::PeerConnected, &connection.peer));
                peers.push(connection.peer);
            }
            events.extend(connection.description.clone().map(identified));
        }
        events
    }

    fn opened(&self, id: ConnectionId, connection: &Connection) -> Event {
        Event {
            connection: Some(self.describe(id, connection)),
            ..now(Type::ConnectionOpened)
        }
    }

    fn describe(&self, id: ConnectionId, connection: &Connection) -> ConnectionInfo {
        let address = &connection.address;
        let is_quic = !is_relayed(address) && has_quic(address);
        ConnectionInfo {
            id: id.to_string(),
            peer: connection.peer.to_bytes(),
            addr: address.to_vec(),
            direction: connection.direction.into(),
            security: self.security.filter(|_| !is_quic).map(ToOwned::to_owned),
            muxer: (!is_quic).then(|| self.muxer.to_owned()),
            relayed: Some(is_relayed(address)),
            opened: milliseconds(connection.opened_at),
        }
    }
}

fn has_quic(address: &Multiaddr) -> bool {
    address
        .iter()
        .any(|part| matches!(part, Protocol::QuicV1 | Protocol::Quic))
}

fn now(kind: Type) -> Event {
    Event {
        r#type: kind.into(),
        time: milliseconds(SystemTime::now()),
        ..Event::default()
    }
}

fn of_peer(kind: Type, peer: &PeerId) -> Event {
    Event {
        peer: Some(peer.to_bytes()),
        ..now(kind)
    }
}

fn of_addresses(addresses: &[Multiaddr]) -> Event {
    Event {
        addrs: addresses.iter().map(Multiaddr::to_vec).collect(),
        ..now(Type::AddressesChanged)
    }
}

fn identified(description: IdentifyInfo) -> Event {
    Event {
        identify: Some(description),
        ..now(Type::PeerIdentified)
    }
}

fn reservation(kind: Type, address: &Multiaddr) -> Event {
    let relay = address.iter().find_map(|part| match part {
        Protocol::P2p(relay) => Some(relay.to_bytes()),
        _ => None,
    });
    Event {
        reservation: Some(ReservationInfo {
            relay: relay.unwrap_or_default(),
            addrs: vec![address.to_vec()],
            expires: None,
        }),
        ..now(kind)
    }
}

fn milliseconds(time: SystemTime) -> Option<i64> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watchers() -> Watchers {
        let security = Security {
            noise: true,
            tls: false,
            plaintext: false,
        };
        Watchers::new(&security, Muxer::Yamux)
    }

    #[tokio::test]
    async fn only_what_was_asked_for_comes_and_the_end_of_the_state() {
        let mut watchers = watchers();
        let peer = PeerId::random();
        let state = vec![
            of_peer(Type::PeerConnected, &peer),
            now(Type::StateComplete),
        ];
        let mut watching = watchers.watch(vec![Type::PeerDisconnected.into()], state);
        assert_eq!(watching.state.len(), 1);
        watchers.tell_addresses(vec!["/ip4/1.2.3.4/tcp/5".parse().unwrap()]);
        watchers.tell_gone(&peer);
        let event = watching.next().await.unwrap();
        assert_eq!(event.peer, Some(peer.to_bytes()));
    }

    #[tokio::test]
    async fn who_does_not_read_is_told_so_and_nothing_else() {
        let mut watchers = watchers();
        let mut watching = watchers.watch(Vec::new(), Vec::new());
        let peer = PeerId::random();
        while !watchers.all.is_empty() {
            watchers.tell_gone(&peer);
        }
        let mut last = None;
        while let Some(event) = watching.next().await {
            last = Some(event);
        }
        let code = last
            .and_then(|event| event.error)
            .and_then(|error| error.code);
        assert_eq!(code.as_deref(), Some("ERR_LIMIT"));
    }

    #[test]
    fn who_is_gone_is_forgotten() {
        let mut watchers = watchers();
        drop(watchers.watch(vec![Type::PeerConnected.into()], Vec::new()));
        watchers.tell_gone(&PeerId::random());
        assert!(watchers.all.is_empty());
    }

    #[test]
    fn a_connection_is_described_with_its_protocols_unless_quic_brings_its_own() {
        let mut connections = Connections::default();
        for (index, address) in ["/ip4/1.2.3.4/tcp/5", "/ip4/1.2.3.4/udp/5/quic-v1"]
            .into_iter()
            .enumerate()
        {
            connections.on_established(
                ConnectionId::new_unchecked(index),
                PeerId::random(),
                address.parse().unwrap(),
                Direction::Outbound,
            );
        }
        let protocols = watchers().protocols;
        let described: Vec<_> = connections
            .by_id()
            .map(|(id, connection)| protocols.describe(id, connection))
            .map(|info| (info.security, info.muxer))
            .collect();
        let names = Some("/noise".to_owned()).zip(Some("/yamux/1.0.0".to_owned()));
        let names = names.unzip();
        assert_eq!(described, [names, (None, None)]);
    }
}
