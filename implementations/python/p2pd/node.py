"""The libp2p host, made of the flags, and what the library lacks of a p2pd: dialling, and waiting for identify."""

from collections.abc import Awaitable, Callable, Sequence

import trio
from libp2p import new_host
from libp2p.abc import IHost, INetConn
from libp2p.crypto.keys import KeyPair
from libp2p.crypto.x25519 import create_new_key_pair as create_new_x25519_key_pair
from libp2p.custom_types import TProtocol, TSecurityOptions
from libp2p.host.basic_host import BasicHost
from libp2p.network.config import ConnectionConfig, RetryConfig
from libp2p.network.swarm import Swarm
from libp2p.peer.id import ID
from libp2p.peer.peerstore import PeerStoreError
from libp2p.rcmgr import ResourceManager
from libp2p.rcmgr.connection_limits import new_connection_limits_with_defaults
from libp2p.security.insecure.transport import PLAINTEXT_PROTOCOL_ID, InsecureTransport
from libp2p.security.noise.transport import PROTOCOL_ID as NOISE_PROTOCOL_ID
from libp2p.security.noise.transport import Transport as NoiseTransport
from libp2p.security.tls.transport import PROTOCOL_ID as TLS_PROTOCOL_ID
from libp2p.security.tls.transport import TLSTransport
from libp2p.stream_muxer.mplex.mplex import MPLEX_PROTOCOL_ID, Mplex
from libp2p.stream_muxer.yamux.yamux import PROTOCOL_ID as YAMUX_PROTOCOL_ID
from libp2p.stream_muxer.yamux.yamux import Yamux
from libp2p.utils.address_validation import get_available_interfaces
from multiaddr import Multiaddr

from . import dial_errors
from .errors import RequestError
from .flags import Flags
from .relay import Relay

ADDRESS_TTL = 120
"""Seconds for which the addresses of a CONNECT are remembered; go's."""

DIAL_TIMEOUT = 5.0
"""Seconds that one address has; go's for private addresses."""

CONNECTIONS_PER_PEER = 256
"""The library's limit. It notices late that a connection was closed: one that comes and goes has many for a while."""

LOOK_INTERVAL = 0.005


class Node:
    """A libp2p host with go-libp2p-daemon's way of connecting."""

    def __init__(self, host: BasicHost, flags: Flags) -> None:
        self.host = host
        self.flags = flags
        self.relay = Relay(host, serve=flags.relay)
        self.route: Callable[[ID], Awaitable[list[Multiaddr]]] | None = None
        """Finds the addresses of a peer of which none are known."""

    @property
    def swarm(self) -> Swarm:
        network = self.host.get_network()
        assert isinstance(network, Swarm)
        return network

    def addrs(self) -> list[Multiaddr]:
        """The addresses that others are told, without the peer id."""
        if self.flags.noListenAddrs:
            return []
        return [strip_peer(addr, self.host.get_id()) for addr in self.host.get_addrs()] + self.relay.addrs()

    def connections(self, peer: ID | None = None) -> list[INetConn]:
        """The connections that are open."""
        return [conn for conn in self.swarm.get_connections(peer) if not conn.is_closed]

    async def connect(self, peer: ID, addrs: Sequence[Multiaddr], timeout: float) -> None:
        """Connects, and waits until the peer has said what it speaks."""
        if not self.connections(peer):
            with trio.move_on_after(timeout) as scope:
                await self._dial(peer, addrs)
            if scope.cancelled_caught:
                raise RequestError("failed to dial: context deadline exceeded")
        with trio.move_on_after(timeout) as scope:
            await self.identified(peer)
        if scope.cancelled_caught:
            raise RequestError("identify failed to complete: context deadline exceeded")

    async def identified(self, peer: ID) -> bool:
        """Waits until the peer has said what it speaks; False when its connection goes first."""
        while self.connections(peer):
            if self._protocols(peer):
                return True
            await trio.sleep(LOOK_INTERVAL)
        return False

    async def disconnect(self, peer: ID) -> None:
        """Closes every connection to the peer."""
        for conn in self.connections(peer):
            await conn.close()

    def _protocols(self, peer: ID) -> list[str]:
        try:
            return self.host.get_peerstore().get_protocols(peer)
        except PeerStoreError:
            return []

    def _known_addrs(self, peer: ID) -> list[Multiaddr]:
        try:
            return self.host.get_peerstore().addrs(peer)
        except PeerStoreError:
            return []

    async def _dial(self, peer: ID, given: Sequence[Multiaddr]) -> None:
        if peer == self.host.get_id():
            raise RequestError("failed to dial: dial to self attempted")
        fitting = [strip_peer(addr, peer) for addr in given if last_peer(addr) in (None, str(peer))]
        addrs = list(dict.fromkeys([*fitting, *(strip_peer(addr, peer) for addr in self._known_addrs(peer))]))
        if not addrs and not given and self.route is not None:
            addrs = [strip_peer(addr, peer) for addr in await self.route(peer)]
        if not addrs:
            raise RequestError(f"failed to dial: failed to dial {peer}: no addresses")
        # each address is dialled here, as the library tries one of each kind only and none with a circuit
        failures: dict[str, str] = {}
        async with trio.open_nursery() as nursery:
            for addr in addrs:
                nursery.start_soon(self._dial_one, peer, addr, failures, nursery.cancel_scope)
        if not self.connections(peer):
            lines = "".join(f"\n  * [{addr}] {reason}" for addr, reason in failures.items())
            raise RequestError(f"failed to dial: failed to dial {peer}: all dials failed{lines}")
        # not before: what else of the library knows the addresses dials them too, and then there are two connections
        self.host.get_peerstore().add_addrs(peer, fitting, ADDRESS_TTL)

    async def _dial_one(self, peer: ID, addr: Multiaddr, failures: dict[str, str], others: trio.CancelScope) -> None:
        try:
            with trio.fail_after(DIAL_TIMEOUT):
                if "/p2p-circuit" in str(addr):
                    await self.relay.dial(peer, addr)
                else:
                    await self.swarm.dial_addr(addr, peer)
        except Exception as error:
            failures[str(addr)] = dial_errors.describe(error, addr)
        else:
            others.cancel()


