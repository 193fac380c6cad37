"""Publish and subscribe: gossipsub or floodsub, with go-libp2p-daemon's rules of signing."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import trio
from libp2p.custom_types import TProtocol
from libp2p.host.basic_host import BasicHost
from libp2p.peer.id import ID
from libp2p.pubsub.floodsub import FloodSub
from libp2p.pubsub.gossipsub import GossipSub
from libp2p.pubsub.pb import rpc_pb2
from libp2p.pubsub.pubsub import Pubsub
from libp2p.pubsub.validators import PUBSUB_SIGNING_PREFIX, signature_validator
from libp2p.tools.anyio_service import background_trio_service
from p2pd_pb2 import PSMessage

from .errors import RequestError
from .flags import Flags
from .last_words import deaf_to_cancellation

GOSSIPSUB = [TProtocol("/meshsub/1.1.0"), TProtocol("/meshsub/1.0.0")]
FLOODSUB = [TProtocol("/floodsub/1.0.0")]

LARGEST = 1024 * 1024
"""Bytes of the longest RPC that peers take."""

CROWDED = 16
"""RPCs that wait for a peer from which on the next message is held back: the library drops what is beyond 32."""

PATIENCE = 1.0
"""Seconds for which a peer that takes nothing holds a message back."""

LOOK_INTERVAL = 0.001

QUEUE = 4096
"""Messages that wait for a subscriber; whoever falls further behind loses the newest."""


class SigningPubsub(Pubsub):
    """Pubsub that signs, and takes what is signed, as two flags of go-libp2p-daemon say."""

    def __init__(
        self, host: BasicHost, router: GossipSub | FloodSub, flags: Flags, deliver: Callable[[rpc_pb2.Message], None]
    ) -> None:
        # the library's own flag would do both at once
        super().__init__(host, router, strict_signing=False)
        self._deliver = deliver
        self._signs = flags.pubsubSign
        self._strict = flags.pubsubSignStrict or not flags.pubsubSign

    def notify_subscriptions(self, publish_message: rpc_pb2.Message) -> None:
        # the library's subscriptions lose what comes while 32 messages wait
        self._deliver(publish_message)

    async def publish(self, topic_id: str | list[str], data: bytes) -> None:
        topics = [topic_id] if isinstance(topic_id, str) else topic_id
        message = rpc_pb2.Message(data=data, topicIDs=topics, from_id=self.my_id.to_bytes(), seqno=self._next_seqno())
        if self._signs:
            signed = PUBSUB_SIGNING_PREFIX.encode() + message.SerializeToString()
            message.signature = self.host.get_private_key().sign(signed)
            if self.my_id.extract_public_key() is None:
                message.key = self.host.get_public_key().serialize()
        size = rpc_pb2.RPC(publish=[message]).ByteSize()
        if size > LARGEST and any(self.peer_topics.get(topic) for topic in topics):
            raise RequestError(f"the message is too long: with it, {size} bytes would be sent, of at most {LARGEST}")
        await self._room(topics)
        await self.push_msg(self.my_id, message)

    async def _room(self, topics: list[str]) -> None:
        """Waits until there is room for a message in the queues of the topics' peers."""
        peers = [peer for topic in topics for peer in self.peer_topics.get(topic, ())]
        queues = [queue for peer in peers if (queue := self.peer_queues.get(peer)) is not None]
        with trio.move_on_after(PATIENCE):
            while any(len(queue) >= CROWDED for queue in queues):
                await trio.sleep(LOOK_INTERVAL)

    async def push_msg(self, msg_forwarder: ID, msg: rpc_pb2.Message) -> None:
        if self._accepts(msg):
            await super().push_msg(msg_forwarder, msg)

    def _accepts(self, message: rpc_pb2.Message) -> bool:
        if message.signature:
            return self._signs and signature_validator(message)
        return not (self._signs and self._strict)


class Topics:
    """What clients ask of pubsub."""

    def __init__(self, host: BasicHost, flags: Flags) -> None:
        self._router = _router(flags)
        self._pubsub = SigningPubsub(host, self._router, flags, self._deliver)
        self._subscribers: dict[str, set[trio.MemorySendChannel[PSMessage]]] = {}

    async def start(self, stack: AsyncExitStack) -> None:
        """Runs until the stack is left."""
        if isinstance(self._router, GossipSub):
            await stack.enter_async_context(background_trio_service(self._router))
        await stack.enter_async_context(background_trio_service(self._pubsub))
        await self._pubsub.wait_until_ready()

    def topics(self) -> list[str]:
        """The topics with subscribers here."""
        return list(self._subscribers)

    def peers(self, topic: str) -> list[ID]:
        """The peers that are subscribed to a topic, or, without one, all that speak pubsub."""
        return list(self._pubsub.peer_topics.get(topic, ()) if topic else self._pubsub.peers)

    async def publish(self, topic: str, data: bytes) -> None:
        """Sends a message to the topic's subscribers, those here included."""
        await self._pubsub.publish(topic, data)

    @asynccontextmanager
    async def subscription(self, topic: str) -> AsyncIterator[trio.MemoryReceiveChannel[PSMessage]]:
        """The topic's messages, as long as the context is not left."""
        send, receive = trio.open_memory_channel[PSMessage](QUEUE)
        first = topic not in self._subscribers
        self._subscribers.setdefault(topic, set()).add(send)
        try:
            if first:
                await self._pubsub.subscribe(topic)
            yield receive
        finally:
            subscribers = self._subscribers[topic]
            subscribers.discard(send)
            if not subscribers:
                del self._subscribers[topic]
                with deaf_to_cancellation(5):
                    await self._pubsub.unsubscribe(topic)

    def _deliver(self, message: rpc_pb2.Message) -> None:
        for topic in message.topicIDs:
            for subscriber in self._subscribers.get(topic, ()):
                with suppress(trio.WouldBlock):
                    subscriber.send_nowait(to_client(message))


def to_client(message: rpc_pb2.Message) -> PSMessage:
    """A message as clients see it: what was not set stays so."""
    told = PSMessage(data=message.data, topicIDs=message.topicIDs)
    if message.from_id:
        setattr(told, "from", message.from_id)
    for name in ("seqno", "signature", "key"):
        if value := getattr(message, name):
            setattr(told, name, value)
    return told


def _router(flags: Flags) -> GossipSub | FloodSub:
    if flags.pubsubRouter == "floodsub":
        return FloodSub(FLOODSUB)
    return GossipSub(
        protocols=[*GOSSIPSUB, *FLOODSUB],
        degree=6,
        degree_low=5,
        degree_high=12,
        heartbeat_interval=flags.gossipsubHeartbeatInterval or 1,  # type: ignore[arg-type]
        heartbeat_initial_delay=flags.gossipsubHeartbeatInitialDelay or 0.1,
        # its limit is ten messages of a peer in a second
        spam_protection_enabled=False,
    )
