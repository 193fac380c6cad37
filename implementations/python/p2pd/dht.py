"""The DHT: peers and providers. Values are out of reach: py-libp2p's keys of records are text."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import trio
from libp2p.abc import INetConn, INetwork, INotifee
from libp2p.crypto.keys import PublicKey
from libp2p.kad_dht.kad_dht import DHTMode, KadDHT
from libp2p.peer.id import ID
from libp2p.peer.peerinfo import PeerInfo as LibraryPeerInfo
from libp2p.peer.peerstore import PeerStoreError
from libp2p.tools.anyio_service import background_trio_service
from multiaddr import Multiaddr
from p2pd_pb2 import DHTRequest, DHTResponse, PeerInfo

from .cid import decode_cid
from .errors import RequestError
from .node import Node, strip_peer
from .parse import parse_peer

DEFAULT_COUNT = 20

NO_VALUES = "py-libp2p 0.8.1 cannot keep or find values: it takes the keys of records for text"

Answers = AsyncIterator[DHTResponse]


class Dht:
    """What clients ask of the DHT."""

    def __init__(self, node: Node, mode: DHTMode) -> None:
        self._node = node
        self._dht = KadDHT(node.host, mode)
        node.route = self.route

    async def start(self, stack: AsyncExitStack, nursery: trio.Nursery) -> None:
        """Runs until the stack is left; peers come into the table when they are known to serve."""
        await stack.enter_async_context(background_trio_service(self._dht))
        self._node.swarm.register_notifee(_Newcomers(self._node, self._dht, nursery))

    async def find_peer(self, request: DHTRequest) -> DHTResponse:
        peer = parse_peer(required(request, "peer"))
        addrs = await self.route(peer)
        return DHTResponse(type=DHTResponse.VALUE, peer=to_client(LibraryPeerInfo(peer, addrs)))

    async def route(self, peer: ID) -> list[Multiaddr]:
        """The peer's addresses, of which there is at least one."""
        self._insist_on_peers()
        found = await self._dht.find_peer(peer) if peer != self._node.host.get_id() else None
        if found is None or not found.addrs:
            raise RequestError("routing: not found")
        return found.addrs

    async def find_providers(self, request: DHTRequest) -> Answers:
        key = decode_cid(required(request, "cid"))
        count = request.count if request.count > 0 else DEFAULT_COUNT
        yield DHTResponse(type=DHTResponse.BEGIN)
        seen: set[ID] = set()
        for provider in await self._dht.provider_store.find_providers(key, count):
            if provider.peer_id not in seen and len(seen) < count:
                seen.add(provider.peer_id)
                yield DHTResponse(type=DHTResponse.VALUE, peer=to_client(provider))

    async def closest_peers(self, request: DHTRequest) -> Answers:
        key = required(request, "key")
        if not key:
            raise RequestError("can't lookup empty key")
        self._insist_on_peers()
        peers = await self._dht.peer_routing.find_closest_peers_network(key)
        yield DHTResponse(type=DHTResponse.BEGIN)
        for peer in dict.fromkeys(peers):
            if peer != self._node.host.get_id():
                yield DHTResponse(type=DHTResponse.VALUE, value=peer.to_bytes())

    async def public_key(self, request: DHTRequest) -> DHTResponse:
        peer = parse_peer(required(request, "peer"))
        key = peer.extract_public_key() or self._known_key(peer)
        if key is None:
            raise RequestError("routing: not found")
        return DHTResponse(type=DHTResponse.VALUE, value=key.serialize())

    async def provide(self, request: DHTRequest) -> None:
        key = decode_cid(required(request, "cid"))
        self._insist_on_peers()
        await self._dht.provider_store.provide(key)

    def _insist_on_peers(self) -> None:
        if self._dht.get_routing_table_size() == 0:
            raise RequestError("failed to find any peer in table")

    def _known_key(self, peer: ID) -> PublicKey | None:
        try:
            return self._node.host.get_peerstore().pubkey(peer)
        except PeerStoreError:
            return None


class _Newcomers(INotifee):
    """Adds peers to the routing table once they have said that they serve the DHT."""

    def __init__(self, node: Node, dht: KadDHT, nursery: trio.Nursery) -> None:
        self._node = node
        self._dht = dht
        self._nursery = nursery

    async def connected(self, network: INetwork, conn: INetConn) -> None:
        self._nursery.start_soon(self._add, conn.muxed_conn.peer_id)

    async def _add(self, peer: ID) -> None:
        if await self._node.identified(peer):
            await self._dht.add_peer(peer)

    async def disconnected(self, network: INetwork, conn: INetConn) -> None: ...

    async def opened_stream(self, network: INetwork, stream: object) -> None: ...

    async def closed_stream(self, network: INetwork, stream: object) -> None: ...

    async def listen(self, network: INetwork, multiaddr: Multiaddr) -> None: ...

    async def listen_close(self, network: INetwork, multiaddr: Multiaddr) -> None: ...


def required(request: DHTRequest, name: str) -> bytes:
    """A field that must be there, if only empty."""
    if not request.HasField(name):
        raise RequestError(f"Malformed request; missing {name} parameter")
    value = getattr(request, name)
    assert isinstance(value, bytes)
    return value


def to_client(peer: LibraryPeerInfo) -> PeerInfo:
    """A peer as clients see it, its addresses without its id."""
    addrs = dict.fromkeys(strip_peer(addr, peer.peer_id).to_bytes() for addr in peer.addrs)
    return PeerInfo(id=peer.peer_id.to_bytes(), addrs=addrs)


def refuse_value(request: DHTRequest) -> RequestError:
    """What requests of values are answered."""
    required(request, "key")
    if request.type == DHTRequest.PUT_VALUE:
        required(request, "value")
    return RequestError(NO_VALUES)
