//! Making connections, and saying why none was made, in the words of go-libp2p.

use std::{error::Error, io};

use libp2p::{
    Multiaddr, PeerId, TransportError,
    relay::outbound::hop::ConnectError,
    swarm::{
        DialError,
        dial_opts::{DialOpts, PeerCondition},
    },
};
use tokio::sync::oneshot;

use super::{Node, connections::Dialled};
use crate::{address::without_peer, control::RequestError};

/// What becomes of the wish to be connected with a peer.
pub enum Attempt {
    /// A dial at the given addresses, or a connection that is still to be identified.
    Own(oneshot::Receiver<Dialled>),
    /// Somebody else's dial: the addresses have not been tried when it fails.
    Joined(oneshot::Receiver<Dialled>),
}

impl Node {
    /// Dials a peer at these addresses and those known already, unless it is connected.
    pub fn connect(&mut self, peer: PeerId, addresses: Vec<Multiaddr>) -> Attempt {
        if let Some(waiting) = self.connections.wait_for_identify(&peer) {
            return Attempt::Own(waiting);
        }
        if let Some(waiting) = self.connections.join_dial(&peer) {
            return Attempt::Joined(waiting);
        }
        let mut all = addresses;
        all.extend_from_slice(self.peers.addresses(&peer));
        all.sort_unstable();
        all.dedup();
        let options = DialOpts::peer_id(peer)
            .addresses(all.clone())
            .extend_addresses_through_behaviour()
            .condition(PeerCondition::Always)
            .build();
        let id = options.connection_id();
        let waiting = self.connections.dialling(peer, id);
        if let Err(error) = self.swarm.dial(options) {
            self.connections
                .on_dial_failed(id, || RequestError::dial(explain(&peer, &error)));
        }
        Attempt::Own(waiting)
    }

    /// Gives up a dial that nobody waits for any more.
    pub fn abandon_dial(&mut self, peer: PeerId) {
        if self.connections.is_abandoned(&peer) && !self.connections.is_connected(&peer) {
            self.close(vec![peer]);
        }
    }

    /// Closes all connections with a peer.
    pub fn disconnect(&mut self, peer: PeerId) -> oneshot::Receiver<()> {
        self.close(vec![peer]);
        self.connections.wait_for_close(peer)
    }
}

/// Why a dial failed, address by address.
pub fn explain(peer: &PeerId, error: &DialError) -> String {
    let all = |lines: Vec<String>| {
        let lines: String = lines.iter().map(|line| format!("\n  * {line}")).collect();
        format!("failed to dial {peer}: all dials failed{lines}")
    };
    match error {
        DialError::LocalPeerId { .. } => "dial to self attempted".to_owned(),
        DialError::NoAddresses => format!("failed to dial {peer}: no addresses"),
        DialError::WrongPeerId { obtained, address } => all(vec![format!(
            "[{}] failed to negotiate security protocol: peer id mismatch: expected {peer}, but remote key matches {obtained}",
            without_peer(address.clone(), peer)
        )]),
        DialError::Transport(failures) => all(failures
            .iter()
            .map(|(address, error)| {
                let address = without_peer(address.clone(), peer);
                format!("[{address}] {}", reason(error))
            })
            .collect()),
        other => format!("failed to dial {peer}: {other}"),
    }
}

fn reason(error: &TransportError<io::Error>) -> String {
    let TransportError::Other(error) = error else {
        return "no transport for protocol".to_owned();
    };
    let causes = causes(error);
    for cause in &causes {
        if let Some(refusal) = cause.downcast_ref::<ConnectError>() {
            return format!("error opening relay circuit: {}", relay_status(refusal));
        }
    }
    let last = causes.last().map(ToString::to_string);
    plain(&last.unwrap_or_default())
}

/// What the system says, without its number and as it is said in the middle of a sentence.
fn plain(text: &str) -> String {
    if text == "Timeout has been reached" {
        return "i/o timeout".to_owned();
    }
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// An error and all that is behind it. What an I/O error wraps is not its source but itself.
fn causes(error: &io::Error) -> Vec<&(dyn Error + 'static)> {
    let mut found: Vec<&(dyn Error + 'static)> = Vec::new();
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(cause) = next {
        found.push(cause);
        next = match cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    found
}

/// A relay's word for no, and its number in the protocol.
pub fn relay_status(error: &ConnectError) -> String {
    match error {
        ConnectError::ResourceLimitExceeded => "RESOURCE_LIMIT_EXCEEDED (201)".to_owned(),
        ConnectError::PermissionDenied => "PERMISSION_DENIED (202)".to_owned(),
        ConnectError::ConnectionFailed => "CONNECTION_FAILED (203)".to_owned(),
        ConnectError::NoReservation => "NO_RESERVATION (204)".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transport(error: io::Error) -> DialError {
        let address = "/ip4/127.0.0.1/tcp/1".parse().unwrap();
        DialError::Transport(vec![(address, TransportError::Other(error))])
    }

    #[test]
    fn failures_are_told_in_the_words_of_go() {
        let peer = PeerId::random();
        for (error, words) in [
            (
                DialError::NoAddresses,
                format!("failed to dial {peer}: no addresses"),
            ),
            (
                transport(io::Error::from_raw_os_error(111)),
                format!(
                    "failed to dial {peer}: all dials failed\n  * [/ip4/127.0.0.1/tcp/1] connection refused"
                ),
            ),
            (
                transport(io::Error::other(io::Error::other(
                    ConnectError::NoReservation,
                ))),
                format!(
                    "failed to dial {peer}: all dials failed\n  * [/ip4/127.0.0.1/tcp/1] error opening relay circuit: NO_RESERVATION (204)"
                ),
            ),
        ] {
            assert_eq!(explain(&peer, &error), words);
        }
    }

    #[test]
    fn a_wrong_peer_is_named() {
        let [asked, obtained] = [PeerId::random(), PeerId::random()];
        let address = format!("/ip4/127.0.0.1/tcp/1/p2p/{asked}").parse().unwrap();
        let words = explain(&asked, &DialError::WrongPeerId { obtained, address });
        assert!(words.contains(&format!(
            "[/ip4/127.0.0.1/tcp/1] failed to negotiate security protocol: peer id mismatch: expected {asked}, but remote key matches {obtained}"
        )));
    }
}
