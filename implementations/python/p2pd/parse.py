"""What clients send, understood or refused in go's words."""

from libp2p.peer.id import ID
from multiaddr import Multiaddr

from .errors import RequestError

DEFAULT_TIMEOUT = 60
LONGEST_TIMEOUT = 24 * 60 * 60


def seconds(timeout: int) -> float:
    """A client's timeout; 60 s unless it gives one."""
    return min(timeout, LONGEST_TIMEOUT) if timeout > 0 else DEFAULT_TIMEOUT


def parse_peer(data: bytes) -> ID:
    """A peer id; anything that is a multihash passes, as in go."""
    if len(data) < 2:
        raise RequestError("multihash too short. must be >= 2 bytes")
    if data[1] < 0x80 and len(data) - 2 != data[1]:
        raise RequestError("length greater than remaining number of bytes in buffer")
    return ID(data)


def parse_addr(data: bytes) -> Multiaddr:
    """A binary multiaddr."""
    if not data:
        raise RequestError("empty multiaddr")
    try:
        addr = Multiaddr(data)
        str(addr)
        return addr
    except Exception as error:
        raise RequestError(f"invalid multiaddr: {error}") from error
