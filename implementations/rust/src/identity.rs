//! The key that makes the daemon the peer that it is.

use std::{io, path::Path};

use libp2p::{
    PeerId,
    identity::{DecodingError, Keypair, PublicKey},
};

#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    #[error("open {path}: {source}")]
    Read { path: String, source: io::Error },
    #[error("{path}: {source}")]
    Decode { path: String, source: DecodingError },
}

/// Reads a private key in the form that all of libp2p shares, or makes an Ed25519 key for this one run.
pub fn load(path: Option<&Path>) -> Result<Keypair, IdentityError> {
    let Some(path) = path else {
        return Ok(Keypair::generate_ed25519());
    };
    let name = || path.display().to_string();
    let bytes = std::fs::read(path).map_err(|source| IdentityError::Read {
        path: name(),
        source,
    })?;
    Keypair::from_protobuf_encoding(&bytes).map_err(|source| IdentityError::Decode {
        path: name(),
        source,
    })
}

/// The code of a multihash that is no hash: the bytes themselves.
const IDENTITY: u64 = 0;

/// The public key that a peer id holds; those of long keys are only their hashes.
pub fn public_key_of(peer: &PeerId) -> Option<PublicKey> {
    let hash = peer.as_ref();
    if hash.code() != IDENTITY {
        return None;
    }
    PublicKey::try_decode_protobuf(hash.digest()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_file_every_identity_is_a_new_one() {
        assert_ne!(
            load(None).unwrap().public().to_peer_id(),
            load(None).unwrap().public().to_peer_id()
        );
    }

    #[test]
    fn a_key_is_read_in_the_form_that_it_is_written_in() {
        let key = Keypair::generate_ed25519();
        let file = std::env::temp_dir().join(format!("p2pd-{}.key", key.public().to_peer_id()));
        std::fs::write(&file, key.to_protobuf_encoding().unwrap()).unwrap();
        let read = load(Some(&file));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(read.unwrap().public(), key.public());
    }

    #[test]
    fn short_keys_are_in_the_id_and_long_ones_are_not() {
        let short = Keypair::generate_ed25519().public();
        assert_eq!(public_key_of(&short.to_peer_id()), Some(short));
        let long = Keypair::generate_ecdsa().public();
        assert_eq!(public_key_of(&long.to_peer_id()), None);
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = load(Some(Path::new("/nowhere/key"))).unwrap_err();
        assert!(error.to_string().starts_with("open /nowhere/key: "));
    }
}
