//! Messages on their way to one subscriber, bounded in bytes: a reader that stops costs no more than that, and is told how
//! many it has missed.

use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use prost::Message;
use tokio::sync::mpsc;

use crate::proto::PsMessage;

/// Bytes that may wait for a subscriber; one message always may, however long.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What every message costs beyond its bytes.
const ENVELOPE: usize = 256;

#[derive(Debug, Default)]
struct Tally {
    waiting: AtomicUsize,
    dropped: AtomicU64,
}

/// Where messages are put.
#[derive(Debug)]
pub struct Inbox {
    messages: mpsc::UnboundedSender<PsMessage>,
    tally: Arc<Tally>,
}

/// Where they come out.
#[derive(Debug)]
pub struct Outlet {
    messages: mpsc::UnboundedReceiver<PsMessage>,
    tally: Arc<Tally>,
}

/// Makes the two ends of a queue.
pub fn inbox() -> (Inbox, Outlet) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let tally = Arc::new(Tally::default());
    (
        Inbox {
            messages: sender,
            tally: tally.clone(),
        },
        Outlet {
            messages: receiver,
            tally,
        },
    )
}

impl Inbox {
    /// Puts a message in, or drops it when too many bytes wait.
    pub fn put(&self, message: PsMessage) {
        let cost = cost(&message);
        let waiting = self.tally.waiting.load(Ordering::Relaxed);
        if waiting > 0 && waiting + cost > MAX_BYTES {
            self.tally.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        self.tally.waiting.fetch_add(cost, Ordering::Relaxed);
        // the subscriber may be gone, which its own task sees to
        let _ = self.messages.send(message);
    }
}

impl Outlet {
    /// The next message, with the number of those that were dropped before it since the last one.
    pub async fn next(&mut self) -> Option<PsMessage> {
        let mut message = self.messages.recv().await?;
        self.tally
            .waiting
            .fetch_sub(cost(&message), Ordering::Relaxed);
        let dropped = self.tally.dropped.swap(0, Ordering::Relaxed);
        message.dropped = (dropped > 0).then_some(dropped);
        Some(message)
    }
}

fn cost(message: &PsMessage) -> usize {
    message.encoded_len() + ENVELOPE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(length: usize) -> PsMessage {
        PsMessage {
            data: Some(vec![0; length]),
            ..PsMessage::default()
        }
    }

    #[tokio::test]
    async fn messages_come_out_in_order() {
        let (inbox, mut outlet) = inbox();
        for length in [1, 2, 3] {
            inbox.put(message(length));
        }
        for length in [1, 2, 3] {
            assert_eq!(outlet.next().await, Some(message(length)));
        }
        drop(inbox);
        assert_eq!(outlet.next().await, None);
    }

    #[tokio::test]
    async fn a_reader_that_stops_is_told_what_it_missed() {
        let (inbox, mut outlet) = inbox();
        for _ in 0..20 {
            inbox.put(message(1024 * 1024));
        }
        let first = outlet.next().await.unwrap();
        assert_eq!(first.dropped, Some(5));
        inbox.put(message(1));
        for _ in 0..14 {
            assert_eq!(outlet.next().await.unwrap().dropped, None);
        }
        assert_eq!(outlet.next().await, Some(message(1)));
    }

    #[tokio::test]
    async fn one_message_fits_however_long() {
        let (inbox, mut outlet) = inbox();
        inbox.put(message(2 * MAX_BYTES));
        assert!(outlet.next().await.is_some());
    }
}
