"""Frames of the control protocol, whole and broken."""

from collections.abc import Iterator

import pytest
import trio

from p2pd.framing import MAX_FRAME, FrameReader, FramingError, Receive, encode_frame, encode_varint


def arriving(*pieces: bytes) -> Receive:
    """A connection on which these pieces come, then the end."""
    rest: Iterator[bytes] = iter(pieces)

    async def receive(size: int) -> bytes:
        return next(rest, b"")

    return receive


def read_all(*pieces: bytes) -> list[bytes]:
    """The frames of the pieces."""

    async def read() -> list[bytes]:
        reader = FrameReader(arriving(*pieces))
        frames = []
        while (frame := await reader.read()) is not None:
            frames.append(frame)
        return frames

    return trio.run(read)


@pytest.mark.parametrize(
    ("value", "encoded"), [(0, b"\x00"), (127, b"\x7f"), (128, b"\x80\x01"), (MAX_FRAME, b"\x80\x80\x80\x02")]
)
def test_varints(value: int, encoded: bytes) -> None:
    assert encode_varint(value) == encoded


def test_frames_come_whole_however_they_are_cut() -> None:
    data = encode_frame(b"first") + encode_frame(b"x" * 300)
    assert read_all(data) == [b"first", b"x" * 300]
    assert read_all(*(bytes([byte]) for byte in data)) == [b"first", b"x" * 300]


def test_a_length_may_be_longer_than_it_needs_to_be() -> None:
    assert read_all(b"\x81\x80\x00a") == [b"a"]


def test_the_longest_frame_is_read() -> None:
    assert read_all(encode_frame(b"x" * MAX_FRAME)) == [b"x" * MAX_FRAME]


@pytest.mark.parametrize(
    "data",
    [b"\x00", encode_varint(MAX_FRAME + 1) + b"x", b"\x02a", b"\x80", b"\xff" * 10 + b"\x01"],
    ids=["empty", "too long", "cut", "cut length", "endless length"],
)
def test_broken_frames_are_refused(data: bytes) -> None:
    with pytest.raises(FramingError):
        read_all(data)


def test_what_follows_a_frame_is_given_back() -> None:
    async def read() -> tuple[bytes | None, bytes, bytes]:
        reader = FrameReader(arriving(encode_frame(b"open") + b"early"))
        return await reader.read(), reader.take_rest(), reader.take_rest()

    assert trio.run(read) == (b"open", b"early", b"")
