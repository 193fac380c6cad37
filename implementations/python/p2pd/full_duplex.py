"""Streams that can be read and written at the same time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio
from libp2p.abc import INetStream
from libp2p.network.stream.net_stream import NetStream
from libp2p.stream_muxer.mplex.mplex_stream import MplexStream
from libp2p.stream_muxer.rw_lock import ReadWriteLock


class _DirectionLocks(ReadWriteLock):
    """One reader and one writer at a time, whatever the other does."""

    def __init__(self) -> None:
        super().__init__()
        self._reading = trio.Lock()
        self._writing = trio.Lock()

    @asynccontextmanager
    async def read_lock(self) -> AsyncIterator[None]:
        async with self._reading:
            yield

    @asynccontextmanager
    async def write_lock(self) -> AsyncIterator[None]:
        async with self._writing:
            yield


def make_full_duplex(stream: INetStream) -> None:
    """Frees writing from reading: the library's mplex lets nobody write while somebody waits for data."""
    muxed = stream.muxed_stream if isinstance(stream, NetStream) else None
    if isinstance(muxed, MplexStream):
        muxed.rw_lock = _DirectionLocks()
