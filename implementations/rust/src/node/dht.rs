use std::{collections::HashMap, time::Duration};

use libp2p::{
    PeerId, StreamProtocol, identify,
    kad::{
        self, BucketInserts, InboundRequest, Mode, QueryId, QueryResult, Record, StoreInserts,
        store::{MemoryStore, MemoryStoreConfig, RecordStore},
    },
};
use tokio::sync::mpsc;

use super::Node;
use crate::{config::DhtMode, records};

/// The protocol of the public DHT.
pub const KAD_PROTOCOL: StreamProtocol = kad::PROTOCOL_NAME;

/// Longer than any request waits: it is the request's own timeout that ends a query.
const QUERY_TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// Keys that applications can provide at a time.
const MAX_PROVIDED: usize = 65_536;

type Dht = kad::Behaviour<MemoryStore>;

pub fn behaviour(peer_id: PeerId, mode: DhtMode) -> Option<Dht> {
    let mode = match mode {
        DhtMode::Off => return None,
        DhtMode::Client => Mode::Client,
        DhtMode::Server => Mode::Server,
    };
    let mut config = kad::Config::new(KAD_PROTOCOL);
    config
        .set_query_timeout(QUERY_TIMEOUT)
        // peers are routed to once identify has told that they serve, and where
        .set_kbucket_inserts(BucketInserts::Manual)
        // values are stored only when they are valid
        .set_record_filtering(StoreInserts::FilterBoth);
    let store = MemoryStoreConfig {
        max_provided_keys: MAX_PROVIDED,
        ..MemoryStoreConfig::default()
    };
    let store = MemoryStore::with_config(peer_id, store);
    let mut behaviour = Dht::with_config(peer_id, store, config);
    behaviour.set_mode(Some(mode));
    Some(behaviour)
}

/// The queries that run, and who gets what they find.
#[derive(Default)]
pub struct Queries(HashMap<QueryId, mpsc::UnboundedSender<QueryResult>>);

impl Node {
    /// Starts a query. Its results end with it; dropping the receiver ends it.
    pub fn query(
        &mut self,
        start: impl FnOnce(&mut Dht) -> Option<QueryId>,
    ) -> mpsc::UnboundedReceiver<QueryResult> {
        let (sender, receiver) = mpsc::unbounded_channel();
        if let Some(id) = self.swarm.behaviour_mut().kad.as_mut().and_then(start) {
            self.queries.0.insert(id, sender);
        }
        receiver
    }

    /// Whether no peer is known that could be asked.
    pub fn has_empty_table(&mut self) -> bool {
        let kad = self.swarm.behaviour_mut().kad.as_mut();
        kad.is_none_or(|kad| kad.kbuckets().next().is_none())
    }

    /// The value that is stored here, if it is still valid.
    pub fn stored_value(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        let kad = self.swarm.behaviour_mut().kad.as_mut()?;
        stored(kad, key)
    }

    /// Stores a valid value here.
    pub fn store_value(&mut self, key: &[u8], value: Vec<u8>) {
        if let Some(kad) = self.swarm.behaviour_mut().kad.as_mut() {
            store(kad, Record::new(key.to_vec(), value));
        }
    }

    /// Takes a peer that serves the DHT into the routing table, and one that does not out of it.
    pub fn route(&mut self, peer: PeerId, info: &identify::Info) {
        let Some(kad) = self.swarm.behaviour_mut().kad.as_mut() else {
            return;
        };
        if !info.protocols.contains(&KAD_PROTOCOL) {
            kad.remove_peer(&peer);
            return;
        }
        for address in &info.listen_addrs {
            kad.add_address(&peer, address.clone());
        }
    }

    pub fn on_dht_event(&mut self, event: kad::Event) {
        let Some(kad) = self.swarm.behaviour_mut().kad.as_mut() else {
            return;
        };
        match event {
            kad::Event::OutboundQueryProgressed {
                id, result, step, ..
            } => {
                let unheard = self
                    .queries
                    .0
                    .get(&id)
                    .is_some_and(|sender| sender.send(result).is_err());
                if unheard && let Some(mut query) = kad.query_mut(&id) {
                    query.finish();
                }
                if step.last {
                    self.queries.0.remove(&id);
                }
            }
            kad::Event::InboundRequest {
                request:
                    InboundRequest::PutRecord {
                        record: Some(record),
                        ..
                    },
            } => accept(kad, record),
            kad::Event::InboundRequest {
                request:
                    InboundRequest::AddProvider {
                        record: Some(record),
                    },
            } => {
                if let Err(error) = kad.store_mut().add_provider(record) {
                    tracing::debug!(%error, "a provider was not stored");
                }
            }
            _ => {}
        }
    }
}

/// Stores what a peer has sent, if it is valid and better than what is here.
fn accept(kad: &mut Dht, record: Record) {
    let key = record.key.to_vec();
    if records::validate(&key, &record.value).is_err() {
        return;
    }
    let known = stored(kad, &key);
    if known.is_none_or(|known| records::is_as_good(&key, &record.value, &known)) {
        store(kad, record);
    }
}

fn stored(kad: &mut Dht, key: &[u8]) -> Option<Vec<u8>> {
    let record = kad.store_mut().get(&key.to_vec().into())?;
    let value = record.value.clone();
    records::validate(key, &value).is_ok().then_some(value)
}

fn store(kad: &mut Dht, record: Record) {
    if let Err(error) = kad.store_mut().put(record) {
        tracing::debug!(%error, "a value was not stored");
    }
}
