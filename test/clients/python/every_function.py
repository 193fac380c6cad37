"""Calls every function of p2pclient on four daemons that are running.

P2PD_A, P2PD_B and P2PD_C are their control multiaddrs. Each listens for peers, serves the DHT, has pubsub enabled, and
knows nothing of the others. P2PD_D is that of one without all this, whose connection manager trims to one connection:
a DHT protects peers from being trimmed.
"""

import hashlib
import inspect
import os
import sys
import tempfile
import time
import uuid
from contextlib import AsyncExitStack, asynccontextmanager

import anyio
import pytest
from Crypto.PublicKey import RSA
from multiaddr import Multiaddr, protocols

from p2pclient import Client, ControlFailure
from p2pclient.libp2p_stubs.crypto.pb import crypto_pb2
from p2pclient.libp2p_stubs.peer.id import ID
from p2pclient.pb import p2pd_pb2
from p2pclient.utils import get_unused_tcp_port, read_pbmsg_safe

pytestmark = pytest.mark.anyio

DEADLINE = 10.0
INTERVAL = 0.01
PAYLOAD = os.urandom(1 << 20)


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Daemon:
    """A client of one daemon, with what the daemon says of itself."""

    def __init__(self, client, peer_id, maddrs):
        self.client = client
        self.peer_id = peer_id
        self.maddrs = maddrs


def listen_maddr(control, folder):
    """Streams are taken on the same kind of socket as the daemon's control."""
    if protocols.P_UNIX in [protocol.code for protocol in control.protocols()]:
        return Multiaddr(f"/unix{folder}/{uuid.uuid4().hex[:8]}.sock")
    return Multiaddr(f"/ip4/127.0.0.1/tcp/{get_unused_tcp_port()}")


@asynccontextmanager
async def open_daemon(name):
    control = Multiaddr(os.environ[f"P2PD_{name}"])
    with tempfile.TemporaryDirectory(prefix="p2pclient-") as folder:
        client = Client(control_maddr=control, listen_maddr=listen_maddr(control, folder))
        async with client.listen():
            peer_id, maddrs = await client.identify()
            yield Daemon(client, peer_id, maddrs)


@pytest.fixture
async def daemons():
    """The three, not connected, and left so."""
    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(open_daemon(name)) for name in "ABC"]
        yield opened
        await disconnect_all(opened)


@pytest.fixture
async def chain(daemons):
    """A and C have only B in common."""
    a, b, c = daemons
    await a.client.connect(b.peer_id, b.maddrs)
    await c.client.connect(b.peer_id, b.maddrs)

    async def found():
        try:
            await a.client.dht_find_peer(c.peer_id)
            return True
        except ControlFailure:
            return False

    await eventually("the routing tables to be filled", found)
    return a, b, c


async def disconnect_all(daemons):
    async def alone():
        for one in daemons:
            for peer in await one.client.list_peers():
                await one.client.disconnect(peer.peer_id)
        return not any([await one.client.list_peers() for one in daemons])

    await eventually("all connections to be closed", alone)


async def eventually(what, condition):
    end = time.monotonic() + DEADLINE
    while not await condition():
        assert time.monotonic() < end, f"gave up waiting for {what}"
        await anyio.sleep(INTERVAL)


async def connected_ids(daemon):
    return [peer.peer_id for peer in await daemon.client.list_peers()]


def stranger():
    return ID(b"\x12\x20" + os.urandom(32))


def key_record():
    """A value that a DHT accepts from anybody: a public key under the hash that names it."""
    key = RSA.generate(2048).publickey().export_key("DER")
    value = crypto_pb2.PublicKey(key_type=crypto_pb2.RSA, data=key).SerializeToString()
    return b"/pk/\x12\x20" + hashlib.sha256(value).digest(), value


def new_content():
    return b"\x01\x55\x12\x20" + os.urandom(32)


def new_name():
    return f"/p2pclient/{uuid.uuid4()}"


async def read_message(stream):
    message = p2pd_pb2.PSMessage()
    await read_pbmsg_safe(stream, message)
    return message


async def test_listen(daemons):
    with pytest.raises(ControlFailure):
        async with daemons[0].client.listen():
            pass


async def test_close(daemons):
    async with open_daemon("A") as other:
        await other.client.close()
    assert (await daemons[0].client.identify())[0] == daemons[0].peer_id


async def test_identify(daemons):
    assert len({daemon.peer_id for daemon in daemons}) == 3
    for daemon in daemons:
        assert daemon.maddrs
        for maddr in daemon.maddrs:
            assert protocols.P_P2P not in [protocol.code for protocol in maddr.protocols()]


async def test_connect(daemons):
    a, b, _ = daemons
    await a.client.connect(b.peer_id, b.maddrs)
    assert await connected_ids(a) == [b.peer_id]
    await a.client.connect(b.peer_id, [])
    with pytest.raises(ControlFailure, match="failed to dial"):
        await a.client.connect(stranger(), b.maddrs)
    with pytest.raises(ControlFailure):
        await a.client.connect(stranger(), [])


