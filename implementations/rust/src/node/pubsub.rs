//! Publishing and subscribing: what gossipsub lacks for many subscribers behind one peer.

use std::{
    collections::{HashMap, VecDeque},
    io,
    time::{Duration, Instant},
};

use libp2p::{
    PeerId,
    gossipsub::{
        self, DataTransform, IdentTopic, Message, MessageAuthenticity, PublishError, RawMessage,
        TopicHash, ValidationMode,
    },
    identity::{KeyType, Keypair},
};
use prost::Message as _;

use super::Node;
use crate::{
    config::{PubsubConfig, SignaturePolicy},
    inbox::{Inbox, inbox},
    proto::PsMessage,
};

/// The longest RPC that peers accept, with everything that is in it.
const MAX_RPC: usize = 1 << 20;

/// What the library is told instead: it counts what it has read behind an RPC, up to 8 KiB, as part of that.
const MAX_READ: usize = MAX_RPC + 16 * 1024;

/// How long a message that nobody could be sent waits for a peer whose subscription is on its way.
const LATE: Duration = Duration::from_secs(2);

/// Bytes of such messages that are kept; the oldest go first.
const MAX_UNHEARD: usize = 4 * 1024 * 1024;

/// How long a message may wait to be sent.
const QUEUE_TIME: Duration = Duration::from_secs(5);

/// How the library calls the protocol of a peer that speaks none of pubsub's; it does not export the kind itself.
const NOT_SUPPORTED: &str = "Not Supported";

/// Passes the whole message, with its signature, on to the daemon, in place of its data alone.
pub struct Envelope {
    refuse_signed: bool,
}

impl DataTransform for Envelope {
    fn inbound_transform(&self, raw: RawMessage) -> Result<Message, io::Error> {
        if self.refuse_signed && raw.signature.is_some() {
            return Err(io::Error::other("signed messages are not accepted"));
        }
        let message = PsMessage {
            from: raw.source.map(PeerId::to_bytes),
            data: Some(raw.data),
            seqno: raw
                .sequence_number
                .map(|number| number.to_be_bytes().to_vec()),
            topic_i_ds: vec![raw.topic.to_string()],
            signature: raw.signature,
            key: raw.key,
            dropped: None,
        };
        Ok(Message {
            source: raw.source,
            data: message.encode_to_vec(),
            sequence_number: raw.sequence_number,
            topic: raw.topic,
        })
    }

    fn outbound_transform(&self, _: &TopicHash, data: Vec<u8>) -> Result<Vec<u8>, io::Error> {
        Ok(data)
    }
}

pub fn behaviour(
    keypair: &Keypair,
    config: &PubsubConfig,
) -> io::Result<gossipsub::Behaviour<Envelope>> {
    let (authenticity, validation) = match config.policy {
        SignaturePolicy::Strict => (
            MessageAuthenticity::Signed(keypair.clone()),
            ValidationMode::Strict,
        ),
        SignaturePolicy::Lax => (
            MessageAuthenticity::Signed(keypair.clone()),
            ValidationMode::Permissive,
        ),
        // go names author and number all the same: they are let in, and what is signed is refused by the envelope
        SignaturePolicy::Unsigned => (
            MessageAuthenticity::Author(keypair.public().to_peer_id()),
            ValidationMode::Permissive,
        ),
    };
    let mut builder = gossipsub::ConfigBuilder::default();
    builder
        .validation_mode(validation)
        .max_transmit_size(MAX_READ)
        // unless it is told, the library drops an RPC of more than 500 messages, whatever its documentation says
        .max_publish_messages(MAX_RPC)
        // nor is anything read of a peer any more that once tells of some 350 messages at a time
        .max_control_message_size(MAX_RPC)
        .duplicate_cache_time(Duration::from_secs(120))
        .publish_queue_duration(QUEUE_TIME)
        .forward_queue_duration(QUEUE_TIME)
        .support_floodsub();
    if let Some(interval) = config.heartbeat_interval {
        builder.heartbeat_interval(interval);
    }
    if let Some(delay) = config.heartbeat_initial_delay {
        builder.heartbeat_initial_delay(delay);
    }
    let envelope = Envelope {
        refuse_signed: config.policy == SignaturePolicy::Unsigned,
    };
    gossipsub::Behaviour::new_with_transform(
        authenticity,
        builder.build().map_err(io::Error::other)?,
        envelope,
    )
    .map_err(io::Error::other)
}

