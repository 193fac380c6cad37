"""Content identifiers, refused in go-cid's words."""

from .errors import RequestError

SHA2_256 = 0x12
V0_LENGTH = 34
MAX_VARINT = 9


def decode_cid(data: bytes) -> bytes:
    """The multihash of a binary CID of version 0 or 1: all that the DHT looks at."""
    if data[:2] == bytes([SHA2_256, V0_LENGTH - 2]) and len(data) > 2:
        if len(data) < V0_LENGTH:
            raise _invalid("invalid cid: not enough bytes for cid v0")
        return _insist_on_end(data, 0, V0_LENGTH)
    version, at = _read_varint(data, 0)
    if version != 1:
        raise _invalid(f"invalid cid: expected 1 as the cid version number, got: {version}")
    _codec, start = _read_varint(data, at)
    if len(data) - start < 2:
        raise _invalid("invalid cid: multihash too short. must be >= 2 bytes")
    _code, at = _read_varint(data, start)
    length, at = _read_varint(data, at)
    if at + length > len(data):
        raise _invalid("invalid cid: length greater than remaining number of bytes in buffer")
    return _insist_on_end(data, start, at + length)


def _insist_on_end(data: bytes, start: int, end: int) -> bytes:
    if end != len(data):
        raise _invalid("trailing bytes in data buffer passed to cid Cast")
    return data[start:end]


def _read_varint(data: bytes, start: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(data[start : start + MAX_VARINT]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, start + place + 1
    raise _invalid("invalid cid: varints malformed, could not reach the end")


def _invalid(reason: str) -> RequestError:
    return RequestError(f"invalid cid: {reason}")