def create_node(flags: Flags, key: KeyPair) -> Node:
    """Assembles the host that the flags ask for."""
    muxer = {MPLEX_PROTOCOL_ID: Mplex} if flags.muxer == "mplex" else {TProtocol(YAMUX_PROTOCOL_ID): Yamux}
    host: IHost = new_host(
        key_pair=key,
        sec_opt=_securities(flags, key),
        muxer_opt=muxer,
        connection_config=ConnectionConfig(
            min_connections=0, low_watermark=0, max_connections_per_peer=CONNECTIONS_PER_PEER
        ),
        resource_manager=_limits(),
        announce_addrs=[Multiaddr(addr) for addr in flags.announceAddrs] or None,
        addrs_factory=None if flags.announceAddrs else reachable,
        # what a peer on this machine observes is the port of one connection, at which nobody listens
        disable_identify_address_discovery=True,
        enable_tcp=True,
        enable_websocket=True,
    )
    assert isinstance(host, BasicHost)
    node = Node(host, flags)
    node.swarm.retry_config = RetryConfig(max_retries=0)
    return node


def _limits() -> ResourceManager:
    """The library's limits, but for those of one peer, which may come and go as it likes."""
    connections = new_connection_limits_with_defaults().with_max_established_per_peer(CONNECTIONS_PER_PEER)
    return ResourceManager(connection_limits=connections, enable_rate_limiting=False)


def _securities(flags: Flags, key: KeyPair) -> TSecurityOptions:
    noise = NoiseTransport(key, noise_privkey=create_new_x25519_key_pair().private_key)
    every = {
        NOISE_PROTOCOL_ID: (flags.noise, noise),
        TLS_PROTOCOL_ID: (flags.tls, TLSTransport(key)),
        TProtocol(PLAINTEXT_PROTOCOL_ID): (flags.plaintext, InsecureTransport(key)),
    }
    return {name: transport for name, (wanted, transport) in every.items() if wanted}


def reachable(addrs: Sequence[Multiaddr]) -> list[Multiaddr]:
    """Where somebody reaches what listens there: on every address that the host has now, where it listens on all."""
    found: list[Multiaddr] = []
    for addr in addrs:
        for version, wildcard in (("ip4", "/ip4/0.0.0.0/"), ("ip6", "/ip6/::/")):
            if str(addr).startswith(wildcard):
                own = [str(one).split("/")[2] for one in get_available_interfaces(0) if f"/{version}/" in str(one)]
                found += [Multiaddr(str(addr).replace(wildcard, f"/{version}/{ip}/", 1)) for ip in own]
                break
        else:
            found.append(addr)
    return found


def last_peer(addr: Multiaddr) -> str | None:
    """The peer id that an address ends with."""
    head, _, tail = str(addr).rpartition("/p2p/")
    return tail if head and "/" not in tail else None


def strip_peer(addr: Multiaddr, peer: ID) -> Multiaddr:
    """The address without the peer id at its end."""
    return Multiaddr(str(addr).removesuffix(f"/p2p/{peer}"))
