//! Content identifiers, of which the DHT looks at nothing but the multihash.

use unsigned_varint::decode;

use crate::control::RequestError;

/// The length of a CID of version 0: a SHA2-256 multihash and nothing else.
const V0_LENGTH: usize = 34;
const SHA2_256: u8 = 0x12;

/// The multihash of a binary CID of version 0 or 1; faults are told in the words of go-cid.
pub fn multihash(bytes: &[u8]) -> Result<&[u8], RequestError> {
    if bytes.len() > 2 && bytes[0] == SHA2_256 && usize::from(bytes[1]) == V0_LENGTH - 2 {
        return match bytes.len() {
            V0_LENGTH => Ok(bytes),
            ..V0_LENGTH => Err(invalid("invalid cid: not enough bytes for cid v0")),
            _ => Err(trailing()),
        };
    }
    let (version, rest) = varint(bytes)?;
    if version != 1 {
        let reason = format!("invalid cid: expected 1 as the cid version number, got: {version}");
        return Err(invalid(&reason));
    }
    let (_, multihash) = varint(rest)?;
    if multihash.len() < 2 {
        return Err(invalid(
            "invalid cid: multihash too short. must be >= 2 bytes",
        ));
    }
    let (_, rest) = varint(multihash)?;
    let (length, digest) = varint(rest)?;
    let has = digest.len() as u64;
    match length {
        _ if length > has => Err(invalid(
            "invalid cid: length greater than remaining number of bytes in buffer",
        )),
        _ if length < has => Err(trailing()),
        _ => Ok(multihash),
    }
}

fn varint(bytes: &[u8]) -> Result<(u64, &[u8]), RequestError> {
    decode::u64(bytes).map_err(|error| {
        invalid(match error {
            decode::Error::Insufficient => {
                "invalid cid: varints malformed, could not reach the end"
            }
            decode::Error::NotMinimal => "invalid cid: varint not minimally encoded",
            _ => "invalid cid: varints larger than uint63 not supported",
        })
    })
}

fn trailing() -> RequestError {
    invalid("trailing bytes in data buffer passed to cid Cast")
}

fn invalid(reason: &str) -> RequestError {
    RequestError::malformed(format!("invalid cid: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_lead_to_the_same_multihash() {
        let hash = [&[SHA2_256, 32][..], &[7; 32]].concat();
        let raw = [&[1, 0x55][..], &hash].concat();
        assert_eq!(multihash(&hash), Ok(&hash[..]));
        assert_eq!(multihash(&raw), Ok(&hash[..]));
    }

    #[test]
    fn faults_are_told_in_the_words_of_go() {
        let good = [&[1, 0x55, SHA2_256, 32][..], &[7; 32]].concat();
        let long = [&good[..], b"x"].concat();
        for (bytes, words) in [
            (
                &b""[..],
                "invalid cid: varints malformed, could not reach the end",
            ),
            (
                b"xyz",
                "invalid cid: expected 1 as the cid version number, got: 120",
            ),
            (
                b"\x01\x55",
                "invalid cid: multihash too short. must be >= 2 bytes",
            ),
            (&good[2..20], "invalid cid: not enough bytes for cid v0"),
            (
                &good[..20],
                "invalid cid: length greater than remaining number of bytes in buffer",
            ),
            (&long, "trailing bytes in data buffer passed to cid Cast"),
            (
                &[0xff; 11],
                "invalid cid: varints larger than uint63 not supported",
            ),
        ] {
            assert_eq!(
                multihash(bytes).unwrap_err().message,
                format!("invalid cid: {words}")
            );
        }
    }
}
