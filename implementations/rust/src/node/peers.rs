use std::collections::HashMap;

use libp2p::{Multiaddr, PeerId, StreamProtocol, identify, identity::PublicKey};

use crate::address::without_peer;

/// Peers that are remembered, so that strangers cannot fill the memory.
const MAX_PEERS: usize = 4096;

/// Addresses that are remembered of one peer.
const MAX_ADDRESSES: usize = 32;

/// What is known of a peer.
#[derive(Debug, Default)]
pub struct Known {
    pub addresses: Vec<Multiaddr>,
    pub public_key: Option<PublicKey>,
    pub protocols: Vec<StreamProtocol>,
}

/// The peers that the daemon has met, or has been told of.
#[derive(Debug, Default)]
pub struct Peers(HashMap<PeerId, Known>);

impl Peers {
    pub fn get(&self, peer: &PeerId) -> Option<&Known> {
        self.0.get(peer)
    }

    pub fn addresses(&self, peer: &PeerId) -> &[Multiaddr] {
        self.get(peer).map_or(&[], |known| &known.addresses)
    }

    /// Remembers addresses that led to a peer, beside those that it tells itself.
    pub fn add_addresses(&mut self, peer: PeerId, addresses: Vec<Multiaddr>) {
        let known = self.entry(peer);
        for address in addresses {
            let address = without_peer(address, &peer);
            if known.addresses.len() < MAX_ADDRESSES && !known.addresses.contains(&address) {
                known.addresses.push(address);
            }
        }
    }

    /// Remembers what a peer has said of itself, in place of what was known before.
    pub fn on_identified(&mut self, peer: PeerId, info: &identify::Info) {
        let known = self.entry(peer);
        known.public_key = Some(info.public_key.clone());
        known.protocols.clone_from(&info.protocols);
        if !info.listen_addrs.is_empty() {
            let told = info.listen_addrs.iter().take(MAX_ADDRESSES);
            known.addresses = told
                .map(|address| without_peer(address.clone(), &peer))
                .collect();
        }
    }

    fn entry(&mut self, peer: PeerId) -> &mut Known {
        if self.0.len() >= MAX_PEERS && !self.0.contains_key(&peer) {
            let any = self.0.keys().next().copied();
            if let Some(any) = any {
                self.0.remove(&any);
            }
        }
        self.0.entry(peer).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_once() {
        let (mut peers, peer) = (Peers::default(), PeerId::random());
        let address: Multiaddr = "/ip4/1.2.3.4/tcp/5".parse().unwrap();
        let with_peer = address.clone().with_p2p(peer).unwrap();
        peers.add_addresses(peer, vec![address.clone(), with_peer]);
        assert_eq!(peers.addresses(&peer), [address]);
        assert!(peers.addresses(&PeerId::random()).is_empty());
    }

    #[test]
    fn strangers_cannot_fill_the_memory() {
        let mut peers = Peers::default();
        for _ in 0..MAX_PEERS + 10 {
            peers.add_addresses(PeerId::random(), Vec::new());
        }
        assert_eq!(peers.0.len(), MAX_PEERS);
    }
}
