use std::{collections::HashSet, time::Duration};

use futures::{FutureExt, StreamExt, stream};
use libp2p::{
    Multiaddr, PeerId,
    identity::PublicKey,
    kad::{GetProvidersOk, GetRecordOk, PeerRecord, QueryResult, Quorum, Record},
};
use tokio::sync::mpsc;

use super::{
    connect::reach,
    parse::peer_id,
    timeout::{duration, within},
};
use crate::{
    cid,
    control::{Reply, RequestError},
    identity::public_key_of,
    node::Handle,
    proto::{DhtRequest, DhtResponse, PeerInfo, Response, dht_request, dht_response::Type},
    records,
};

/// Providers that are enough for a FIND_PROVIDERS that does not say how many.
const DEFAULT_COUNT: usize = 20;

/// Values that may wait for a slow reader, before the search waits for it too.
const WAITING: usize = 16;

/// DHT: one answer, or where there can be several, BEGIN, and the values one by one until END.
pub async fn dht(request: Option<DhtRequest>, node: &Handle) -> Result<Reply, RequestError> {
    use dht_request::Type as Request;
    if !node.has_dht {
        return Err(RequestError::not_enabled("DHT"));
    }
    let request = request.ok_or_else(RequestError::missing_parameters)?;
    let time = duration(request.timeout);
    let kind = Request::try_from(request.r#type).map_err(|_| RequestError::unexpected())?;
    let field = |name: &str, bytes: &Option<Vec<u8>>| {
        bytes.clone().ok_or_else(|| RequestError::missing(name))
    };
    let peer = || peer_id(&field("peer", &request.peer)?);
    let key = || field("key", &request.key);
    let content = || cid::multihash(&field("cid", &request.cid)?).map(<[u8]>::to_vec);
    match kind {
        Request::FindPeer => {
            let peer = peer()?;
            let found = within(time, "", find_peer(node, peer)).await;
            let addresses = found.map_err(|error| match error.code {
                "ERR_TIMEOUT" => RequestError::not_found(),
                _ => error,
            })?;
            Ok(value(peer_value(&peer, &addresses)))
        }
        Request::FindPeersConnectedToPeer => {
            Err(RequestError::new("ERR_NOT_SUPPORTED", "not supported"))
        }
        Request::FindProviders => {
            let (content, node) = (content()?, node.clone());
            let count = match request.count.and_then(|count| usize::try_from(count).ok()) {
                None | Some(0) => DEFAULT_COUNT,
                Some(count) => count,
            };
            Ok(values(time, |found| async move {
                find_providers(&node, content, count, &found).await
            }))
        }
        Request::GetClosestPeers => {
            let closest = within(time, "", closest_peers(node, key()?)).await?;
            let frames = closest.into_iter().map(|peer| bytes_value(peer.to_bytes()));
            Ok(Reply::Values(
                begin(),
                stream::iter(frames.chain([end()])).boxed(),
            ))
        }
        Request::GetPublicKey => {
            let key = within(time, "", public_key(node, peer()?, time)).await?;
            Ok(value(bytes_value(key.encode_protobuf())))
        }
        Request::GetValue => {
            let found = within(time, "", get_value(node, key()?)).await?;
            Ok(value(bytes_value(found)))
        }
        Request::SearchValue => {
            let (key, node) = (key()?, node.clone());
            Ok(values(time, |found| async move {
                let mut better = search(&node, key).await?;
                while let Some(value) = better.recv().await {
                    if found.send(bytes_value(value)).await.is_err() {
                        break;
                    }
                }
                Ok(())
            }))
        }
        Request::PutValue => {
            let (key, value) = (key()?, field("value", &request.value)?);
            within(time, "", put_value(node, key, value)).await?;
            Ok(Reply::ok())
        }
        Request::Provide => {
            within(time, "", provide(node, content()?)).await?;
            Ok(Reply::ok())
        }
    }
}

/// The addresses of a peer: those that it tells itself if it is connected, else what others know.
pub async fn find_peer(node: &Handle, peer: PeerId) -> Result<Vec<Multiaddr>, RequestError> {
    let known = node
        .run(move |node| {
            let connected = node.connections.is_connected(&peer);
            let addresses = node.peers.addresses(&peer);
            (connected && !addresses.is_empty()).then(|| addresses.to_vec())
        })
        .await?;
    if let Some(addresses) = known {
        return Ok(addresses);
    }
    insist_on_table(node).await?;
    let mut results = node
        .run(move |node| node.query(|kad| Some(kad.get_closest_peers(peer))))
        .await?;
    while let Some(result) = results.recv().await {
        let QueryResult::GetClosestPeers(Ok(found)) = result else {
            continue;
        };
        if let Some(found) = found.peers.into_iter().find(|found| found.peer_id == peer) {
            // it has been asked, and so has told its addresses itself, in all likelihood
            let told = node
                .run(move |node| node.peers.addresses(&peer).to_vec())
                .await?;
            return Ok(if told.is_empty() { found.addrs } else { told });
        }
    }
    Err(RequestError::not_found())
}

async fn closest_peers(node: &Handle, key: Vec<u8>) -> Result<Vec<PeerId>, RequestError> {
    if key.is_empty() {
        return Err(RequestError::malformed("can't lookup empty key"));
    }
    insist_on_table(node).await?;
    let mut results = node
        .run(move |node| node.query(|kad| Some(kad.get_closest_peers(key))))
        .await?;
    let mut closest = Vec::new();
    while let Some(result) = results.recv().await {
        if let QueryResult::GetClosestPeers(Ok(found)) = result {
            closest = found.peers;
        }
    }
    let own = node.peer_id;
    Ok(closest
        .into_iter()
        .map(|found| found.peer_id)
        .filter(|peer| *peer != own)
        .collect())
}

async fn find_providers(
    node: &Handle,
    content: Vec<u8>,
    count: usize,
    found: &mpsc::Sender<DhtResponse>,
) -> Result<(), RequestError> {
    let mut results = node
        .run(move |node| node.query(|kad| Some(kad.get_providers(content.into()))))
        .await?;
    let mut seen = HashSet::new();
    while let Some(result) = results.recv().await {
        let QueryResult::GetProviders(Ok(GetProvidersOk::FoundProviders { providers, .. })) =
            result
        else {
            continue;
        };
        for provider in providers {
            if !seen.insert(provider) {
                continue;
            }
            let addresses = addresses_of_provider(node, provider).await?;
            let value = peer_value(&provider, &addresses);
            if found.send(value).await.is_err() || seen.len() >= count {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The library tells who provides, but not where they are.
async fn addresses_of_provider(
    node: &Handle,
    peer: PeerId,
) -> Result<Vec<Multiaddr>, RequestError> {
    let own = node.peer_id;
    let known = node
        .run(move |node| {
            if peer == own {
                return node.addresses();
            }
            node.peers.addresses(&peer).to_vec()
        })
        .await?;
    if !known.is_empty() {
        return Ok(known);
    }
    Ok(find_peer(node, peer).await.unwrap_or_default())
}

/// A peer's public key: in its id, from itself, or from the DHT.
async fn public_key(
    node: &Handle,
    peer: PeerId,
    time: Duration,
) -> Result<PublicKey, RequestError> {
    let known = || {
        node.run(move |node| {
            node.peers
                .get(&peer)
                .and_then(|known| known.public_key.clone())
        })
    };
    if let Some(key) = public_key_of(&peer).or(known().await?) {
        return Ok(key);
    }
    let stored = async {
        let name = [b"/pk/", &peer.to_bytes()[..]].concat();
        let value = get_value(node, name).await?;
        PublicKey::try_decode_protobuf(&value).map_err(|_| RequestError::not_found())
    };
    let itself = async {
        reach(node, peer, Vec::new(), time).await?;
        known().await?.ok_or_else(RequestError::not_found)
    };
    match futures::future::select_ok([stored.boxed(), itself.boxed()]).await {
        Ok((key, _)) => Ok(key),
        Err(_) => Err(RequestError::not_found()),
    }
}

async fn get_value(node: &Handle, key: Vec<u8>) -> Result<Vec<u8>, RequestError> {
    let mut better = search(node, key).await?;
    let mut best = None;
    while let Some(value) = better.recv().await {
        best = Some(value);
    }
    best.ok_or_else(RequestError::not_found)
}

/// Finds values of a key, each better than the one before, and tells the best to peers that have a worse one or none.
/// It goes on for as long as somebody wants them.
async fn search(node: &Handle, key: Vec<u8>) -> Result<mpsc::Receiver<Vec<u8>>, RequestError> {
    let (sender, receiver) = mpsc::channel(WAITING);
    if !records::is_record_key(&key) {
        return Ok(receiver);
    }
    let query = key.clone();
    let mut results = node
        .run(move |node| node.query(|kad| Some(kad.get_record(query.into()))))
        .await?;
    let node = node.clone();
    tokio::spawn(async move {
        let mut best: Option<Vec<u8>> = None;
        let mut outdated = Vec::new();
        let mut holders = Vec::new();
        loop {
            let result = tokio::select! {
                result = results.recv() => result,
                () = sender.closed() => return,
            };
            let Some(result) = result else { break };
            match result {
                QueryResult::GetRecord(Ok(GetRecordOk::FoundRecord(PeerRecord {
                    peer,
                    record: Record { value, .. },
                }))) => {
                    let is_valid = records::validate(&key, &value).is_ok();
                    if best.as_ref() == Some(&value) {
                        holders.extend(peer);
                    } else if is_valid
                        && best
                            .as_ref()
                            .is_none_or(|best| !records::is_as_good(&key, best, &value))
                    {
                        outdated.append(&mut holders);
                        holders.extend(peer);
                        best = Some(value.clone());
                        if sender.send(value).await.is_err() {
                            return;
                        }
                    } else {
                        outdated.extend(peer);
                    }
                }
                QueryResult::GetRecord(Ok(GetRecordOk::FinishedWithNoAdditionalRecord {
                    cache_candidates,
                })) => outdated.extend(cache_candidates.into_values()),
                _ => {}
            }
        }
        if let Some(best) = best {
            // nobody waits for it
            let _ = correct(&node, key, best, outdated).await;
        }
    });
    Ok(receiver)
}

/// Tells peers a better value, and keeps it here if there was a worse one.
async fn correct(
    node: &Handle,
    key: Vec<u8>,
    best: Vec<u8>,
    outdated: Vec<PeerId>,
) -> Result<(), RequestError> {
    node.run(move |node| {
        if node.stored_value(&key).is_some() {
            node.store_value(&key, best.clone());
        }
        if !outdated.is_empty() {
            let record = Record::new(key, best);
            drop(
                node.query(|kad| {
                    Some(kad.put_record_to(record, outdated.into_iter(), Quorum::One))
                }),
            );
        }
    })
    .await
}

/// Stores a value: here, then at the peers closest to its key. A peer that does not take it is no error.
async fn put_value(node: &Handle, key: Vec<u8>, value: Vec<u8>) -> Result<(), RequestError> {
    let invalid = |reason: String| RequestError::new("ERR_RECORD_INVALID", reason);
    records::validate(&key, &value).map_err(|error| invalid(error.to_string()))?;
    let (name, given) = (key.clone(), value.clone());
    let is_newest = node
        .run(move |node| {
            let stored = node.stored_value(&name);
            let is_newest = stored.is_none_or(|stored| records::is_as_good(&name, &given, &stored));
            if is_newest {
                node.store_value(&name, given);
            }
            is_newest
        })
        .await?;
    if !is_newest {
        return Err(invalid(
            "can't replace a newer value with an older value".to_owned(),
        ));
    }
    insist_on_table(node).await?;
    let record = Record::new(key, value);
    let mut results = node
        .run(move |node| node.query(|kad| kad.put_record(record, Quorum::One).ok()))
        .await?;
    while results.recv().await.is_some() {}
    Ok(())
}

/// Announces that this daemon has something. That is known here even when nobody could be told.
async fn provide(node: &Handle, content: Vec<u8>) -> Result<(), RequestError> {
    let started = node
        .run(move |node| {
            let mut failure = None;
            let results = node.query(|kad| {
                kad.start_providing(content.into())
                    .map_err(|error| failure = Some(error.to_string()))
                    .ok()
            });
            failure.map_or(Ok(results), Err)
        })
        .await?;
    let mut results = started.map_err(|reason| RequestError::new("ERR_LIMIT", reason))?;
    insist_on_table(node).await?;
    while results.recv().await.is_some() {}
    Ok(())
}

async fn insist_on_table(node: &Handle) -> Result<(), RequestError> {
    if node.run(|node| node.has_empty_table()).await? {
        return Err(RequestError::new(
            "ERR_NOT_FOUND",
            "failed to find any peer in table",
        ));
    }
    Ok(())
}

/// BEGIN now, then the values that are found in the given time, and END. Whoever stops reading ends the search.
fn values<F>(time: Duration, find: impl FnOnce(mpsc::Sender<DhtResponse>) -> F) -> Reply
where
    F: Future<Output = Result<(), RequestError>> + Send + 'static,
{
    let (sender, mut receiver) = mpsc::channel(WAITING);
    tokio::spawn(tokio::time::timeout(time, find(sender)));
    let found = stream::poll_fn(move |cx| receiver.poll_recv(cx));
    Reply::Values(begin(), found.chain(stream::once(async { end() })).boxed())
}

fn begin() -> Response {
    response(DhtResponse {
        r#type: Type::Begin.into(),
        ..DhtResponse::default()
    })
}

fn end() -> DhtResponse {
    DhtResponse {
        r#type: Type::End.into(),
        ..DhtResponse::default()
    }
}

fn value(value: DhtResponse) -> Reply {
    Reply::Response(response(value))
}

fn response(dht: DhtResponse) -> Response {
    Response {
        dht: Some(dht),
        ..Response::default()
    }
}

fn bytes_value(value: Vec<u8>) -> DhtResponse {
    DhtResponse {
        r#type: Type::Value.into(),
        value: Some(value),
        ..DhtResponse::default()
    }
}

fn peer_value(peer: &PeerId, addresses: &[Multiaddr]) -> DhtResponse {
    DhtResponse {
        r#type: Type::Value.into(),
        peer: Some(PeerInfo {
            id: peer.to_bytes(),
            addrs: addresses.iter().map(Multiaddr::to_vec).collect(),
        }),
        ..DhtResponse::default()
    }
}
