"""The control socket: one client's connection, request after request."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import trio
from google.protobuf.message import DecodeError, Message
from p2pd_pb2 import (
    DHTRequest,
    DHTResponse,
    ErrorResponse,
    IdentifyResponse,
    PeerInfo,
    PSRequest,
    PSResponse,
    Request,
    Response,
)

from . import streams
from .dht import Answers, Dht, refuse_value
from .endpoint import decode_endpoint
from .errors import RequestError
from .framing import FrameReader, FramingError, encode_frame
from .last_words import deaf_to_cancellation
from .node import Node, strip_peer
from .parse import parse_addr, parse_peer, seconds
from .pubsub import Topics

TYPES_OF_PARTS = ("dht.type", "pubsub.type", "connManager.type")

logger = logging.getLogger("p2pd.control")


class TakenOver(Exception):
    """The connection has become something else, and has ended as that."""


class Control:
    """Answers clients; each connection is served by itself."""

    def __init__(self, node: Node, dht: Dht | None, topics: Topics | None) -> None:
        self._node = node
        self._dht = dht
        self._topics = topics

    async def serve(self, socket: trio.SocketStream) -> None:
        """Serves a connection to its end. Whatever goes wrong is this client's alone."""
        session = Session(socket)
        try:
            async with socket:
                while (frame := await session.frames.read()) is not None:
                    await self._answer(session, decode(frame))
        except TakenOver:
            pass
        except (FramingError, DecodeError) as error:
            logger.warning("hung up on a client: %s", error)
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            pass
        except Exception:
            logger.exception("hung up on a client")

    async def _answer(self, session: "Session", request: Request) -> None:
        handler = HANDLERS.get(request.type)
        if handler is None:
            raise FramingError(f"request type {request.type}")
        try:
            response = await handler(self, session, request)
        except (RequestError, UnicodeDecodeError) as error:
            response = Response(type=Response.ERROR, error=ErrorResponse(msg=str(error)))
        if response is not None:
            await session.send(response)

    async def identify(self, session: "Session", request: Request) -> Response:
        addrs = [addr.to_bytes() for addr in self._node.addrs()]
        return ok(identify=IdentifyResponse(id=self._node.host.get_id().to_bytes(), addrs=addrs))

    async def connect(self, session: "Session", request: Request) -> Response:
        part = request.connect if request.HasField("connect") else missing()
        addrs = [parse_addr(addr) for addr in part.addrs]
        await self._node.connect(parse_peer(part.peer), addrs, seconds(part.timeout))
        return ok()

    async def disconnect(self, session: "Session", request: Request) -> Response:
        part = request.disconnect if request.HasField("disconnect") else missing()
        await self._node.disconnect(parse_peer(part.peer))
        return ok()

    async def list_peers(self, session: "Session", request: Request) -> Response:
        response = ok()
        for conn in self._node.connections():
            peer = conn.muxed_conn.peer_id
            addrs = [strip_peer(addr, peer).to_bytes() for addr in conn.get_transport_addresses()[:1]]
            response.peers.append(PeerInfo(id=peer.to_bytes(), addrs=addrs))
        return response

    async def stream_open(self, session: "Session", request: Request) -> None:
        part = request.streamOpen if request.HasField("streamOpen") else missing()
        peer = parse_peer(part.peer)
        stream = await streams.open_stream(self._node, peer, list(part.proto), seconds(part.timeout))
        try:
            await session.send(ok(streamInfo=streams.describe(stream)))
        except BaseException:
            with deaf_to_cancellation(1):
                await stream.reset()
            raise
        await streams.splice(stream, session.socket, session.frames.take_rest())
        raise TakenOver

    async def stream_handler(self, session: "Session", request: Request) -> Response:
        part = request.streamHandler if request.HasField("streamHandler") else missing()
        await streams.handle(self._node, list(part.proto), decode_endpoint(part.addr))
        return ok()

    async def dht(self, session: "Session", request: Request) -> Response | None:
        if self._dht is None:
            raise RequestError("DHT not enabled")
        part = known_type(request.dht) if request.HasField("dht") else missing()
        timeout = seconds(part.timeout)
        if part.type in (DHTRequest.FIND_PROVIDERS, DHTRequest.GET_CLOSEST_PEERS):
            find = self._dht.find_providers if part.type == DHTRequest.FIND_PROVIDERS else self._dht.closest_peers
            await stream_answers(session, find(part), timeout)
            return None
        with trio.move_on_after(timeout):
            return await self._dht_answer(self._dht, part)
        raise RequestError("routing: not found" if part.type == DHTRequest.FIND_PEER else "context deadline exceeded")

    async def _dht_answer(self, dht: Dht, part: DHTRequest) -> Response:
        match part.type:
            case DHTRequest.FIND_PEER:
                return ok(dht=await dht.find_peer(part))
            case DHTRequest.GET_PUBLIC_KEY:
                return ok(dht=await dht.public_key(part))
            case DHTRequest.PROVIDE:
                await dht.provide(part)
                return ok()
            case DHTRequest.FIND_PEERS_CONNECTED_TO_PEER:
                raise RequestError("not supported")
            case DHTRequest.GET_VALUE | DHTRequest.SEARCH_VALUE | DHTRequest.PUT_VALUE:
                raise refuse_value(part)
            case _:
                raise RequestError("Unexpected request")

    async def pubsub(self, session: "Session", request: Request) -> Response:
        if self._topics is None:
            raise RequestError("PubSub not enabled")
        part = known_type(request.pubsub) if request.HasField("pubsub") else missing()
        match part.type:
            case PSRequest.GET_TOPICS:
                return ok(pubsub=PSResponse(topics=self._topics.topics()))
            case PSRequest.LIST_PEERS:
                peers = self._topics.peers(part.topic)
                return ok(pubsub=PSResponse(peerIDs=[peer.to_bytes() for peer in peers]))
            case PSRequest.PUBLISH:
                await self._topics.publish(required_topic(part), part.data)
                return ok()
            case PSRequest.SUBSCRIBE:
                await subscribe(session, self._topics, required_topic(part))
                raise TakenOver
            case _:
                raise RequestError("Unexpected request")

    async def connmanager(self, session: "Session", request: Request) -> Response:
        raise RequestError("py-libp2p's connection manager cannot be told to trim")


