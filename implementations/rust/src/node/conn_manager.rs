use std::{collections::HashMap, time::Instant};

use libp2p::PeerId;

use super::connections::Connections;
use crate::config::ConnManagerConfig;

/// Peers whose tags are kept, connected or not.
const MAX_TAGGED: usize = 16_384;

/// Decides which peers are let go when there are too many: those that applications value least.
pub struct ConnManager {
    config: ConnManagerConfig,
    tags: HashMap<PeerId, HashMap<String, i64>>,
}

impl ConnManager {
    pub fn new(config: ConnManagerConfig) -> Self {
        Self {
            config,
            tags: HashMap::new(),
        }
    }

    /// Values a peer; the same tag replaces what it said before.
    pub fn tag(&mut self, peer: PeerId, tag: String, weight: i64) {
        if self.tags.len() >= MAX_TAGGED && !self.tags.contains_key(&peer) {
            let any = self.tags.keys().next().copied();
            if let Some(any) = any {
                self.tags.remove(&any);
            }
        }
        self.tags.entry(peer).or_default().insert(tag, weight);
    }

    pub fn untag(&mut self, peer: &PeerId, tag: &str) {
        if let Some(tags) = self.tags.get_mut(peer) {
            tags.remove(tag);
            if tags.is_empty() {
                self.tags.remove(peer);
            }
        }
    }

    /// Forgets what made a peer worth more, once it is gone.
    pub fn on_disconnected(&mut self, peer: &PeerId) {
        self.tags.remove(peer);
    }

    /// The peers to let go now, if nobody asks: none until the high water mark is reached.
    pub fn excess(&self, connections: &Connections) -> Vec<PeerId> {
        if self.config.enabled && connections.iter().count() >= self.config.high {
            return self.trim(connections);
        }
        Vec::new()
    }

    /// The peers to let go so that no more connections are left than the low water mark. New ones are spared, and of
    /// those that are valued alike the ones with streams go last.
    pub fn trim(&self, connections: &Connections) -> Vec<PeerId> {
        let mut peers: HashMap<PeerId, (usize, usize, Instant)> = HashMap::new();
        let mut left = 0;
        for connection in connections.iter() {
            let (count, streams, since) =
                peers
                    .entry(connection.peer)
                    .or_insert((0, 0, connection.opened));
            *count += 1;
            *streams += connection.stream_count();
            *since = (*since).min(connection.opened);
            left += 1;
        }
        let mut candidates: Vec<_> = peers
            .into_iter()
            .filter(|(_, (.., since))| since.elapsed() >= self.config.grace)
            .collect();
        candidates.sort_by_key(|(peer, (_, streams, since))| (self.value(peer), *streams, *since));
        let mut leaving = Vec::new();
        for (peer, (count, ..)) in candidates {
            if left <= self.config.low {
                break;
            }
            left -= count;
            leaving.push(peer);
        }
        leaving
    }

    fn value(&self, peer: &PeerId) -> i64 {
        let tags = self.tags.get(peer);
        tags.into_iter()
            .flat_map(HashMap::values)
            .fold(0, |sum, weight| sum.saturating_add(*weight))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use libp2p::swarm::ConnectionId;

    use super::*;
    use crate::proto::connection_info::Direction;

    fn manager(low: usize, high: usize, grace: Duration) -> ConnManager {
        ConnManager::new(ConnManagerConfig {
            enabled: true,
            low,
            high,
            grace,
        })
    }

    fn connected(peers: &[PeerId]) -> Connections {
        let mut connections = Connections::default();
        for (index, peer) in peers.iter().enumerate() {
            let address = "/ip4/1.2.3.4/tcp/5".parse().unwrap();
            let id = ConnectionId::new_unchecked(index);
            connections.on_established(id, *peer, address, Direction::Inbound);
        }
        connections
    }

    #[test]
    fn the_peers_that_are_valued_least_go_first() {
        let peers = [(); 3].map(|()| PeerId::random());
        let mut manager = manager(1, 2, Duration::ZERO);
        manager.tag(peers[0], "a".to_owned(), 100);
        manager.tag(peers[1], "a".to_owned(), -1);
        let connections = connected(&peers);
        assert_eq!(manager.trim(&connections), [peers[1], peers[2]]);
        assert_eq!(manager.excess(&connections).len(), 2);
        manager.untag(&peers[0], "a");
        assert_eq!(manager.trim(&connections), [peers[1], peers[0]]);
    }

    #[test]
    fn of_those_that_are_valued_alike_the_busy_ones_go_last() {
        let peers = [(); 3].map(|()| PeerId::random());
        let manager = manager(1, 2, Duration::ZERO);
        let connections = connected(&peers);
        let hold = connections.best(&peers[0]).unwrap().1.hold_stream();
        assert_eq!(manager.trim(&connections), [peers[1], peers[2]]);
        drop(hold);
        assert_eq!(manager.trim(&connections), [peers[0], peers[1]]);
    }

    #[test]
    fn no_more_go_than_have_to_and_new_ones_stay() {
        let peers = [(); 2].map(|()| PeerId::random());
        let connections = connected(&peers);
        assert!(manager(2, 2, Duration::ZERO).trim(&connections).is_empty());
        assert!(
            manager(1, 3, Duration::ZERO)
                .excess(&connections)
                .is_empty()
        );
        let spared = manager(0, 0, Duration::from_secs(60));
        assert!(spared.trim(&connections).is_empty());
    }
}
