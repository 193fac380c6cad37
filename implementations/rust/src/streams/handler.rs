use std::{
    collections::VecDeque,
    task::{Context, Poll, Waker},
    time::Duration,
};

use libp2p::{
    Stream, StreamProtocol,
    swarm::{
        ConnectionHandler, ConnectionHandlerEvent, StreamUpgradeError, SubstreamProtocol,
        handler::{
            ConnectionEvent, DialUpgradeError, FullyNegotiatedInbound, FullyNegotiatedOutbound,
        },
    },
};
use tokio::sync::oneshot;

use super::upgrade::Upgrade;

/// Longer than any request waits: it is the request's own timeout that ends a negotiation.
const NEGOTIATION_TIMEOUT: Duration = Duration::from_secs(24 * 60 * 60);

/// Why there is no stream although there is a connection.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("protocols not supported")]
    Unsupported,
    #[error("{0}")]
    Failed(String),
}

pub type Opened = Result<(Stream, StreamProtocol), OpenError>;

/// What the behaviour tells the handler of a connection.
#[derive(Debug)]
pub enum Instruction {
    /// Opens a stream on the first of the protocols that the peer supports.
    Open {
        protocols: Vec<StreamProtocol>,
        opened: oneshot::Sender<Opened>,
    },
    /// Accepts streams on these protocols from now on, and on no others.
    Serve(Vec<StreamProtocol>),
}

/// The streams of one connection.
pub struct Handler {
    served: Vec<StreamProtocol>,
    events: VecDeque<
        ConnectionHandlerEvent<Upgrade, oneshot::Sender<Opened>, (Stream, StreamProtocol)>,
    >,
    waker: Option<Waker>,
}

impl Handler {
    pub fn new(served: Vec<StreamProtocol>) -> Self {
        Self {
            served,
            events: VecDeque::new(),
            waker: None,
        }
    }
}

impl ConnectionHandler for Handler {
    type FromBehaviour = Instruction;
    type ToBehaviour = (Stream, StreamProtocol);
    type InboundProtocol = Upgrade;
    type OutboundProtocol = Upgrade;
    type InboundOpenInfo = ();
    type OutboundOpenInfo = oneshot::Sender<Opened>;

    fn listen_protocol(&self) -> SubstreamProtocol<Upgrade> {
        SubstreamProtocol::new(Upgrade(self.served.clone()), ())
    }

    /// It is the applications that decide when a connection ends, not the absence of streams.
    fn connection_keep_alive(&self) -> bool {
        true
    }

    fn on_behaviour_event(&mut self, instruction: Instruction) {
        match instruction {
            Instruction::Serve(protocols) => self.served = protocols,
            Instruction::Open { protocols, opened } => {
                let protocol = SubstreamProtocol::new(Upgrade(protocols), opened)
                    .with_timeout(NEGOTIATION_TIMEOUT);
                self.events
                    .push_back(ConnectionHandlerEvent::OutboundSubstreamRequest { protocol });
            }
        }
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    fn on_connection_event(
        &mut self,
        event: ConnectionEvent<Upgrade, Upgrade, (), oneshot::Sender<Opened>>,
    ) {
        match event {
            ConnectionEvent::FullyNegotiatedInbound(FullyNegotiatedInbound {
                protocol, ..
            }) => {
                self.events
                    .push_back(ConnectionHandlerEvent::NotifyBehaviour(protocol));
            }
            ConnectionEvent::FullyNegotiatedOutbound(FullyNegotiatedOutbound {
                protocol,
                info: opened,
            }) => {
                // who asked for the stream may have given up: the stream is dropped, and so reset
                let _ = opened.send(Ok(protocol));
            }
            ConnectionEvent::DialUpgradeError(DialUpgradeError {
                error,
                info: opened,
            }) => {
                let _ = opened.send(Err(match error {
                    StreamUpgradeError::NegotiationFailed => OpenError::Unsupported,
                    error => OpenError::Failed(error.to_string()),
                }));
            }
            _ => {}
        }
    }

    fn poll(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<ConnectionHandlerEvent<Upgrade, oneshot::Sender<Opened>, Self::ToBehaviour>> {
        if let Some(event) = self.events.pop_front() {
            return Poll::Ready(event);
        }
        self.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}
