//! Security protocols chosen when the daemon starts, where rust-libp2p's own combinators want them at compile time.

use std::io;

use futures::{AsyncRead, AsyncWrite, FutureExt, TryFutureExt, future::BoxFuture};
use libp2p::{
    PeerId,
    core::upgrade::{InboundConnectionUpgrade, OutboundConnectionUpgrade, UpgradeInfo},
    identity::Keypair,
    noise, plaintext, tls,
};

use crate::config;

/// An authenticated channel, whichever protocol made it one.
pub trait Channel: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Channel for T {}

type Secured = (PeerId, Box<dyn Channel>);

/// The security protocols that are offered and accepted, the preferred one first.
#[derive(Clone)]
pub struct Security(Vec<Protocol>);

#[derive(Clone)]
enum Protocol {
    Noise(noise::Config),
    Tls(tls::Config),
    Plaintext(plaintext::Config),
}

impl Security {
    pub fn new(keypair: &Keypair, enabled: &config::Security) -> io::Result<Self> {
        let mut protocols = Vec::new();
        if enabled.noise {
            let config = noise::Config::new(keypair).map_err(io::Error::other)?;
            protocols.push(Protocol::Noise(config));
        }
        if enabled.tls {
            let config = tls::Config::new(keypair).map_err(io::Error::other)?;
            protocols.push(Protocol::Tls(config));
        }
        if enabled.plaintext {
            protocols.push(Protocol::Plaintext(plaintext::Config::new(keypair)));
        }
        Ok(Self(protocols))
    }

    fn negotiated(self, name: &str) -> io::Result<Protocol> {
        self.0
            .into_iter()
            .find(|protocol| protocol.name() == name)
            .ok_or_else(|| io::ErrorKind::Unsupported.into())
    }
}

impl Protocol {
    fn name(&self) -> &'static str {
        match self {
            Self::Noise(_) => "/noise",
            Self::Tls(_) => "/tls/1.0.0",
            Self::Plaintext(_) => "/plaintext/2.0.0",
        }
    }
}

impl UpgradeInfo for Security {
    type Info = &'static str;
    type InfoIter = Vec<Self::Info>;

    fn protocol_info(&self) -> Self::InfoIter {
        self.0.iter().map(Protocol::name).collect()
    }
}

impl<C: Channel + 'static> InboundConnectionUpgrade<C> for Security {
    type Output = Secured;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Secured>>;

    fn upgrade_inbound(self, socket: C, name: Self::Info) -> Self::Future {
        async move {
            match self.negotiated(name)? {
                Protocol::Noise(config) => boxed(config.upgrade_inbound(socket, name)).await,
                Protocol::Tls(config) => boxed(config.upgrade_inbound(socket, name)).await,
                Protocol::Plaintext(config) => boxed(config.upgrade_inbound(socket, name)).await,
            }
        }
        .boxed()
    }
}

impl<C: Channel + 'static> OutboundConnectionUpgrade<C> for Security {
    type Output = Secured;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Secured>>;

    fn upgrade_outbound(self, socket: C, name: Self::Info) -> Self::Future {
        async move {
            match self.negotiated(name)? {
                Protocol::Noise(config) => boxed(config.upgrade_outbound(socket, name)).await,
                Protocol::Tls(config) => boxed(config.upgrade_outbound(socket, name)).await,
                Protocol::Plaintext(config) => boxed(config.upgrade_outbound(socket, name)).await,
            }
        }
        .boxed()
    }
}

async fn boxed<C, E>(handshake: impl Future<Output = Result<(PeerId, C), E>>) -> io::Result<Secured>
where
    C: Channel + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    handshake
        .map_ok(|(peer, channel)| (peer, Box::new(channel) as Box<dyn Channel>))
        .map_err(io::Error::other)
        .await
}
