//! Bytes of requests, with go's words for those that make no sense.

use libp2p::{Multiaddr, PeerId, StreamProtocol, multiaddr::Protocol};
use unsigned_varint::decode;

use crate::control::RequestError;

/// Reads the raw multihash of a peer id.
pub fn peer_id(bytes: &[u8]) -> Result<PeerId, RequestError> {
    let invalid = |reason: &str| RequestError::new("ERR_PEER_ID_INVALID", reason);
    if let Some(fault) = multihash_fault(bytes) {
        return Err(invalid(fault));
    }
    PeerId::from_bytes(bytes).map_err(|error| invalid(&error.to_string()))
}

/// What is wrong with a multihash, in the words of go-multihash.
pub fn multihash_fault(bytes: &[u8]) -> Option<&'static str> {
    if bytes.len() < 2 {
        return Some("multihash too short. must be >= 2 bytes");
    }
    let Ok((length, digest)) = decode::u64(bytes).and_then(|(_, rest)| decode::u64(rest)) else {
        return Some("varints malformed, could not reach the end");
    };
    let rest = digest.len() as u64;
    match length {
        _ if length > rest => Some("length greater than remaining number of bytes in buffer"),
        _ if length < rest => Some("multihash length inconsistent"),
        _ => None,
    }
}

/// Reads the addresses of a peer, and drops those that say that somebody else is there.
pub fn addresses(bytes: Vec<Vec<u8>>, peer: &PeerId) -> Result<Vec<Multiaddr>, RequestError> {
    let all = bytes.into_iter().map(|bytes| address(&bytes));
    let all: Vec<_> = all.collect::<Result<_, _>>()?;
    let is_there = |address: &Multiaddr| match address.iter().last() {
        Some(Protocol::P2p(other)) => other == *peer,
        _ => true,
    };
    Ok(all.into_iter().filter(is_there).collect())
}

pub fn address(bytes: &[u8]) -> Result<Multiaddr, RequestError> {
    let invalid = |reason: String| RequestError::new("ERR_ADDRESS_INVALID", reason);
    if bytes.is_empty() {
        return Err(invalid("empty multiaddr".to_owned()));
    }
    Multiaddr::try_from(bytes.to_vec()).map_err(|error| invalid(error.to_string()))
}

/// Reads the names of protocols. rust-libp2p can speak of none that does not begin with a slash.
pub fn protocols(names: Vec<String>) -> Result<Vec<StreamProtocol>, RequestError> {
    let parse = |name: String| {
        StreamProtocol::try_from_owned(name)
            .map_err(|error| RequestError::new("ERR_NOT_SUPPORTED", error.to_string()))
    };
    names.into_iter().map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_id_is_read_from_its_bytes() {
        let peer = PeerId::random();
        assert_eq!(peer_id(&peer.to_bytes()), Ok(peer));
    }

    #[test]
    fn what_is_no_peer_id_is_refused_in_the_words_of_go() {
        for (bytes, words) in [
            (&b""[..], "multihash too short. must be >= 2 bytes"),
            (b"x", "multihash too short. must be >= 2 bytes"),
            (
                b"\x12\x20too short",
                "length greater than remaining number of bytes in buffer",
            ),
            (b"\x12\x01ab", "multihash length inconsistent"),
            (b"\x12\xff", "varints malformed, could not reach the end"),
        ] {
            assert_eq!(peer_id(bytes).unwrap_err().message, words);
        }
        // a multihash that no key can have
        assert!(peer_id(b"\x13\x01a").is_err());
    }

    #[test]
    fn addresses_of_others_are_dropped_and_damaged_ones_refused() {
        let (peer, other) = (PeerId::random(), PeerId::random());
        let own: Multiaddr = format!("/ip4/1.2.3.4/tcp/5/p2p/{peer}").parse().unwrap();
        let foreign: Multiaddr = format!("/ip4/1.2.3.4/tcp/5/p2p/{other}").parse().unwrap();
        assert_eq!(
            addresses(vec![own.to_vec(), foreign.to_vec()], &peer).unwrap(),
            [own]
        );
        for bytes in [&b""[..], b"\xff\xff", b"/ip4", b"\x04\x7f"] {
            assert!(address(bytes).is_err());
        }
        assert_eq!(address(b"").unwrap_err().message, "empty multiaddr");
    }

    #[test]
    fn protocols_begin_with_a_slash() {
        assert!(protocols(vec!["/a/1".to_owned()]).is_ok());
        assert!(protocols(vec!["a".to_owned()]).is_err());
        assert!(protocols(vec![String::new()]).is_err());
    }
}
