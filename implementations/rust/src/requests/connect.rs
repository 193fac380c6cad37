use std::time::Duration;

use libp2p::{Multiaddr, PeerId};

use super::{
    dht,
    parse::{addresses, peer_id},
    timeout::{duration, within},
};
use crate::{
    control::{Reply, RequestError},
    node::{Attempt, Handle},
    proto::{ConnectRequest, DisconnectRequest, PeerInfo, Response},
};

/// How often a dial is made anew after somebody else's failed.
const ATTEMPTS: usize = 3;

/// CONNECT: a connection that identify is done with.
pub async fn connect(request: ConnectRequest, node: &Handle) -> Result<Reply, RequestError> {
    let peer = peer_id(&request.peer)?;
    let addresses = addresses(request.addrs, &peer)?;
    reach(node, peer, addresses, duration(request.timeout)).await?;
    Ok(Reply::ok())
}

/// Connects to a peer unless it is connected, at these addresses, those that are known, or those that the DHT finds.
pub async fn reach(
    node: &Handle,
    peer: PeerId,
    addresses: Vec<Multiaddr>,
    time: Duration,
) -> Result<(), RequestError> {
    let outcome = within(time, "failed to dial: ", dial(node, peer, addresses)).await;
    if outcome.is_err() {
        node.run(move |node| node.abandon_dial(peer)).await?;
    }
    outcome
}

async fn dial(
    node: &Handle,
    peer: PeerId,
    mut addresses: Vec<Multiaddr>,
) -> Result<(), RequestError> {
    let is_known = node
        .run(move |node| {
            node.connections.is_connected(&peer) || !node.peers.addresses(&peer).is_empty()
        })
        .await?;
    if peer == node.peer_id {
        return Err(RequestError::dial("dial to self attempted"));
    }
    if addresses.is_empty() && !is_known && node.has_dht {
        addresses = dht::find_peer(node, peer).await?;
    }
    let mut attempts = 1;
    loop {
        let given = addresses.clone();
        let (waiting, is_own) = match node.run(move |node| node.connect(peer, given)).await? {
            Attempt::Own(waiting) => (waiting, true),
            Attempt::Joined(waiting) => (waiting, false),
        };
        let outcome = waiting
            .await
            .unwrap_or_else(|_| Err(RequestError::dial("the dial was given up")));
        if outcome.is_err() && !is_own && attempts < ATTEMPTS {
            attempts += 1;
            continue;
        }
        if outcome.is_ok() && !addresses.is_empty() {
            node.run(move |node| node.peers.add_addresses(peer, addresses))
                .await?;
        }
        return outcome;
    }
}

/// DISCONNECT: no connection with the peer is left; there may have been none.
pub async fn disconnect(request: DisconnectRequest, node: &Handle) -> Result<Reply, RequestError> {
    let peer = peer_id(&request.peer)?;
    let closed = node.run(move |node| node.disconnect(peer)).await?;
    // the node is stopping if nothing comes
    let _ = closed.await;
    Ok(Reply::ok())
}

/// LIST_PEERS: an entry for each connection, with its address.
pub async fn list_peers(node: &Handle) -> Result<Reply, RequestError> {
    let peers = node
        .run(|node| {
            let entry = |peer: &PeerId, address: &Multiaddr| PeerInfo {
                id: peer.to_bytes(),
                addrs: vec![address.to_vec()],
            };
            let connections = node.connections.iter();
            connections
                .map(|connection| entry(&connection.peer, &connection.address))
                .collect()
        })
        .await?;
    Ok(Reply::Response(Response {
        peers,
        ..Response::default()
    }))
}
