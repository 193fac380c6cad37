//! How bytes get to peers: TCP, WebSocket and QUIC, and circuits through relays.

use std::{io, path::Path, time::Duration};

use libp2p::{
    PeerId, Transport,
    core::{
        muxing::StreamMuxerBox,
        transport::{Boxed, OptionalTransport},
        upgrade::Version,
    },
    dns,
    identity::Keypair,
    pnet::{PnetConfig, PreSharedKey},
    quic, relay, tcp, websocket, yamux,
};

use super::{
    muxer::Telling,
    security::{Channel, Security},
};
use crate::config::{Config, Muxer};

/// How long making a connection may take, up to the point where streams can be opened.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Streams of one connection at a time: as many as yamux has window for. Its 512 are less than applications may want.
const MAX_STREAMS: usize = 4096;

type Connections = Boxed<(PeerId, StreamMuxerBox)>;

/// Every transport that the daemon offers. QUIC cannot be part of a private network.
pub fn build(
    keypair: &Keypair,
    config: &Config,
    circuits: relay::client::Transport,
) -> io::Result<Connections> {
    let security = Security::new(keypair, &config.security)?;
    let private_network = config
        .private_network
        .as_deref()
        .map(read_key)
        .transpose()?;
    let tcp = || tcp::tokio::Transport::new(tcp::Config::default());
    // it wants to see names, which it asks servers for, and resolves them itself
    let websocket = private(websocket::Config::new(resolving(tcp)), private_network);
    let quic = || match private_network {
        None => OptionalTransport::some(quic::tokio::Transport::new(quic::Config::new(keypair))),
        Some(_) => OptionalTransport::none(),
    };
    let direct = resolving(|| {
        quic()
            .map(|(peer, connection), _| (peer, StreamMuxerBox::new(connection)))
            .or_transport(upgrade(
                private(tcp(), private_network),
                security.clone(),
                config.muxer,
            ))
            .map(|either, _| either.into_inner())
    });
    Ok(upgrade(circuits, security.clone(), config.muxer)
        .or_transport(upgrade(websocket, security.clone(), config.muxer))
        .map(|either, _| either.into_inner())
        .or_transport(direct)
        .map(|either, _| either.into_inner())
        .boxed())
}

/// Lets a transport dial names. A machine without a resolver's configuration asks the library's default servers.
fn resolving<T: Transport>(inner: impl Fn() -> T) -> dns::tokio::Transport<T> {
    dns::tokio::Transport::system(inner()).unwrap_or_else(|error| {
        tracing::warn!("names are resolved by public servers: {error}");
        dns::tokio::Transport::custom(
            inner(),
            dns::ResolverConfig::default(),
            dns::ResolverOpts::default(),
        )
    })
}

/// Encrypts every connection by a key that all members of a private network share.
fn private<T>(transport: T, key: Option<PreSharedKey>) -> Boxed<Box<dyn Channel>>
where
    T: Transport<Error: Send + Sync, Dial: Send, ListenerUpgrade: Send> + Send + Unpin + 'static,
    T::Output: Channel + 'static,
{
    transport
        .and_then(move |socket, _| async move {
            let channel: Box<dyn Channel> = match key {
                None => Box::new(socket),
                Some(key) => Box::new(PnetConfig::new(key).handshake(socket).await?),
            };
            Ok::<_, libp2p::pnet::PnetError>(channel)
        })
        .boxed()
}

fn upgrade<T>(transport: T, security: Security, muxer: Muxer) -> Connections
where
    T: Transport<Error: Send + Sync, Dial: Send, ListenerUpgrade: Send> + Send + Unpin + 'static,
    T::Output: Channel + 'static,
{
    let secured = transport.upgrade(Version::V1Lazy).authenticate(security);
    let connected = match muxer {
        Muxer::Yamux => {
            let mut config = yamux::Config::default();
            config.set_max_num_streams(MAX_STREAMS);
            secured.multiplex(config).timeout(TIMEOUT).boxed()
        }
        Muxer::Mplex => {
            let mut config = libp2p_mplex::Config::new();
            config.set_max_num_streams(MAX_STREAMS);
            secured.multiplex(config).timeout(TIMEOUT).boxed()
        }
    };
    connected
        .map(|(peer, muxer), _| (peer, StreamMuxerBox::new(Telling::new(muxer))))
        .boxed()
}

fn read_key(path: &Path) -> io::Result<PreSharedKey> {
    let invalid = |reason: String| io::Error::other(format!("{}: {reason}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| invalid(error.to_string()))?;
    text.parse()
        .map_err(|error: libp2p::pnet::KeyParseError| invalid(error.to_string()))
}
