//! What applications can ask for; a file for each family of requests.

mod connect;
mod connmanager;
mod dht;
mod events;
mod identify;
mod parse;
mod pubsub;
mod streams;
mod timeout;

use libp2p::{Multiaddr, StreamProtocol};

pub use self::{connect::reach, parse::multihash_fault};
use crate::{
    control::{Reply, RequestError},
    node::Handle,
    proto::{Request, request::Type},
};

/// One application's connection, and what ends with it.
pub struct Session {
    node: Handle,
    /// Handlers that are there only as long as the connection.
    handlers: Vec<(Vec<StreamProtocol>, Multiaddr)>,
}

impl Session {
    pub fn new(node: Handle) -> Self {
        Self {
            node,
            handlers: Vec::new(),
        }
    }

    /// Takes back what was registered for the time of the connection.
    pub async fn end(self) -> Result<(), RequestError> {
        for (protocols, application) in self.handlers {
            streams::take_back(protocols, application, &self.node).await?;
        }
        Ok(())
    }
}

/// Serves a request.
pub async fn handle(request: Request, session: &mut Session) -> Result<Reply, RequestError> {
    let node = &session.node;
    match Type::try_from(request.r#type) {
        Ok(Type::Identify) => identify::identify(node).await,
        Ok(Type::Version) => Ok(identify::version(node)),
        Ok(Type::Connect) => connect::connect(required(request.connect)?, node).await,
        Ok(Type::Disconnect) => connect::disconnect(required(request.disconnect)?, node).await,
        Ok(Type::ListPeers) => connect::list_peers(node).await,
        Ok(Type::StreamOpen) => streams::open(required(request.stream_open)?, node).await,
        Ok(Type::StreamHandler) => {
            let wanted = required(request.stream_handler)?;
            let while_connected = wanted.while_connected.unwrap_or_default();
            let (protocols, application) = streams::serve(wanted, node).await?;
            if while_connected {
                session.handlers.push((protocols, application));
            }
            Ok(Reply::ok())
        }
        Ok(Type::RemoveStreamHandler) => {
            streams::forget(required(request.remove_stream_handler)?, node).await
        }
        Ok(Type::Dht) => dht::dht(request.dht, node).await,
        Ok(Type::Pubsub) => pubsub::pubsub(request.pubsub, node).await,
        Ok(Type::Connmanager) => {
            connmanager::conn_manager(required(request.conn_manager)?, node).await
        }
        Ok(Type::Events) => events::events(request.events.unwrap_or_default(), node).await,
        Ok(Type::Peerstore) => Err(RequestError::new(
            "ERR_NOT_SUPPORTED",
            "this daemon does not serve such requests",
        )),
        Err(_) => Err(RequestError::unexpected()),
    }
}

fn required<T>(part: Option<T>) -> Result<T, RequestError> {
    part.ok_or_else(RequestError::missing_parameters)
}
