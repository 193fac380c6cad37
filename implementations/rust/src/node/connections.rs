use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::{Instant, SystemTime},
};

use libp2p::{Multiaddr, PeerId, swarm::ConnectionId};
use tokio::sync::oneshot;

use crate::{
    address::is_relayed,
    control::RequestError,
    proto::{IdentifyInfo, connection_info::Direction},
};

type Waiters<T> = Vec<oneshot::Sender<T>>;

/// What came of a dial: nothing, or why it failed.
pub type Dialled = Result<(), RequestError>;

/// One connection with a peer.
#[derive(Debug)]
pub struct Connection {
    pub peer: PeerId,
    /// The address of the other side, without its peer id.
    pub address: Multiaddr,
    pub direction: Direction,
    pub opened: Instant,
    pub opened_at: SystemTime,
    /// What the peer has said of itself on it.
    pub description: Option<IdentifyInfo>,
    /// Held by each stream between an application and the peer, so that they can be counted.
    streams: Arc<()>,
    /// Those who wait for identify to be done with it; none when it is.
    identifying: Option<Waiters<Dialled>>,
}

/// A stream on a connection, for as long as this is kept.
pub type StreamHold = Arc<()>;

impl Connection {
    pub fn hold_stream(&self) -> StreamHold {
        self.streams.clone()
    }

    /// The streams that applications have on it.
    pub fn stream_count(&self) -> usize {
        Arc::strong_count(&self.streams) - 1
    }
}

/// The connections that there are, those that are being made, and who waits for either.
#[derive(Default)]
pub struct Connections {
    /// In the order in which they were made.
    open: BTreeMap<ConnectionId, Connection>,
    dials: HashMap<PeerId, (ConnectionId, Waiters<Dialled>)>,
    closing: HashMap<PeerId, Waiters<()>>,
}

impl Connections {
    pub fn iter(&self) -> impl Iterator<Item = &Connection> {
        self.open.values()
    }

    pub fn by_id(&self) -> impl Iterator<Item = (ConnectionId, &Connection)> {
        self.open.iter().map(|(id, connection)| (*id, connection))
    }

    pub fn get(&self, id: ConnectionId) -> Option<&Connection> {
        self.open.get(&id)
    }

    pub fn is_connected(&self, peer: &PeerId) -> bool {
        self.iter().any(|connection| connection.peer == *peer)
    }

    /// The connection that streams with the peer should take: one without a relay if there is one.
    pub fn best(&self, peer: &PeerId) -> Option<(ConnectionId, &Connection)> {
        self.open
            .iter()
            .filter(|(_, connection)| connection.peer == *peer)
            .min_by_key(|(_, connection)| is_relayed(&connection.address))
            .map(|(id, connection)| (*id, connection))
    }

    /// Waits for identify if a connection still lacks it. None when the peer is not connected.
    pub fn wait_for_identify(&mut self, peer: &PeerId) -> Option<oneshot::Receiver<Dialled>> {
        let (sender, receiver) = oneshot::channel();
        let mut connections = self.open.values_mut().filter(|open| open.peer == *peer);
        let first = connections.next()?;
        let all_unidentified =
            first.identifying.is_some() && connections.all(|open| open.identifying.is_some());
        let connection = self.open.values_mut().find(|open| open.peer == *peer)?;
        match &mut connection.identifying {
            Some(waiters) if all_unidentified => waiters.push(sender),
            // the receiver may not be there any more; there is nothing else to tell
            _ => drop(sender.send(Ok(()))),
        }
        Some(receiver)
    }

    /// Waits for a dial of the peer that is under way. None when there is none.
    pub fn join_dial(&mut self, peer: &PeerId) -> Option<oneshot::Receiver<Dialled>> {
        let (sender, receiver) = oneshot::channel();
        self.dials.get_mut(peer)?.1.push(sender);
        Some(receiver)
    }

    pub fn dialling(&mut self, peer: PeerId, id: ConnectionId) -> oneshot::Receiver<Dialled> {
        let (sender, receiver) = oneshot::channel();
        self.dials.insert(peer, (id, vec![sender]));
        receiver
    }

    /// Whether nobody waits for the peer's dial any more.
    pub fn is_abandoned(&self, peer: &PeerId) -> bool {
        self.dials
            .get(peer)
            .is_some_and(|(_, waiters)| waiters.iter().all(oneshot::Sender::is_closed))
    }

