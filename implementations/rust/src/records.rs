//! The values that the public DHT stores: public keys under `/pk`, IPNS records under `/ipns`, and nothing else.

mod ipns;

use std::cmp::Ordering;

use libp2p::identity::PublicKey;
use prost::Message;

use crate::requests::multihash_fault;

/// Why a value may not be stored under its key, in the words of go-libp2p.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct InvalidRecord(String);

enum Namespace {
    PublicKey,
    Ipns,
}

/// Whether values can be stored under this key at all.
pub fn is_record_key(key: &[u8]) -> bool {
    parse(key).is_some()
}

/// Whether a value may be stored under a key; records of IPNS expire.
pub fn validate(key: &[u8], value: &[u8]) -> Result<(), InvalidRecord> {
    match parse(key) {
        Some((Namespace::PublicKey, hash)) => validate_public_key(hash, value),
        Some((Namespace::Ipns, hash)) => ipns::validate(hash, value),
        None => Err(invalid("invalid record keytype")),
    }
}

/// Whether the first of two valid values is at least as good as the second: newer, or the same.
pub fn is_as_good(key: &[u8], value: &[u8], other: &[u8]) -> bool {
    match parse(key) {
        Some((Namespace::Ipns, _)) => ipns::compare(value, other) != Ordering::Less,
        _ => true,
    }
}

/// A key is `/<namespace>/<anything>`; bytes, not text.
fn parse(key: &[u8]) -> Option<(Namespace, &[u8])> {
    if let Some(hash) = key.strip_prefix(b"/pk/") {
        return Some((Namespace::PublicKey, hash));
    }
    let hash = key.strip_prefix(b"/ipns/")?;
    Some((Namespace::Ipns, hash))
}

fn invalid(reason: impl Into<String>) -> InvalidRecord {
    InvalidRecord(reason.into())
}

/// The fields of a public key, to tell which of them is missing.
#[derive(Clone, PartialEq, Message)]
struct KeyFields {
    #[prost(int32, optional, tag = "1")]
    kind: Option<i32>,
    #[prost(bytes = "vec", optional, tag = "2")]
    data: Option<Vec<u8>>,
}

/// The number of this type of key.
const ED25519: i32 = 1;

fn validate_public_key(hash: &[u8], value: &[u8]) -> Result<(), InvalidRecord> {
    if let Some(fault) = multihash_fault(hash) {
        return Err(invalid(format!(
            "key did not contain valid multihash: {fault}"
        )));
    }
    let fields = KeyFields::decode(value)
        .map_err(|_| invalid("proto: cannot parse invalid wire-format data"))?;
    if fields.kind.is_none() {
        return Err(invalid(
            "proto: required field crypto.pb.PublicKey.Type not set",
        ));
    }
    if fields.data.is_none() {
        return Err(invalid(
            "proto: required field crypto.pb.PublicKey.Data not set",
        ));
    }
    let key = match PublicKey::try_decode_protobuf(value) {
        Ok(key) => key,
        // go looks no closer at the point of a curve, which is nobody's key
        Err(_)
            if fields.kind == Some(ED25519) && fields.data.is_some_and(|data| data.len() == 32) =>
        {
            return Err(invalid("public key does not match storage key"));
        }
        Err(_) => return Err(invalid("invalid or unsupported key type")),
    };
    if key.to_peer_id().to_bytes() != hash {
        return Err(invalid("public key does not match storage key"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use libp2p::identity::Keypair;

    use super::*;

    fn public_key() -> (Vec<u8>, Vec<u8>) {
        let key = Keypair::generate_ecdsa().public();
        let name = [b"/pk/", &key.to_peer_id().to_bytes()[..]].concat();
        (name, key.encode_protobuf())
    }

    #[test]
    fn a_public_key_belongs_under_its_own_hash() {
        let ((name, value), (other, _)) = (public_key(), public_key());
        assert_eq!(validate(&name, &value), Ok(()));
        assert_eq!(
            validate(&other, &value),
            Err(invalid("public key does not match storage key"))
        );
    }

    #[test]
    fn faults_are_told_in_the_words_of_go() {
        let (name, _) = public_key();
        for (key, value, words) in [
            (&b""[..], &b""[..], "invalid record keytype"),
            (b"/other/key", b"", "invalid record keytype"),
            (b"/pk", b"", "invalid record keytype"),
            (
                b"/pk/",
                b"",
                "key did not contain valid multihash: multihash too short. must be >= 2 bytes",
            ),
            (
                b"/pk/abc",
                b"",
                "key did not contain valid multihash: length greater than remaining number of bytes in buffer",
            ),
            (&name, b"v", "proto: cannot parse invalid wire-format data"),
            (
                &name,
                b"",
                "proto: required field crypto.pb.PublicKey.Type not set",
            ),
            (
                &name,
                b"\x08\x01\x12\x20kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
                "public key does not match storage key",
            ),
            (
                &name,
                b"\x08\x63\x12\x01k",
                "invalid or unsupported key type",
            ),
        ] {
            assert_eq!(validate(key, value), Err(invalid(words)));
        }
    }
}
