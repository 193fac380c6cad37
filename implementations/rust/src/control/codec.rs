//! Frames: each message behind its length, an unsigned varint.

use bytes::{Buf, Bytes, BytesMut};
use prost::Message;
use tokio_util::codec::{Decoder, Encoder};
use unsigned_varint::decode;

/// The longest request, as in go-libp2p-daemon. Answers have no limit.
const MAX_LENGTH: usize = 1 << 22;

/// Reads frames, and writes messages as frames.
#[derive(Debug, Default)]
pub struct Frames;

#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    #[error("a frame of {0} bytes is longer than {MAX_LENGTH}")]
    TooLong(u64),
    #[error("an empty frame is no request")]
    Empty,
    #[error("the length of a frame is no varint")]
    Length,
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Decoder for Frames {
    type Item = Bytes;
    type Error = FrameError;

    fn decode(&mut self, buffer: &mut BytesMut) -> Result<Option<Bytes>, FrameError> {
        let (length, rest) = match read_length(buffer) {
            Ok(read) => read,
            Err(decode::Error::Insufficient) => return Ok(None),
            Err(_) => return Err(FrameError::Length),
        };
        let length = match usize::try_from(length) {
            Ok(0) => return Err(FrameError::Empty),
            Ok(length) if length <= MAX_LENGTH => length,
            _ => return Err(FrameError::TooLong(length)),
        };
        let head = buffer.len() - rest;
        if rest < length {
            buffer.reserve(head + length - buffer.len());
            return Ok(None);
        }
        buffer.advance(head);
        Ok(Some(buffer.split_to(length).freeze()))
    }
}

/// The length at the start of a buffer, and how many bytes follow it. Go accepts lengths with needless zeros at the end.
fn read_length(buffer: &[u8]) -> Result<(u64, usize), decode::Error> {
    match decode::u64(buffer) {
        Ok((length, rest)) => Ok((length, rest.len())),
        Err(decode::Error::NotMinimal) => {
            let end = buffer.iter().position(|byte| byte & 0x80 == 0);
            let head = end.ok_or(decode::Error::Insufficient)? + 1;
            let value = buffer[..head]
                .iter()
                .rev()
                .fold(0, |value: u64, byte| (value << 7) | u64::from(byte & 0x7f));
            Ok((value, buffer.len() - head))
        }
        Err(error) => Err(error),
    }
}

impl<M: Message> Encoder<M> for Frames {
    type Error = FrameError;

    fn encode(&mut self, message: M, buffer: &mut BytesMut) -> Result<(), FrameError> {
        message
            .encode_length_delimited(buffer)
            .map_err(std::io::Error::other)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> Result<Option<Bytes>, FrameError> {
        Frames.decode(&mut BytesMut::from(bytes))
    }

    #[test]
    fn frames_are_read_one_after_the_other_and_the_rest_is_left() {
        let mut buffer = BytesMut::from(&b"\x02ab\x01c\x05rest"[..]);
        assert_eq!(&Frames.decode(&mut buffer).unwrap().unwrap()[..], b"ab");
        assert_eq!(&Frames.decode(&mut buffer).unwrap().unwrap()[..], b"c");
        assert!(Frames.decode(&mut buffer).unwrap().is_none());
        assert_eq!(&buffer[..], b"\x05rest");
    }

    #[test]
    fn half_a_frame_or_half_a_length_is_waited_for() {
        for bytes in [&b""[..], b"\x80", b"\x03ab"] {
            assert!(decode(bytes).unwrap().is_none());
        }
    }

    #[test]
    fn a_length_with_needless_zeros_is_read() {
        assert_eq!(&decode(b"\x82\x00ab").unwrap().unwrap()[..], b"ab");
    }

    #[test]
    fn the_longest_request_is_four_mebibytes() {
        assert!(decode(b"\x80\x80\x80\x02").unwrap().is_none());
        assert!(matches!(
            decode(b"\x81\x80\x80\x02"),
            Err(FrameError::TooLong(4_194_305))
        ));
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        assert!(matches!(decode(b"\x00"), Err(FrameError::Empty)));
        assert!(matches!(decode(&[0xff; 11]), Err(FrameError::Length)));
    }
}