    pub fn wait_for_close(&mut self, peer: PeerId) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        if self.is_connected(&peer) {
            self.closing.entry(peer).or_default().push(sender);
        } else {
            let _ = sender.send(());
        }
        receiver
    }

    pub fn on_established(
        &mut self,
        id: ConnectionId,
        peer: PeerId,
        address: Multiaddr,
        direction: Direction,
    ) {
        let waiters = match self.dials.get(&peer) {
            Some((dial, _)) if *dial == id => self.dials.remove(&peer).map(|(_, waiters)| waiters),
            _ => None,
        };
        self.open.insert(
            id,
            Connection {
                peer,
                address,
                direction,
                opened: Instant::now(),
                opened_at: SystemTime::now(),
                description: None,
                streams: StreamHold::default(),
                identifying: Some(waiters.unwrap_or_default()),
            },
        );
    }

    /// Keeps what a peer has said of itself.
    pub fn describe(&mut self, id: ConnectionId, description: IdentifyInfo) {
        if let Some(connection) = self.open.get_mut(&id) {
            connection.description = Some(description);
        }
    }

    pub fn on_identified(&mut self, id: ConnectionId) {
        if let Some(connection) = self.open.get_mut(&id) {
            for waiter in connection.identifying.take().unwrap_or_default() {
                let _ = waiter.send(Ok(()));
            }
        }
    }

    pub fn on_closed(&mut self, id: ConnectionId) -> Option<Connection> {
        let mut connection = self.open.remove(&id)?;
        for waiter in connection.identifying.take().unwrap_or_default() {
            let _ = waiter.send(Err(RequestError::dial("the connection was closed")));
        }
        if !self.is_connected(&connection.peer) {
            for waiter in self.closing.remove(&connection.peer).unwrap_or_default() {
                let _ = waiter.send(());
            }
        }
        Some(connection)
    }

    /// The peer is given when it is known; the error is made only if somebody waits for it.
    pub fn on_dial_failed(&mut self, id: ConnectionId, error: impl FnOnce() -> RequestError) {
        let found = self.dials.iter().find(|(_, (dial, _))| *dial == id);
        let Some(peer) = found.map(|(peer, _)| *peer) else {
            return;
        };
        let (_, waiters) = self.dials.remove(&peer).unwrap_or((id, Vec::new()));
        let error = error();
        for waiter in waiters {
            let _ = waiter.send(Err(error.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Multiaddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_dial_is_done_when_its_connection_is_identified() {
        let (mut connections, peer) = (Connections::default(), PeerId::random());
        let id = ConnectionId::new_unchecked(1);
        let mut own = connections.dialling(peer, id);
        let mut joined = connections.join_dial(&peer).unwrap();
        connections.on_established(id, peer, address("/ip4/1.2.3.4/tcp/5"), Direction::Outbound);
        assert!(own.try_recv().is_err() && connections.join_dial(&peer).is_none());
        connections.on_identified(id);
        assert_eq!(
            (own.try_recv(), joined.try_recv()),
            (Ok(Ok(())), Ok(Ok(())))
        );
        let mut later = connections.wait_for_identify(&peer).unwrap();
        assert_eq!(later.try_recv(), Ok(Ok(())));
    }

    #[test]
    fn a_failure_reaches_all_who_wait() {
        let (mut connections, peer) = (Connections::default(), PeerId::random());
        let id = ConnectionId::new_unchecked(1);
        let mut own = connections.dialling(peer, id);
        connections.on_dial_failed(id, || RequestError::dial("why"));
        assert_eq!(own.try_recv(), Ok(Err(RequestError::dial("why"))));
    }

    #[test]
    fn a_dial_is_abandoned_when_nobody_waits_for_it() {
        let (mut connections, peer) = (Connections::default(), PeerId::random());
        let waiter = connections.dialling(peer, ConnectionId::new_unchecked(1));
        assert!(!connections.is_abandoned(&peer));
        drop(waiter);
        assert!(connections.is_abandoned(&peer));
    }

    #[test]
    fn a_direct_connection_is_better_than_an_older_one_through_a_relay() {
        let (mut connections, peer) = (Connections::default(), PeerId::random());
        let [relayed, direct] = [1, 2].map(ConnectionId::new_unchecked);
        connections.on_established(
            relayed,
            peer,
            address("/ip4/1.2.3.4/tcp/5/p2p-circuit"),
            Direction::Outbound,
        );
        assert_eq!(connections.best(&peer).unwrap().0, relayed);
        connections.on_established(
            direct,
            peer,
            address("/ip4/1.2.3.4/tcp/5"),
            Direction::Outbound,
        );
        assert_eq!(connections.best(&peer).unwrap().0, direct);
    }

    #[test]
    fn a_peer_is_gone_with_its_last_connection() {
        let (mut connections, peer) = (Connections::default(), PeerId::random());
        let ids = [1, 2].map(ConnectionId::new_unchecked);
        for id in ids {
            connections.on_established(
                id,
                peer,
                address("/ip4/1.2.3.4/tcp/5"),
                Direction::Outbound,
            );
        }
        let mut gone = connections.wait_for_close(peer);
        connections.on_closed(ids[0]);
        assert!(gone.try_recv().is_err());
        connections.on_closed(ids[1]);
        assert_eq!(gone.try_recv(), Ok(()));
    }
}
