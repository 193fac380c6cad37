"""Circuit relay v2: serving as a relay, dialling through one, and being reached through one."""

from contextlib import AsyncExitStack

import trio
from libp2p.abc import IMuxedConn, INetStream
from libp2p.connection_types import ConnectionType
from libp2p.host.basic_host import BasicHost
from libp2p.network.connection.swarm_connection import SwarmConn
from libp2p.peer.id import ID
from libp2p.peer.peerinfo import PeerInfo, info_from_p2p_addr
from libp2p.relay.circuit_v2.config import RelayConfig, RelayRole
from libp2p.relay.circuit_v2.protocol import PROTOCOL_ID, CircuitV2Protocol
from libp2p.relay.circuit_v2.resources import RelayLimits
from libp2p.relay.circuit_v2.transport import CircuitV2Transport
from libp2p.tools.anyio_service import background_trio_service
from multiaddr import Multiaddr

from .errors import StartError

LIMITS = RelayLimits(duration=120, data=128 * 1024, max_circuit_conns=16, max_reservations=128)
"""go-libp2p's defaults for one circuit, of one peer, and in all."""


LOOK_INTERVAL = 0.5
"""Seconds between two looks at the connection to a relay."""


class _Circuits(CircuitV2Protocol):
    """Connections through a relay, with the relay's address, where the library puts one that leads nowhere."""

    async def handle_incoming_connection(self, stream: INetStream, remote_peer_id: bytes) -> None:
        await super().handle_incoming_connection(stream, remote_peer_id)
        carrier = getattr(stream, "swarm_conn", None)
        relay = carrier.get_transport_addresses() if carrier is not None else []
        for conn in self.host.get_network().get_connections(ID(remote_peer_id)):
            if relay and isinstance(conn, SwarmConn) and conn.get_connection_type() == ConnectionType.RELAYED:
                base = str(relay[0]).partition("/p2p/")[0]
                at_relay = Multiaddr(f"{base}/p2p/{stream.muxed_conn.peer_id}/p2p-circuit")
                conn.set_transport_info([at_relay], ConnectionType.RELAYED)


class Relay:
    """The parts of circuit relay that a daemon plays."""

    def __init__(self, host: BasicHost, *, serve: bool) -> None:
        self._host = host
        self._protocol = _Circuits(host, limits=LIMITS, allow_hop=serve)
        # a dialler needs no reservation of its own
        config = RelayConfig(roles=RelayRole.STOP)
        self._transport = CircuitV2Transport(host, self._protocol, config)
        # a relay forgets a reservation with the connection on which it was made, whatever others there are
        self._reserved: dict[Multiaddr, IMuxedConn] = {}

    async def start(self, stack: AsyncExitStack) -> None:
        """Serves until the stack is left."""
        await stack.enter_async_context(background_trio_service(self._protocol))
        await self._protocol.event_started.wait()

    def addrs(self) -> list[Multiaddr]:
        """The addresses at relays that have a slot reserved."""
        return [addr for addr, conn in self._reserved.items() if not conn.is_closed]

    async def reserve(self, addr: Multiaddr, nursery: trio.Nursery) -> None:
        """Reserves a slot at the relay of an address that ends in `/p2p-circuit`, and again whenever it is lost."""
        relay = info_from_p2p_addr(Multiaddr(str(addr).removesuffix("/p2p-circuit")))
        conn = await self._try_to_reserve(relay, nursery)
        if conn is None:
            raise StartError(f"no reservation at {addr}")
        self._reserved[addr] = conn
        nursery.start_soon(self._keep, addr, relay, nursery)

    async def _try_to_reserve(self, relay: PeerInfo, nursery: trio.Nursery) -> IMuxedConn | None:
        try:
            await self._host.connect(relay)
            stream = await self._host.new_stream(relay.peer_id, [PROTOCOL_ID])
            reserved = await self._transport.reserve(stream, relay.peer_id, nursery)
        except Exception:
            return None
        return stream.muxed_conn if reserved else None

    async def _keep(self, addr: Multiaddr, relay: PeerInfo, nursery: trio.Nursery) -> None:
        while True:
            await trio.sleep(LOOK_INTERVAL)
            held = self._reserved.get(addr)
            if held is not None and not held.is_closed:
                continue
            conn = await self._try_to_reserve(relay, nursery)
            if conn is not None:
                self._reserved[addr] = conn

    async def dial(self, peer: ID, addr: Multiaddr) -> None:
        """Connects through the relay that the address names."""
        relay = info_from_p2p_addr(Multiaddr(str(addr).partition("/p2p-circuit")[0]))
        raw = await self._transport.dial_peer_info(PeerInfo(peer, []), relay_info=relay)
        conn = await self._host.upgrade_outbound_connection(raw, peer)
        if isinstance(conn, SwarmConn):
            conn.set_transport_info([addr], ConnectionType.RELAYED)
