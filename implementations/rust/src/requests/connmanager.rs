use super::parse::peer_id;
use crate::{
    control::{Reply, RequestError},
    node::Handle,
    proto::{ConnManagerRequest, conn_manager_request::Type},
};

/// CONNMANAGER: which peers are worth more than others, and letting the least worthy go now.
pub async fn conn_manager(
    request: ConnManagerRequest,
    node: &Handle,
) -> Result<Reply, RequestError> {
    let peer = || peer_id(request.peer.as_deref().unwrap_or_default());
    let tag = || match request.tag.as_deref() {
        None | Some("") => Err(RequestError::missing("tag")),
        Some(tag) => Ok(tag.to_owned()),
    };
    match Type::try_from(request.r#type) {
        Ok(Type::TagPeer) => {
            let (peer, tag, weight) = (peer()?, tag()?, request.weight.unwrap_or_default());
            node.run(move |node| node.conn_manager.tag(peer, tag, weight))
                .await?;
        }
        Ok(Type::UntagPeer) => {
            let (peer, tag) = (peer()?, tag()?);
            node.run(move |node| node.conn_manager.untag(&peer, &tag))
                .await?;
        }
        Ok(Type::Trim) => {
            for closed in node.run(|node| node.trim()).await? {
                // the node is stopping if nothing comes
                let _ = closed.await;
            }
        }
        Err(_) => return Err(RequestError::unexpected()),
    }
    Ok(Reply::ok())
}
