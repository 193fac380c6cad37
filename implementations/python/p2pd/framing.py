"""Frames of the control protocol: a length as unsigned varint, then a message."""

from collections.abc import Awaitable, Callable

MAX_FRAME = 4 * 1024 * 1024
"""The longest request that is read; go's limit."""

MAX_VARINT = 10

CHUNK = 64 * 1024

Receive = Callable[[int], Awaitable[bytes]]
"""Gives at most so many bytes, and none at the end."""


class FramingError(Exception):
    """The other side does not speak frames; nothing sensible can follow."""


def encode_varint(value: int) -> bytes:
    """The unsigned varint of a number that is not negative."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def encode_frame(message: bytes) -> bytes:
    """A message behind its length."""
    return encode_varint(len(message)) + message


class FrameReader:
    """Reads frames, and gives back what it has read beyond them."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._buffer = bytearray()

    async def read(self) -> bytes | None:
        """The next message; None when the other side ends between two frames."""
        length = await self._read_length()
        if length is None:
            return None
        if not 0 < length <= MAX_FRAME:
            raise FramingError(f"a frame of {length} bytes")
        while len(self._buffer) < length:
            if not await self._fill():
                raise FramingError("the end in the middle of a frame")
        message = bytes(self._buffer[:length])
        del self._buffer[:length]
        return message

    def take_rest(self) -> bytes:
        """What came behind the last frame: it belongs to whatever the connection becomes."""
        rest = bytes(self._buffer)
        self._buffer.clear()
        return rest

    async def _read_length(self) -> int | None:
        value = 0
        for index in range(MAX_VARINT):
            if not self._buffer and not await self._fill():
                if index == 0:
                    return None
                raise FramingError("the end in the middle of a length")
            byte = self._buffer.pop(0)
            value |= (byte & 0x7F) << (7 * index)
            if byte < 0x80:
                return value
        raise FramingError("a length without an end")

    async def _fill(self) -> bool:
        data = await self._receive(CHUNK)
        self._buffer += data
        return bool(data)
