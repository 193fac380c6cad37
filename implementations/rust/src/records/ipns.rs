//! IPNS records: what a key's owner says that its name stands for, <https://specs.ipfs.tech/ipns/ipns-record/>.

use std::{cmp::Ordering, time::SystemTime};

use ciborium::Value;
use libp2p::{PeerId, identity::PublicKey};
use prost::Message;

use super::{InvalidRecord, invalid};
use crate::requests::multihash_fault;

/// The longest record.
const MAX_LENGTH: usize = 10 * 1024;

/// What the owner signs stands behind this.
const SIGNED_PREFIX: &[u8] = b"ipns-signature:";

/// The only kind of validity: until a time.
const END_OF_LIFE: u64 = 0;

#[derive(Clone, PartialEq, Message)]
struct Entry {
    #[prost(bytes = "vec", optional, tag = "1")]
    value: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "4")]
    validity: Option<Vec<u8>>,
    #[prost(uint64, optional, tag = "5")]
    sequence: Option<u64>,
    #[prost(bytes = "vec", optional, tag = "7")]
    public_key: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "8")]
    signature: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "9")]
    data: Option<Vec<u8>>,
}

/// What is signed of a record.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Signed {
    sequence: u64,
    valid_until: SystemTime,
}

/// Whether a record is the owner's, and still valid.
pub fn validate(owner: &[u8], bytes: &[u8]) -> Result<(), InvalidRecord> {
    if bytes.len() > MAX_LENGTH {
        return Err(invalid("record exceeds allowed size limit"));
    }
    let entry = Entry::decode(bytes).map_err(|_| invalid("record could not be unmarshalled"))?;
    let no_owner = || invalid("record key could not be parsed into peer ID");
    if multihash_fault(owner).is_some() {
        return Err(no_owner());
    }
    let owner = PeerId::from_bytes(owner).map_err(|_| no_owner())?;
    let key = public_key(&owner, &entry)?;
    let (Some(data), Some(signature)) = (&entry.data, &entry.signature) else {
        return Err(invalid("record signature verification failed"));
    };
    if !key.verify(&[SIGNED_PREFIX, data].concat(), signature) {
        return Err(invalid("record signature verification failed"));
    }
    let fields = Fields::read(data).ok_or_else(|| invalid("record could not be unmarshalled"))?;
    if !fields.agree_with(&entry) {
        return Err(invalid("record could not be unmarshalled"));
    }
    if fields.validity_type != END_OF_LIFE {
        return Err(invalid("unrecognized validity type"));
    }
    let signed = fields
        .signed()
        .ok_or_else(|| invalid("record could not be unmarshalled"))?;
    if signed.valid_until < SystemTime::now() {
        return Err(invalid("expired record"));
    }
    Ok(())
}

/// Which of two valid records is the better one: the newer, then the one that is valid for longer.
pub fn compare(record: &[u8], other: &[u8]) -> Ordering {
    let signed = |bytes: &[u8]| {
        let data = Entry::decode(bytes).ok()?.data?;
        Fields::read(&data)?.signed()
    };
    signed(record)
        .cmp(&signed(other))
        .then_with(|| record.cmp(other))
}

/// The owner's key: in its id, or in the record.
fn public_key(owner: &PeerId, entry: &Entry) -> Result<PublicKey, InvalidRecord> {
    if let Some(key) = crate::identity::public_key_of(owner) {
        return Ok(key);
    }
    let bytes = entry.public_key.as_deref();
    let bytes = bytes.ok_or_else(|| invalid("public key not found in peer store"))?;
    match PublicKey::try_decode_protobuf(bytes) {
        Ok(key) if key.to_peer_id() == *owner => Ok(key),
        _ => Err(invalid(
            "public key in record did not match expected pubkey",
        )),
    }
}

/// The signed data: a map in CBOR, of which these fields matter.
#[derive(Default)]
struct Fields {
    value: Vec<u8>,
    validity: Vec<u8>,
    validity_type: u64,
    sequence: u64,
}

impl Fields {
    fn read(data: &[u8]) -> Option<Self> {
        let Ok(Value::Map(entries)) = ciborium::from_reader(data) else {
            return None;
        };
        let mut fields = Self::default();
        for (name, value) in entries {
            match (name.as_text()?, value) {
                ("Value", Value::Bytes(bytes)) => fields.value = bytes,
                ("Validity", Value::Bytes(bytes)) => fields.validity = bytes,
                ("ValidityType", Value::Integer(number)) => {
                    fields.validity_type = number.try_into().ok()?;
                }
                ("Sequence", Value::Integer(number)) => fields.sequence = number.try_into().ok()?,
                _ => {}
            }
        }
        Some(fields)
    }

