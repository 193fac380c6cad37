"""Streams: opened for clients, handed to their listeners, and copied between the two."""

import logging
from collections.abc import Awaitable, Callable

import trio
from libp2p.abc import INetStream
from libp2p.custom_types import TProtocol
from libp2p.host.exceptions import StreamFailure
from libp2p.identity.identify_push.identify_push import push_identify_to_peers
from libp2p.network.stream.exceptions import StreamEOF
from libp2p.network.stream.net_stream import NetStream
from libp2p.peer.id import ID
from libp2p.stream_muxer.yamux.yamux import YamuxStream
from multiaddr import Multiaddr
from p2pd_pb2 import StreamInfo

from .endpoint import Endpoint, dial
from .errors import RequestError
from .framing import encode_frame
from .full_duplex import make_full_duplex
from .last_words import deaf_to_cancellation
from .node import Node, strip_peer

CHUNK = 64 * 1024

ECHO = TProtocol("/echo/1.0.0")

WINDOW_LOOK_INTERVAL = 0.005

logger = logging.getLogger("p2pd.streams")


async def open_stream(node: Node, peer: ID, protocols: list[str], timeout: float) -> INetStream:
    """Opens a stream on the first of the protocols that the peer speaks, dialling it if needed."""
    if not protocols:
        raise RequestError("failed to negotiate protocol: no protocols specified")
    await node.connect(peer, [], timeout)
    with trio.move_on_after(timeout):
        try:
            return await node.host.new_stream(peer, [TProtocol(name) for name in protocols])
        except StreamFailure as error:
            if "response timed out" in str(error.__cause__):
                raise RequestError("failed to negotiate protocol: context deadline exceeded") from error
            if "not supported" not in str(error.__cause__):
                raise RequestError(f"failed to negotiate protocol: {error.__cause__}") from error
            names = " ".join(protocols)
            raise RequestError(f"failed to negotiate protocol: protocols not supported: [{names}]") from error
        except Exception as error:
            raise RequestError(f"failed to negotiate protocol: {error}") from error
    raise RequestError("failed to negotiate protocol: context deadline exceeded")


def describe(stream: INetStream) -> StreamInfo:
    """What an application is told of its stream."""
    peer = stream.muxed_conn.peer_id
    return StreamInfo(peer=peer.to_bytes(), addr=remote_addr(stream).to_bytes(), proto=str(stream.get_protocol()))


def remote_addr(stream: INetStream) -> Multiaddr:
    """The peer's address of the connection that carries the stream."""
    conn = getattr(stream, "swarm_conn", None)
    addrs = conn.get_transport_addresses() if conn is not None else []
    return strip_peer(addrs[0], stream.muxed_conn.peer_id) if addrs else Multiaddr("/")


async def handle(node: Node, protocols: list[str], endpoint: Endpoint) -> None:
    """Hands every stream of the protocols to the application's listener; the last one to ask for a protocol has it."""
    for protocol in protocols:
        node.host.set_stream_handler(TProtocol(protocol), _deliver_to(endpoint))
    await push_identify_to_peers(node.host)


def serve_echo(node: Node) -> None:
    """Sends back what comes, as go-libp2p-daemon does."""
    node.host.set_stream_handler(ECHO, _echo)


def _deliver_to(endpoint: Endpoint) -> Callable[[INetStream], Awaitable[None]]:
    async def deliver(stream: INetStream) -> None:
        try:
            socket = await dial(endpoint)
            await socket.send_all(encode_frame(describe(stream).SerializeToString()))
        except (OSError, trio.TooSlowError, trio.BrokenResourceError) as error:
            logger.warning("the application at %s does not take a stream: %s", endpoint, error)
            await stream.reset()
            return
        await splice(stream, socket)

    return deliver


async def _echo(stream: INetStream) -> None:
    try:
        while data := await _read(stream):
            await _write(stream, data)
        await stream.close()
    except Exception:
        await stream.reset()


async def splice(stream: INetStream, socket: trio.SocketStream, early: bytes = b"") -> None:
    """
    Copies both ways until both have ended: the end of one direction is the end of that one alone, and a reset of either
    side is one of the other.
    """
    make_full_duplex(stream)
    ok = False
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_guarded, _to_socket, stream, socket, nursery.cancel_scope)
            await _guarded(_to_stream, stream, socket, nursery.cancel_scope, early)
        ok = not nursery.cancel_scope.cancelled_caught
    finally:
        with deaf_to_cancellation(1):
            await (stream.close() if ok else stream.reset())
        await trio.aclose_forcefully(socket)


async def _guarded(
    copy: Callable[..., Awaitable[None]],
    stream: INetStream,
    socket: trio.SocketStream,
    both: trio.CancelScope,
    *rest: bytes,
) -> None:
    try:
        await copy(stream, socket, *rest)
    except Exception as error:
        logger.debug("a stream broke: %r", error)
        both.cancel()


async def _to_socket(stream: INetStream, socket: trio.SocketStream) -> None:
    while data := await _read(stream):
        await socket.send_all(data)
    await socket.send_eof()


async def _to_stream(stream: INetStream, socket: trio.SocketStream, early: bytes = b"") -> None:
    if early:
        await _write(stream, early)
    while data := await socket.receive_some(CHUNK):
        await _write(stream, bytes(data))
    assert isinstance(stream, NetStream)
    await stream.close_write()


async def _read(stream: INetStream) -> bytes:
    """Some bytes, or none at the end."""
    try:
        return await stream.read(CHUNK)
    except StreamEOF:
        return b""


async def _write(stream: INetStream, data: bytes) -> None:
    """Writes however long the peer takes to read: the library's yamux gives up on it after 5 s without a window."""
    muxed = stream.muxed_stream if isinstance(stream, NetStream) else None
    if not isinstance(muxed, YamuxStream):
        await stream.write(data)
        return
    while data:
        while muxed.send_window == 0 and not (muxed.closed or muxed.reset_received):
            await trio.sleep(WINDOW_LOOK_INTERVAL)
        size = max(1, min(len(data), muxed.send_window))
        await stream.write(data[:size])
        data = data[size:]