async def test_list_peers(daemons):
    a, b, _ = daemons
    assert await connected_ids(a) == []
    await a.client.connect(b.peer_id, b.maddrs)
    (peer,) = await a.client.list_peers()
    assert peer.peer_id == b.peer_id and list(peer.addrs) == list(b.maddrs)
    await eventually("the listener to list the dialer", lambda: lists(b, a))


async def lists(daemon, other):
    return other.peer_id in await connected_ids(daemon)


async def test_disconnect(daemons):
    a, b, _ = daemons
    await a.client.disconnect(stranger())
    await a.client.connect(b.peer_id, b.maddrs)
    await a.client.disconnect(b.peer_id)
    assert await connected_ids(a) == []


async def test_stream_open(daemons):
    a, b, _ = daemons
    protocol = new_name()
    await a.client.connect(b.peer_id, b.maddrs)
    with pytest.raises(ControlFailure, match="protocols not supported"):
        await a.client.stream_open(b.peer_id, (protocol,))
    with pytest.raises(ControlFailure):
        await a.client.stream_open(stranger(), (protocol,))

    async def echo(_, stream):
        with anyio.CancelScope(shield=True):
            async for chunk in stream:
                await stream.send(chunk)

    await b.client.stream_handler(protocol, echo)
    info, stream = await a.client.stream_open(b.peer_id, (new_name(), protocol))
    assert info.peer_id == b.peer_id and info.proto == protocol and info.addr in b.maddrs
    received = bytearray()
    async with anyio.create_task_group() as group:
        group.start_soon(stream.send, PAYLOAD)
        while len(received) < len(PAYLOAD):
            received += await stream.receive()
    assert received == PAYLOAD
    await stream.aclose()


async def test_stream_handler(daemons):
    a, b, _ = daemons
    protocol = new_name()
    await a.client.connect(b.peer_id, b.maddrs)
    for attempt in ("the first", "the second, which replaces it"):
        taken = []

        async def keep(info, stream, taken=taken):
            taken.append((info, await stream.receive()))

        await b.client.stream_handler(protocol, keep)
        _, stream = await a.client.stream_open(b.peer_id, (protocol,))
        await stream.send(attempt.encode())

        async def has_taken(taken=taken):
            return len(taken) > 0

        await eventually(f"{attempt} to be called", has_taken)
        info, data = taken[0]
        assert info.peer_id == a.peer_id and info.proto == protocol and data == attempt.encode()
        await stream.aclose()


async def test_connmgr_tag_peer(daemons):
    a, b, _ = daemons
    for peer in (a.peer_id, b.peer_id, stranger()):
        for weight in (1, 100, -5):
            await a.client.connmgr_tag_peer(peer, "tag", weight)
    with pytest.raises(ControlFailure, match="missing tag parameter"):
        await a.client.connmgr_tag_peer(b.peer_id, "", 1)


async def test_connmgr_untag_peer(daemons):
    a, b, _ = daemons
    await a.client.connmgr_untag_peer(b.peer_id, "a tag that it does not have")
    await a.client.connmgr_tag_peer(b.peer_id, "tag", 1)
    await a.client.connmgr_untag_peer(b.peer_id, "tag")


async def test_connmgr_trim(daemons):
    a, _, c = daemons
    async with open_daemon("D") as d:
        for kept, closed in ((a, c), (c, a)):
            await d.client.connect(a.peer_id, a.maddrs)
            await d.client.connect(c.peer_id, c.maddrs)
            await d.client.connmgr_tag_peer(kept.peer_id, "precious", 100)
            await d.client.connmgr_trim()
            assert await connected_ids(d) == [kept.peer_id]
            await d.client.connmgr_untag_peer(kept.peer_id, "precious")
            await eventually("the other end to see it", lambda closed=closed: is_alone(closed))


async def is_alone(daemon):
    return await connected_ids(daemon) == []


async def test_dht_find_peer(chain):
    a, _, c = chain
    info = await a.client.dht_find_peer(c.peer_id)
    assert info.peer_id == c.peer_id
    assert info.addrs and set(info.addrs) <= set(c.maddrs)
    with pytest.raises(ControlFailure, match="routing: not found"):
        await a.client.dht_find_peer(stranger())


async def test_dht_find_peers_connected_to_peer(chain):
    a, b, _ = chain
    with pytest.raises(ControlFailure, match="not supported"):
        await a.client.dht_find_peers_connected_to_peer(b.peer_id)


