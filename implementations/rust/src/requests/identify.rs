use crate::{
    control::{Reply, RequestError},
    node::Handle,
    proto::{IdentifyResponse, Library, Response, VersionResponse},
};

/// The extensions of the protocol that this daemon has, and what it offers beyond the streams that all have.
const FEATURES: &[&str] = &["dht", "gossipsub", "half-close", "relay", "hole-punching"];

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
pub fn version() -> Reply {
    Reply::Response(Response {
        version: Some(VersionResponse {
            name: "rust-libp2p-daemon".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            protocol_revision: PROTOCOL_REVISION,
            implementation: vec![Library {
                name: "libp2p".to_owned(),
                version: "0.57.1".to_owned(),
            }],
            features: FEATURES.iter().map(ToString::to_string).collect(),
        }),
        ..Response::default()
    })
}
