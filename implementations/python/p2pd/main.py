"""The daemon's life: start in order, say where it is, stop by signal."""

import logging
import os
import signal
import sys
import time
from contextlib import AsyncExitStack

import trio
from libp2p.kad_dht.kad_dht import DHTMode
from libp2p.peer.id import ID
from multiaddr import Multiaddr

from .control import Control
from .dht import Dht
from .endpoint import UnixEndpoint, listen, parse_endpoint
from .errors import RequestError, StartError
from .flags import FlagError, Flags, check_flags, parse_flags
from .identity import load_identity
from .keep_alive import keep_alive
from .node import Node, create_node, last_peer
from .pubsub import Topics
from .streams import serve_echo

EXIT_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
"""Those of go-libp2p-daemon."""

BOOTSTRAP_TIMEOUT = 60.0


def main(words: list[str]) -> int:
    """Runs a daemon until a signal ends it; returns the exit code."""
    logging.basicConfig(level=os.environ.get("P2PD_LOG_LEVEL", "ERROR"), stream=sys.stderr)
    if any(word.lstrip("-") in ("h", "help") for word in words):
        print("Usage of p2pd: go-libp2p-daemon's flags, as far as docs/add-an-implementation.md asks for them")
        return 0
    try:
        flags = parse_flags(words)
    except FlagError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        check_flags(flags)
        return trio.run(run, flags)
    except (StartError, BaseExceptionGroup) as error:
        reason = first_start_error(error)
        if reason is None:
            raise
        print(time.strftime("%Y/%m/%d %H:%M:%S"), reason, file=sys.stderr)
        return 1


def first_start_error(error: BaseException) -> StartError | None:
    """The reason why the daemon does not start, however deep trio has put it."""
    if isinstance(error, StartError):
        return error
    if isinstance(error, BaseExceptionGroup):
        return next(filter(None, map(first_start_error, error.exceptions)), None)
    return None


async def run(flags: Flags) -> int:
    """Starts everything, and stops it at the first signal."""
    node = create_node(flags, load_identity(flags.id))
    listener, endpoint = await listen(parse_endpoint(flags.listen))
    with trio.open_signal_receiver(*EXIT_CODES) as signals:
        async with AsyncExitStack() as stack:
            if isinstance(endpoint, UnixEndpoint):
                stack.callback(os.unlink, endpoint.path)
            direct, circuits = host_addrs(flags)
            await stack.enter_async_context(node.host.run(direct))
            nursery = await stack.enter_async_context(trio.open_nursery())
            control = await start_services(node, flags, stack, nursery)
            for addr in circuits:
                await node.relay.reserve(addr, nursery)
            await bootstrap(node, flags)
            nursery.start_soon(keep_alive, node)
            nursery.start_soon(trio.serve_listeners, control.serve, [listener])
            announce(node, str(endpoint), flags)
            async for number in signals:
                nursery.cancel_scope.cancel()
                code = EXIT_CODES[signal.Signals(number)]
                # what is left of the library's tasks must not hold up the end
                sys.stdout.flush()
                if isinstance(endpoint, UnixEndpoint):
                    os.unlink(endpoint.path)
                os._exit(code)
    return 0


def host_addrs(flags: Flags) -> tuple[list[Multiaddr], list[Multiaddr]]:
    """Where to listen: on this machine, and at relays."""
    if flags.noListenAddrs:
        return [], []
    try:
        addrs = [Multiaddr(text) for text in flags.hostAddrs]
    except Exception as error:
        raise StartError(f"failed to parse multiaddr: {error}") from error
    for addr in addrs:
        if "/udp/" in str(addr):
            raise StartError(f"cannot listen on {addr}: not offered, as py-libp2p's QUIC does not interoperate")
    circuits = [addr for addr in addrs if str(addr).endswith("/p2p-circuit")]
    return [addr for addr in addrs if addr not in circuits], circuits


async def start_services(node: Node, flags: Flags, stack: AsyncExitStack, nursery: trio.Nursery) -> Control:
    """Starts the parts that the flags ask for."""
    await node.relay.start(stack)
    dht = topics = None
    if flags.has_dht:
        serves = flags.dhtServer or (flags.dht and flags.forceReachabilityPublic)
        dht = Dht(node, DHTMode.SERVER if serves else DHTMode.CLIENT)
        await dht.start(stack, nursery)
    if flags.pubsub:
        topics = Topics(node.host, flags)
        await topics.start(stack)
    if flags.echo:
        serve_echo(node)
    return Control(node, dht, topics)


async def bootstrap(node: Node, flags: Flags) -> None:
    """Connects to the first peers; one that answers is enough."""
    if not flags.b:
        return
    connected = 0
    for text in flags.bootstrapPeers:
        addr = Multiaddr(text)
        peer = last_peer(addr)
        if peer is None:
            raise StartError("invalid p2p multiaddr")
        try:
            await node.connect(ID.from_string(peer), [addr], BOOTSTRAP_TIMEOUT)
            connected += 1
        except RequestError:
            continue
    if connected == 0:
        raise StartError("failed to connect to bootstrap peers")


def announce(node: Node, endpoint: str, flags: Flags) -> None:
    """The lines by which others know that the daemon is ready, and where."""
    if flags.q:
        return
    lines = [f"Control socket: {endpoint}", f"Peer ID: {node.host.get_id()}", "Peer Addrs:"]
    lines += [str(addr) for addr in node.addrs()]
    print("\n".join(lines), flush=True)