async def test_dht_find_providers(chain):
    a, b, c = chain
    content = new_content()
    assert await a.client.dht_find_providers(content, 10) == ()
    for daemon in (b, c):
        await daemon.client.dht_provide(content)
    found = await a.client.dht_find_providers(content, 10)
    assert sorted(info.peer_id.to_string() for info in found) == sorted([b.peer_id.to_string(), c.peer_id.to_string()])
    assert len(await a.client.dht_find_providers(content, 1)) == 1
    with pytest.raises(ControlFailure, match="invalid cid"):
        await a.client.dht_find_providers(b"nonsense", 1)


async def test_dht_get_closest_peers(chain):
    a, b, c = chain
    found = await a.client.dht_get_closest_peers(b"a key")
    assert sorted(peer.to_string() for peer in found) == sorted([b.peer_id.to_string(), c.peer_id.to_string()])
    with pytest.raises(ControlFailure):
        await a.client.dht_get_closest_peers(b"")


async def test_dht_get_public_key(chain):
    a, _, c = chain
    key = await a.client.dht_get_public_key(c.peer_id)
    assert c.peer_id.to_bytes().endswith(key.data)
    with pytest.raises(ControlFailure):
        await a.client.dht_get_public_key(stranger())


async def test_dht_get_value(chain):
    a, _, c = chain
    key, value = key_record()
    with pytest.raises(ControlFailure, match="routing: not found"):
        await a.client.dht_get_value(key)
    await c.client.dht_put_value(key, value)
    assert await a.client.dht_get_value(key) == value


async def test_dht_search_value(chain):
    a, _, c = chain
    key, value = key_record()
    assert await a.client.dht_search_value(key) == ()
    await c.client.dht_put_value(key, value)
    assert (await a.client.dht_search_value(key))[-1] == value


async def test_dht_put_value(chain):
    a, _, c = chain
    key, value = key_record()
    await a.client.dht_put_value(key, value)
    assert await c.client.dht_get_value(key) == value
    with pytest.raises(ControlFailure, match="invalid record keytype"):
        await a.client.dht_put_value(b"/nope/key", value)
    with pytest.raises(ControlFailure):
        await a.client.dht_put_value(key, b"nonsense")


async def test_dht_provide(chain):
    a, _, c = chain
    content = new_content()
    await a.client.dht_provide(content)
    assert [info.peer_id for info in await c.client.dht_find_providers(content, 10)] == [a.peer_id]
    with pytest.raises(ControlFailure, match="invalid cid"):
        await a.client.dht_provide(b"nonsense")


async def test_pubsub_get_topics(daemons):
    a, _, _ = daemons
    topic = new_name()
    assert topic not in await a.client.pubsub_get_topics()
    stream = await a.client.pubsub_subscribe(topic)
    assert topic in await a.client.pubsub_get_topics()
    await stream.aclose()

    async def left():
        return topic not in await a.client.pubsub_get_topics()

    await eventually("the topic to be left", left)


async def test_pubsub_list_peers(chain):
    a, b, c = chain
    topic = new_name()
    assert await a.client.pubsub_list_peers(topic) == ()
    streams = [await daemon.client.pubsub_subscribe(topic) for daemon in (a, b, c)]

    async def known():
        return b.peer_id in await a.client.pubsub_list_peers(topic)

    await eventually("the neighbour to be listed", known)
    assert a.peer_id not in await a.client.pubsub_list_peers(topic)
    for stream in streams:
        await stream.aclose()


async def test_pubsub_publish(daemons):
    a, _, _ = daemons
    topic = new_name()
    await a.client.pubsub_publish(topic, b"to nobody")
    stream = await a.client.pubsub_subscribe(topic)
    for data in (b"to myself", b"", PAYLOAD[:100_000]):
        await a.client.pubsub_publish(topic, data)
        message = await read_message(stream)
        assert message.data == data and list(message.topicIDs) == [topic]
        assert ID(getattr(message, "from")) == a.peer_id


async def test_pubsub_subscribe(chain):
    a, _, c = chain
    topic = new_name()
    streams = [await daemon.client.pubsub_subscribe(topic) for daemon in chain]
    # Nothing says when the mesh is built but the first message that arrives.
    async with anyio.create_task_group() as group:

        async def publish():
            while True:
                await a.client.pubsub_publish(topic, b"hello")
                await anyio.sleep(0.1)

        group.start_soon(publish)
        assert (await read_message(streams[2])).data == b"hello"
        group.cancel_scope.cancel()
    for number in range(20):
        data = b"message %d" % number
        await a.client.pubsub_publish(topic, data)
        for stream in streams:
            message = await read_message(stream)
            while message.data == b"hello":
                message = await read_message(stream)
            assert message.data == data and len(message.seqno) == 8 and message.signature
            assert ID(getattr(message, "from")) == a.peer_id
    assert topic in await c.client.pubsub_get_topics()


async def test_every_function_has_a_test():
    """The client may grow: each of its functions has its test here, by its name."""
    functions = [name for name, _ in inspect.getmembers(Client, inspect.isfunction) if not name.startswith("_")]
    assert [name for name in functions if f"test_{name}" not in vars(sys.modules[__name__])] == []
