"""Lets go of peers that have vanished: py-libp2p closes no connection because nothing comes over it any more."""

import trio
from libp2p.host.ping import ID as PING
from libp2p.host.ping import perform_ping_roundtrip
from libp2p.peer.id import ID

from .node import Node

INTERVAL = 15.0
"""Seconds between two rounds."""

PATIENCE = 8.0
"""Seconds that a peer has to answer; less than the library has, so that silence and refusal can be told apart."""

TRIES = 2
"""Rounds in a row that a peer may not answer."""

CLOSE_TIMEOUT = 2.0


async def keep_alive(node: Node) -> None:
    """Asks every peer again and again, and closes the connections to those that have fallen silent."""
    silent: dict[ID, int] = {}
    while True:
        await trio.sleep(INTERVAL)
        peers = {conn.muxed_conn.peer_id for conn in node.connections()}
        silent = {peer: count for peer, count in silent.items() if peer in peers}
        async with trio.open_nursery() as nursery:
            for peer in peers:
                nursery.start_soon(_look_after, node, peer, silent)


async def _look_after(node: Node, peer: ID, silent: dict[ID, int]) -> None:
    if await answers(node, peer):
        silent.pop(peer, None)
        return
    silent[peer] = silent.get(peer, 0) + 1
    if silent[peer] >= TRIES:
        with trio.move_on_after(CLOSE_TIMEOUT):
            await node.disconnect(peer)


async def answers(node: Node, peer: ID) -> bool:
    """Whether anything comes back from a peer: a refusal is as good as an answer."""
    with trio.move_on_after(PATIENCE) as scope:
        try:
            stream = await node.host.new_stream(peer, [PING])
            await perform_ping_roundtrip(stream)
            await stream.close()
        except Exception:
            return True
    return not scope.cancelled_caught