/// How many bytes a message has beside its topic and its data, at most.
pub fn overhead(keypair: &Keypair) -> usize {
    match keypair.key_type() {
        // the signature, and the key that the author's id does not hold
        KeyType::RSA => 1_400,
        _ => 200,
    }
}

/// Why a message was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishFailure {
    #[error("message too long: {0} bytes with its envelope, where peers accept {MAX_RPC}")]
    TooLong(usize),
    #[error("{0}")]
    Failed(String),
}

/// A place among a topic's subscribers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub topic: String,
    number: u64,
}

/// Who of the daemon's clients is subscribed to what.
#[derive(Default)]
pub struct Pubsub {
    subscribers: HashMap<String, Vec<(u64, Inbox)>>,
    subscriptions: u64,
    /// Messages that were published when no peer was known to want them.
    unheard: VecDeque<(Instant, String, Vec<u8>)>,
    overhead: usize,
}

impl Pubsub {
    /// Takes the bytes that a message has beside its topic and its data.
    pub fn new(overhead: usize) -> Self {
        Self {
            overhead,
            ..Self::default()
        }
    }

    fn deliver(&mut self, topic: &str, message: &PsMessage) {
        for (_, inbox) in self.subscribers.get(topic).into_iter().flatten() {
            inbox.put(message.clone());
        }
    }

    fn keep(&mut self, topic: String, data: Vec<u8>) {
        self.unheard.push_back((Instant::now(), topic, data));
        self.forget();
    }

    /// Forgets messages for which it is too late, or which are too many.
    pub fn forget(&mut self) {
        self.unheard.retain(|(at, ..)| at.elapsed() < LATE);
        let size = |(_, topic, data): &(Instant, String, Vec<u8>)| topic.len() + data.len();
        let mut bytes: usize = self.unheard.iter().map(size).sum();
        while bytes > MAX_UNHEARD
            && let Some(oldest) = self.unheard.pop_front()
        {
            bytes -= size(&oldest);
        }
    }

    fn take_unheard(&mut self, topic: &str) -> Vec<Vec<u8>> {
        let (now_heard, still_unheard) = self
            .unheard
            .drain(..)
            .filter(|(at, ..)| at.elapsed() < LATE)
            .partition::<VecDeque<_>, _>(|(_, other, _)| other == topic);
        self.unheard = still_unheard;
        now_heard.into_iter().map(|(.., data)| data).collect()
    }
}

impl Node {
    /// The topics that clients of this daemon are subscribed to.
    pub fn topics(&self) -> Vec<String> {
        self.pubsub.subscribers.keys().cloned().collect()
    }

    /// The peers that are subscribed to a topic; for the empty one, all that speak pubsub.
    pub fn topic_peers(&self, topic: &str) -> Vec<PeerId> {
        let Some(gossipsub) = self.swarm.behaviour().gossipsub.as_ref() else {
            return Vec::new();
        };
        if topic.is_empty() {
            let peers = gossipsub.peer_protocol();
            return peers
                .filter(|(_, kind)| kind.to_string() != NOT_SUPPORTED)
                .map(|(peer, _)| *peer)
                .collect();
        }
        let hash = IdentTopic::new(topic).hash();
        let peers = gossipsub.all_peers();
        peers
            .filter(|(_, topics)| topics.contains(&&hash))
            .map(|(peer, _)| *peer)
            .collect()
    }

    /// Joins a topic, if no client has before.
    pub fn subscribe(
        &mut self,
        topic: String,
    ) -> Result<(Subscription, crate::inbox::Outlet), String> {
        if let Some(gossipsub) = self.swarm.behaviour_mut().gossipsub.as_mut() {
            gossipsub
                .subscribe(&IdentTopic::new(topic.clone()))
                .map_err(|error| error.to_string())?;
        }
        self.pubsub.subscriptions += 1;
        let number = self.pubsub.subscriptions;
        let (inbox, outlet) = inbox();
        let subscribers = self.pubsub.subscribers.entry(topic.clone()).or_default();
        subscribers.push((number, inbox));
        Ok((Subscription { topic, number }, outlet))
    }

    /// Ends a subscription, and leaves the topic with the last one.
    pub fn unsubscribe(&mut self, Subscription { topic, number }: &Subscription) {
        let Some(subscribers) = self.pubsub.subscribers.get_mut(topic) else {
            return;
        };
        subscribers.retain(|(other, _)| other != number);
        if subscribers.is_empty() {
            self.pubsub.subscribers.remove(topic);
            if let Some(gossipsub) = self.swarm.behaviour_mut().gossipsub.as_mut() {
                gossipsub.unsubscribe(&IdentTopic::new(topic.clone()));
            }
        }
    }

