//! Where peers reach this daemon: its own sockets, and its places at relays.

use std::{
    collections::HashMap,
    io,
    time::{Duration, Instant},
};

use futures::{FutureExt, StreamExt};
use libp2p::{
    Multiaddr, TransportError,
    core::transport::ListenerId,
    swarm::{FromSwarm, NetworkBehaviour, NewExternalAddrCandidate},
};

use super::Node;
use crate::{
    address::{is_relayed, without_peer},
    proto::event::Type,
};

/// How long the start waits for the first answer of a relay.
const RELAY_PATIENCE: Duration = Duration::from_secs(5);

/// How long after its end, at first and at most, a place at a relay is asked for again.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// A place at a relay that was lost, or never won.
struct Retry {
    address: Multiaddr,
    at: Instant,
    delay: Duration,
}

/// The listeners, and what is told of them.
pub struct Listening {
    /// What is announced in place of the addresses listened on, if anything.
    announced: Vec<Multiaddr>,
    /// In the order of the listeners: the addresses that each has now.
    listeners: Vec<(ListenerId, Vec<Multiaddr>)>,
    /// The places at relays that were asked for, with the delay before the next try.
    relays: HashMap<ListenerId, (Multiaddr, Duration)>,
    retries: Vec<Retry>,
}

impl Listening {
    pub fn new(announced: Vec<Multiaddr>) -> Self {
        Self {
            announced,
            listeners: Vec::new(),
            relays: HashMap::new(),
            retries: Vec::new(),
        }
    }

    pub fn announced(&self) -> Vec<Multiaddr> {
        if !self.announced.is_empty() {
            return self.announced.clone();
        }
        let addresses = self.listeners.iter().flat_map(|(_, found)| found);
        addresses.cloned().collect()
    }

    fn is_settled(&self) -> bool {
        self.listeners.iter().all(|(_, found)| !found.is_empty())
    }
}

impl Node {
    /// Listens on all the addresses, and waits until it is known which they really are.
    pub async fn listen(&mut self, addresses: Vec<Multiaddr>) -> io::Result<()> {
        for address in self.listening.announced.clone() {
            self.swarm.add_external_address(address);
        }
        for address in addresses {
            self.listen_on(address.clone(), RETRY.0)
                .map_err(|error| io::Error::other(format!("listen {address}: {error}")))?;
        }
        let patience = tokio::time::sleep(RELAY_PATIENCE);
        tokio::pin!(patience);
        while !self.listening.is_settled() {
            tokio::select! {
                event = self.swarm.select_next_some() => self.on_event(event),
                () = &mut patience => break,
            }
        }
        // a socket on all interfaces tells of them one by one
        while let Some(event) = self.swarm.select_next_some().now_or_never() {
            self.on_event(event);
        }
        Ok(())
    }

    fn listen_on(
        &mut self,
        address: Multiaddr,
        delay: Duration,
    ) -> Result<(), TransportError<io::Error>> {
        let listener = self.swarm.listen_on(address.clone())?;
        self.listening.listeners.push((listener, Vec::new()));
        if is_relayed(&address) {
            self.listening.relays.insert(listener, (address, delay));
        }
        Ok(())
    }

    /// Asks relays again whose time has come.
    pub fn listen_again(&mut self) {
        let now = Instant::now();
        let (due, later): (Vec<_>, Vec<_>) = self
            .listening
            .retries
            .drain(..)
            .partition(|retry| retry.at <= now);
        self.listening.retries = later;
        for Retry { address, delay, .. } in due {
            if let Err(error) = self.listen_on(address.clone(), (delay * 2).min(RETRY.1)) {
                tracing::warn!(%address, %error, "the relay cannot be listened at");
            }
        }
    }

    pub fn on_listen_address(&mut self, listener: ListenerId, address: Multiaddr) {
        let plain = without_peer(address, self.swarm.local_peer_id());
        let relayed = self.listening.relays.get_mut(&listener);
        let is_relayed = relayed.is_some();
        if let Some((_, delay)) = relayed {
            *delay = RETRY.0;
        }
        let listeners = &mut self.listening.listeners;
        if let Some((_, found)) = listeners.iter_mut().find(|(id, _)| *id == listener)
            && !found.contains(&plain)
        {
            found.push(plain.clone());
            if is_relayed {
                self.watchers
                    .tell_reservation(Type::ReservationGained, &plain);
            }
        }
        // hole punching is not told of addresses that are confirmed before anybody has observed them
        self.swarm
            .behaviour_mut()
            .dcutr
            .on_swarm_event(FromSwarm::NewExternalAddrCandidate(
                NewExternalAddrCandidate { addr: &plain },
            ));
        if self.listening.announced.is_empty() {
            self.swarm.add_external_address(plain);
            self.tell_addresses();
        }
    }

    pub fn on_listen_address_expired(&mut self, listener: ListenerId, address: Multiaddr) {
        let plain = without_peer(address, self.swarm.local_peer_id());
        let listeners = &mut self.listening.listeners;
        if let Some((_, found)) = listeners.iter_mut().find(|(id, _)| *id == listener) {
            found.retain(|known| *known != plain);
        }
        if self.listening.announced.is_empty() {
            self.swarm.remove_external_address(&plain);
            self.tell_addresses();
        }
    }

    pub fn on_listener_closed(&mut self, listener: ListenerId, reason: Result<(), io::Error>) {
        let listeners = &mut self.listening.listeners;
        let found = listeners.iter().position(|(id, _)| *id == listener);
        let addresses = found.map(|index| listeners.remove(index).1);
        let is_relayed = self.listening.relays.contains_key(&listener);
        for address in addresses.unwrap_or_default() {
            if is_relayed {
                self.watchers
                    .tell_reservation(Type::ReservationLost, &address);
            }
            if self.listening.announced.is_empty() {
                self.swarm.remove_external_address(&address);
            }
        }
        if let Some((address, delay)) = self.listening.relays.remove(&listener) {
            tracing::warn!(%address, ?reason, "the relay has no place for this daemon, or has left");
            self.listening.retries.push(Retry {
                address,
                at: Instant::now() + delay,
                delay,
            });
        }
        self.tell_addresses();
    }

    /// The addresses at relays that have given a place.
    pub fn reservations(&self) -> impl Iterator<Item = &Multiaddr> {
        let listeners = self.listening.listeners.iter();
        listeners
            .filter(|(id, _)| self.listening.relays.contains_key(id))
            .flat_map(|(_, found)| found)
    }

    fn tell_addresses(&mut self) {
        let addresses = self.addresses();
        self.watchers.tell_addresses(addresses);
        let peers: Vec<_> = self.swarm.connected_peers().copied().collect();
        self.swarm.behaviour_mut().identify.push(peers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_announced_replaces_what_is_listened_on() {
        let [listened, announced]: [Multiaddr; 2] =
            ["/ip4/10.0.0.1/tcp/1", "/ip4/1.2.3.4/tcp/1"].map(|text| text.parse().unwrap());
        let mut listening = Listening::new(Vec::new());
        listening
            .listeners
            .push((ListenerId::next(), vec![listened.clone()]));
        assert_eq!(listening.announced(), [listened]);
        listening.announced.push(announced.clone());
        assert_eq!(listening.announced(), [announced]);
    }

    #[test]
    fn it_is_settled_when_every_listener_has_an_address() {
        let mut listening = Listening::new(Vec::new());
        assert!(listening.is_settled());
        listening.listeners.push((ListenerId::next(), Vec::new()));
        assert!(!listening.is_settled());
    }
}
