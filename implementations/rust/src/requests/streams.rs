use futures::FutureExt;
use libp2p::{Multiaddr, StreamProtocol};
use tokio::time::Instant;

use super::{
    connect::reach,
    parse::{address, peer_id, protocols},
    timeout::{duration, within},
};
use crate::{
    control::{Reply, RequestError},
    node::Handle,
    proto::{
        RemoveStreamHandlerRequest, Response, StreamHandlerRequest, StreamInfo, StreamOpenRequest,
    },
    streams::{OpenError, serve::Target, splice::splice},
};

const FAILED: &str = "failed to negotiate protocol: ";

/// STREAM_OPEN: a stream on the first of the protocols that the peer supports; the control connection becomes its socket.
pub async fn open(request: StreamOpenRequest, node: &Handle) -> Result<Reply, RequestError> {
    let peer = peer_id(&request.peer)?;
    let names = request.proto.join(" ");
    let protocols = protocols(request.proto)?;
    if protocols.is_empty() {
        return Err(negotiation("no protocols specified"));
    }
    let until = Instant::now() + duration(request.timeout);
    reach(node, peer, Vec::new(), until - Instant::now()).await?;
    let opening = node
        .run(move |node| node.open_stream(&peer, protocols))
        .await?
        .ok_or_else(|| negotiation("stream reset"))?;
    let (stream, protocol) = within(until - Instant::now(), FAILED, async {
        match opening.opened.await {
            Ok(Ok(opened)) => Ok(opened),
            Ok(Err(OpenError::Unsupported)) => {
                Err(negotiation(&format!("protocols not supported: [{names}]")))
            }
            Ok(Err(OpenError::Failed(reason))) => Err(negotiation(&reason)),
            Err(_) => Err(negotiation("stream reset")),
        }
    })
    .await?;
    let response = Response {
        stream_info: Some(StreamInfo {
            peer: peer.to_bytes(),
            addr: opening.address.to_vec(),
            proto: protocol.to_string(),
        }),
        ..Response::default()
    };
    Ok(Reply::TakeOver(
        response,
        Box::new(move |connection| {
            async move {
                let (socket, early) = connection.into_socket();
                if let Err(error) = splice(socket, stream, early).await {
                    tracing::debug!(%protocol, %error, "a stream was reset");
                }
                drop(opening.hold);
            }
            .boxed()
        }),
    ))
}

/// STREAM_HANDLER: streams on these protocols go to the application at this address, until another one is named.
pub async fn serve(
    request: StreamHandlerRequest,
    node: &Handle,
) -> Result<(Vec<StreamProtocol>, Multiaddr), RequestError> {
    let application = address(&request.addr)?;
    let protocols = protocols(request.proto)?;
    let registered = (protocols.clone(), application.clone());
    node.run(move |node| {
        for protocol in protocols {
            node.serve(protocol, Target::Application(application.clone()));
        }
    })
    .await?;
    Ok(registered)
}

/// REMOVE_STREAM_HANDLER: streams on these protocols no longer go to the application at this address.
pub async fn forget(
    request: RemoveStreamHandlerRequest,
    node: &Handle,
) -> Result<Reply, RequestError> {
    let application = address(&request.addr)?;
    take_back(protocols(request.proto)?, application, node).await?;
    Ok(Reply::ok())
}

/// Takes handlers back, where they are still those of the application at this address.
pub async fn take_back(
    protocols: Vec<StreamProtocol>,
    application: Multiaddr,
    node: &Handle,
) -> Result<(), RequestError> {
    node.run(move |node| {
        for protocol in protocols {
            node.forget(&protocol, &application);
        }
    })
    .await
}

fn negotiation(reason: &str) -> RequestError {
    RequestError::new("ERR_PROTOCOL_NEGOTIATION", format!("{FAILED}{reason}"))
}
