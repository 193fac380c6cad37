use futures::FutureExt;

use crate::{
    control::{Connection, FrameError, Reply, RequestError},
    inbox::Outlet,
    node::Handle,
    proto::{PsRequest, PsResponse, Response, ps_request::Type},
};

/// PUBSUB: what is subscribed to, by whom, and sending and getting messages.
pub async fn pubsub(request: Option<PsRequest>, node: &Handle) -> Result<Reply, RequestError> {
    if !node.has_pubsub {
        return Err(RequestError::not_enabled("PubSub"));
    }
    let request = request.ok_or_else(RequestError::missing_parameters)?;
    let topic = || request.topic.ok_or_else(|| RequestError::missing("topic"));
    match Type::try_from(request.r#type) {
        Ok(Type::GetTopics) => {
            let topics = node.run(|node| node.topics()).await?;
            Ok(answer(topics, Vec::new()))
        }
        Ok(Type::ListPeers) => {
            let topic = topic()?;
            let peers = node.run(move |node| node.topic_peers(&topic)).await?;
            Ok(answer(
                Vec::new(),
                peers.into_iter().map(|peer| peer.to_bytes()).collect(),
            ))
        }
        Ok(Type::Publish) => {
            let (topic, data) = (topic()?, request.data);
            node.run(move |node| node.publish(topic, data))
                .await?
                .map_err(|error| RequestError::new("ERR_LIMIT", error.to_string()))?;
            Ok(Reply::ok())
        }
        Ok(Type::Subscribe) => subscribe(topic()?, node.clone()).await,
        Err(_) => Err(RequestError::unexpected()),
    }
}

fn answer(topics: Vec<String>, peer_i_ds: Vec<Vec<u8>>) -> Reply {
    Reply::Response(Response {
        pubsub: Some(PsResponse { topics, peer_i_ds }),
        ..Response::default()
    })
}

/// The messages of a topic, until the application closes its end or sends what is no frame.
async fn subscribe(topic: String, node: Handle) -> Result<Reply, RequestError> {
    let (subscription, mut messages) = node
        .run(move |node| node.subscribe(topic))
        .await?
        .map_err(|reason| RequestError::new("ERR_INTERNAL", reason))?;
    Ok(Reply::TakeOver(
        Response::default(),
        Box::new(move |mut connection| {
            async move {
                if let Err(error) = forward(&mut connection, &mut messages).await {
                    tracing::debug!(topic = subscription.topic, %error, "a subscriber is gone");
                }
                // the node is stopping if this does not come to pass
                let _ = node.run(move |node| node.unsubscribe(&subscription)).await;
            }
            .boxed()
        }),
    ))
}

async fn forward(connection: &mut Connection, messages: &mut Outlet) -> Result<(), FrameError> {
    loop {
        tokio::select! {
            message = messages.next() => match message {
                Some(message) => connection.send(message).await?,
                None => return Ok(()),
            },
            // further requests mean nothing here
            frame = connection.next_frame() => match frame {
                Some(frame) => drop(frame?),
                None => return Ok(()),
            },
        }
    }
}
