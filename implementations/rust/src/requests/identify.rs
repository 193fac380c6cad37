use crate::{
    control::{Reply, RequestError},
    node::Handle,
    proto::{IdentifyResponse, Library, Response, VersionResponse},
};

/// The revision of the protocol, as `proto/p2pd.proto` counts them.
const PROTOCOL_REVISION: u32 = 1;

/// IDENTIFY: who the daemon is, and where.
pub async fn identify(node: &Handle) -> Result<Reply, RequestError> {
    let addresses = node.run(|node| node.addresses()).await?;
    Ok(Reply::Response(Response {
        identify: Some(IdentifyResponse {
            id: node.peer_id.to_bytes(),
            addrs: addresses.iter().map(|address| address.to_vec()).collect(),
        }),
        ..Response::default()
    }))
}

/// VERSION: what this daemon is.
pub fn version(node: &Handle) -> Reply {
    Reply::Response(Response {
        version: Some(VersionResponse {
            name: "rust-libp2p-daemon".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            protocol_revision: PROTOCOL_REVISION,
            implementation: vec![Library {
                name: "libp2p".to_owned(),
                version: "0.57.1".to_owned(),
            }],
            features: node.features.to_vec(),
        }),
        ..Response::default()
    })
}