    /// What older readers look at must say the same, where it is there.
    fn agree_with(&self, entry: &Entry) -> bool {
        entry
            .value
            .as_ref()
            .is_none_or(|value| *value == self.value)
            && entry
                .validity
                .as_ref()
                .is_none_or(|validity| *validity == self.validity)
            && entry
                .sequence
                .is_none_or(|sequence| sequence == self.sequence)
    }

    fn signed(&self) -> Option<Signed> {
        let text = std::str::from_utf8(&self.validity).ok()?;
        Some(Signed {
            sequence: self.sequence,
            valid_until: humantime::parse_rfc3339(text).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use libp2p::identity::Keypair;

    use super::*;

    fn record(owner: &Keypair, sequence: u64, lifetime: i64) -> Vec<u8> {
        let length = Duration::from_secs(lifetime.unsigned_abs());
        let until = if lifetime < 0 {
            SystemTime::now() - length
        } else {
            SystemTime::now() + length
        };
        let validity = humantime::format_rfc3339_nanos(until).to_string();
        let field = |name: &str, value: Value| (Value::Text(name.to_owned()), value);
        let mut data = Vec::new();
        let map = Value::Map(vec![
            field("Value", Value::Bytes(b"/ipfs/x".to_vec())),
            field("Validity", Value::Bytes(validity.clone().into_bytes())),
            field("ValidityType", Value::Integer(0.into())),
            field("Sequence", Value::Integer(sequence.into())),
        ]);
        ciborium::into_writer(&map, &mut data).unwrap();
        let signature = owner.sign(&[SIGNED_PREFIX, &data].concat()).unwrap();
        Entry {
            value: Some(b"/ipfs/x".to_vec()),
            validity: Some(validity.into_bytes()),
            sequence: Some(sequence),
            public_key: Some(owner.public().encode_protobuf()),
            signature: Some(signature),
            data: Some(data),
        }
        .encode_to_vec()
    }

    fn id(owner: &Keypair) -> Vec<u8> {
        owner.public().to_peer_id().to_bytes()
    }

    #[test]
    fn a_record_is_valid_for_its_owner_alone() {
        for owner in [Keypair::generate_ed25519(), Keypair::generate_ecdsa()] {
            let record = record(&owner, 1, 60);
            assert_eq!(validate(&id(&owner), &record), Ok(()));
            assert!(validate(&id(&Keypair::generate_ed25519()), &record).is_err());
            assert!(validate(&id(&Keypair::generate_ecdsa()), &record).is_err());
        }
    }

    #[test]
    fn a_record_expires() {
        let owner = Keypair::generate_ed25519();
        assert_eq!(
            validate(&id(&owner), &record(&owner, 1, -1)),
            Err(invalid("expired record"))
        );
    }

    #[test]
    fn the_newer_record_is_better_then_the_one_that_lasts_longer() {
        let owner = Keypair::generate_ed25519();
        let [old, lasting, recent] = [
            record(&owner, 1, 60),
            record(&owner, 1, 120),
            record(&owner, 2, 60),
        ];
        assert_eq!(compare(&recent, &lasting), Ordering::Greater);
        assert_eq!(compare(&old, &lasting), Ordering::Less);
        assert_eq!(compare(&old, &old), Ordering::Equal);
    }

    #[test]
    fn faults_are_told_in_the_words_of_go() {
        let owner = Keypair::generate_ed25519();
        let good = record(&owner, 1, 60);
        let mut damaged = Entry::decode(&good[..]).unwrap();
        damaged.sequence = Some(7);
        let damaged = damaged.encode_to_vec();
        for (owner, bytes, words) in [
            (id(&owner), &b"v"[..], "record could not be unmarshalled"),
            (id(&owner), b"", "record signature verification failed"),
            (id(&owner), &damaged, "record could not be unmarshalled"),
            (
                b"abc".to_vec(),
                b"",
                "record key could not be parsed into peer ID",
            ),
        ] {
            assert_eq!(validate(&owner, bytes), Err(invalid(words)));
        }
    }
}
