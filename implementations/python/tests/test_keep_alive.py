"""Peers that answer, refuse, or have fallen silent."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio
from libp2p.peer.id import ID
from trio.testing import MockClock

from p2pd.keep_alive import INTERVAL, PATIENCE, TRIES, keep_alive
from p2pd.node import Node

PEER = ID(b"peer")


class FakeNode:
    """A node with one peer, whose streams come to what the test says."""

    def __init__(self, silence: bool) -> None:
        self.silence = silence
        self.host = SimpleNamespace(new_stream=self._new_stream)
        self.connected = True

    def connections(self) -> list[Any]:
        return [SimpleNamespace(muxed_conn=SimpleNamespace(peer_id=PEER))] if self.connected else []

    async def disconnect(self, peer: ID) -> None:
        self.connected = False

    async def _new_stream(self, peer: ID, protocols: list[str]) -> Any:
        if self.silence:
            await trio.sleep_forever()
        raise ConnectionError("refused")


@pytest.mark.parametrize("silence", [True, False])
def test_who_is_silent_is_let_go_and_who_refuses_is_not(silence: bool) -> None:
    node = FakeNode(silence)

    async def wait() -> None:
        with trio.move_on_after(TRIES * (INTERVAL + PATIENCE) + 1):
            await keep_alive(cast(Node, node))

    trio.run(wait, clock=MockClock(autojump_threshold=0))
    assert node.connected is not silence