    /// Sends a message to the topic's subscribers: the daemon's own clients, and peers.
    pub fn publish(&mut self, topic: String, data: Option<Vec<u8>>) -> Result<(), PublishFailure> {
        let length = data.as_ref().map_or(0, Vec::len) + topic.len() + self.pubsub.overhead;
        let has_peers = self.topic_peers_exactly(&topic);
        if has_peers && length > MAX_RPC {
            return Err(PublishFailure::TooLong(length));
        }
        let message = PsMessage {
            from: Some(self.swarm.local_peer_id().to_bytes()),
            data: data.clone(),
            topic_i_ds: vec![topic.clone()],
            ..PsMessage::default()
        };
        self.pubsub.deliver(&topic, &message);
        if length > MAX_RPC {
            return Ok(());
        }
        let data = data.unwrap_or_default();
        if !has_peers {
            self.pubsub.keep(topic, data);
            return Ok(());
        }
        self.send(topic, data)
    }

    fn topic_peers_exactly(&self, topic: &str) -> bool {
        let hash = IdentTopic::new(topic).hash();
        let gossipsub = self.swarm.behaviour().gossipsub.as_ref();
        gossipsub.is_some_and(|gossipsub| {
            gossipsub
                .all_peers()
                .any(|(_, topics)| topics.contains(&&hash))
        })
    }

    fn send(&mut self, topic: String, data: Vec<u8>) -> Result<(), PublishFailure> {
        let Some(gossipsub) = self.swarm.behaviour_mut().gossipsub.as_mut() else {
            return Ok(());
        };
        match gossipsub.publish(IdentTopic::new(topic.clone()), data.clone()) {
            Ok(_) => Ok(()),
            Err(PublishError::NoPeersSubscribedToTopic) => {
                self.pubsub.keep(topic, data);
                Ok(())
            }
            Err(error) => Err(PublishFailure::Failed(error.to_string())),
        }
    }

    pub fn on_pubsub_event(&mut self, event: gossipsub::Event) {
        match event {
            gossipsub::Event::Message { message, .. } => {
                if let Ok(envelope) = PsMessage::decode(message.data.as_slice()) {
                    self.pubsub.deliver(message.topic.as_str(), &envelope);
                }
            }
            gossipsub::Event::Subscribed { topic, .. } => {
                for data in self.pubsub.take_unheard(topic.as_str()) {
                    if let Err(error) = self.send(topic.to_string(), data) {
                        tracing::debug!(%error, "a message was lost");
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(signature: Option<Vec<u8>>) -> RawMessage {
        RawMessage {
            source: Some(PeerId::random()),
            data: b"hello".to_vec(),
            sequence_number: Some(7),
            topic: IdentTopic::new("topic").hash(),
            signature,
            key: None,
            validated: true,
        }
    }

    #[test]
    fn the_envelope_holds_the_whole_message() {
        let envelope = Envelope {
            refuse_signed: false,
        };
        let message = envelope.inbound_transform(raw(Some(vec![1]))).unwrap();
        let inside = PsMessage::decode(message.data.as_slice()).unwrap();
        assert_eq!(inside.data.as_deref(), Some(&b"hello"[..]));
        assert_eq!(inside.seqno, Some(vec![0, 0, 0, 0, 0, 0, 0, 7]));
        assert_eq!(inside.signature, Some(vec![1]));
        assert_eq!(inside.topic_i_ds, ["topic"]);
    }

    #[test]
    fn signed_messages_are_refused_where_none_are_wanted() {
        let envelope = Envelope {
            refuse_signed: true,
        };
        assert!(envelope.inbound_transform(raw(Some(vec![1]))).is_err());
        assert!(envelope.inbound_transform(raw(None)).is_ok());
    }

    #[test]
    fn what_nobody_heard_is_kept_for_a_while_and_given_once() {
        let mut pubsub = Pubsub::default();
        for _ in 0..5 {
            pubsub.keep("a".to_owned(), vec![0; 1024 * 1024]);
        }
        pubsub.keep("b".to_owned(), Vec::new());
        assert_eq!(pubsub.take_unheard("a").len(), 3);
        assert!(pubsub.take_unheard("a").is_empty());
        assert_eq!(pubsub.take_unheard("b").len(), 1);
    }
}