class Session:
    """One client's connection."""

    def __init__(self, socket: trio.SocketStream) -> None:
        self.socket = socket
        self.frames = FrameReader(self._receive)

    async def send(self, message: Message) -> None:
        await self.socket.send_all(encode_frame(message.SerializeToString()))

    async def _receive(self, size: int) -> bytes:
        return bytes(await self.socket.receive_some(size))


Handler = Callable[[Control, Session, Request], Awaitable[Response | None]]

HANDLERS: dict[int, Handler] = {
    Request.IDENTIFY: Control.identify,
    Request.CONNECT: Control.connect,
    Request.STREAM_OPEN: Control.stream_open,
    Request.STREAM_HANDLER: Control.stream_handler,
    Request.DHT: Control.dht,
    Request.LIST_PEERS: Control.list_peers,
    Request.CONNMANAGER: Control.connmanager,
    Request.DISCONNECT: Control.disconnect,
    Request.PUBSUB: Control.pubsub,
}


async def stream_answers(session: Session, answers: Answers, timeout: float) -> None:
    """Sends answers as they come, behind an OK with the first, and says when there are no more."""
    begun = False
    with trio.move_on_after(timeout):
        async for answer in answers:
            await session.send(answer if begun else ok(dht=answer))
            begun = True
    if not begun:
        raise RequestError("context deadline exceeded")
    await session.send(DHTResponse(type=DHTResponse.END))


async def subscribe(session: Session, topics: Topics, topic: str) -> None:
    """Sends the topic's messages until the client hangs up."""
    async with topics.subscription(topic) as messages:
        await session.send(ok())

        async def watch(scope: trio.CancelScope) -> None:
            try:
                while await session.socket.receive_some():
                    pass
            except trio.BrokenResourceError:
                pass
            scope.cancel()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(watch, nursery.cancel_scope)
            try:
                async for message in messages:
                    await session.send(message)
            except trio.BrokenResourceError:
                nursery.cancel_scope.cancel()


def decode(frame: bytes) -> Request:
    """A request with all that it must have; a type that is not known looks like one that is missing."""
    request = Request.FromString(frame)
    lacks = [name for name in request.FindInitializationErrors() if name not in TYPES_OF_PARTS]
    if lacks:
        raise FramingError(f"a request without {', '.join(lacks)}")
    return request


def known_type(part: Any) -> Any:
    """A part whose type is one of those that there are."""
    if not part.HasField("type"):
        raise RequestError("Unexpected request")
    return part


def ok(**parts: Message) -> Response:
    """An answer of success."""
    return Response(type=Response.OK, **parts)


def missing() -> Any:
    """Refuses a request that lacks what belongs to its type."""
    raise RequestError("Malformed request; missing parameters")


def required_topic(request: PSRequest) -> str:
    """The topic of a request that needs one."""
    if not request.HasField("topic"):
        raise RequestError("Malformed request; missing topic parameter")
    return str(request.topic)
