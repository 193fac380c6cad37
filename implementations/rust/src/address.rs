//! Addresses: of peers, and of local sockets.

use std::{io, net::IpAddr, path::PathBuf};

use libp2p::{Multiaddr, PeerId, multiaddr::Protocol};
use tokio::net::{TcpStream, UnixStream, lookup_host};

use crate::control::Socket;

/// The address without the `/p2p/<peer>` that says who is there. A relay's id in the middle stays.
pub fn without_peer(mut address: Multiaddr, peer: &PeerId) -> Multiaddr {
    if matches!(address.iter().last(), Some(Protocol::P2p(last)) if last == *peer) {
        address.pop();
    }
    address
}

/// Whether the address goes through a relay.
pub fn is_relayed(address: &Multiaddr) -> bool {
    address
        .iter()
        .any(|part| matches!(part, Protocol::P2pCircuit))
}

/// Where an application, or the daemon itself, is reached on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    Unix(PathBuf),
    Tcp(Host, u16),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    Ip(IpAddr),
    Name(String),
}

#[derive(Debug, thiserror::Error)]
#[error("{0} is neither /unix/<path> nor an address with a TCP port")]
pub struct NoEndpoint(Multiaddr);

impl TryFrom<&Multiaddr> for Endpoint {
    type Error = NoEndpoint;

    /// Some clients encode Unix paths without the leading slash; a `/ws` behind a TCP port is accepted and means nothing.
    fn try_from(address: &Multiaddr) -> Result<Self, NoEndpoint> {
        let mut parts = address.iter();
        let host = match parts.next() {
            Some(Protocol::Unix(path)) => {
                let path = path.strip_prefix('/').unwrap_or(&path);
                return Ok(Self::Unix(format!("/{path}").into()));
            }
            Some(Protocol::Ip4(ip)) => Host::Ip(ip.into()),
            Some(Protocol::Ip6(ip)) => Host::Ip(ip.into()),
            Some(Protocol::Dns(name) | Protocol::Dns4(name) | Protocol::Dns6(name)) => {
                Host::Name(name.into_owned())
            }
            _ => return Err(NoEndpoint(address.clone())),
        };
        match parts.next() {
            Some(Protocol::Tcp(port)) => Ok(Self::Tcp(host, port)),
            _ => Err(NoEndpoint(address.clone())),
        }
    }
}

impl Endpoint {
    pub async fn connect(&self) -> io::Result<Socket> {
        match self {
            Self::Unix(path) => Ok(Socket::Unix(UnixStream::connect(path).await?)),
            Self::Tcp(host, port) => {
                let stream = TcpStream::connect(&*resolve(host, *port).await?).await?;
                stream.set_nodelay(true)?;
                Ok(Socket::Tcp(stream))
            }
        }
    }
}

/// The socket addresses of a host.
pub async fn resolve(host: &Host, port: u16) -> io::Result<Vec<std::net::SocketAddr>> {
    match host {
        Host::Ip(ip) => Ok(vec![(*ip, port).into()]),
        Host::Name(name) => Ok(lookup_host((name.as_str(), port)).await?.collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Option<Endpoint> {
        Endpoint::try_from(&text.parse().unwrap()).ok()
    }

    #[test]
    fn a_peer_id_at_the_end_is_taken_away_and_a_relay_s_stays() {
        let (peer, relay) = (PeerId::random(), PeerId::random());
        for (text, without) in [
            (
                format!("/ip4/1.2.3.4/tcp/5/p2p/{peer}"),
                "/ip4/1.2.3.4/tcp/5".to_owned(),
            ),
            (
                format!("/ip4/1.2.3.4/tcp/5/p2p/{relay}/p2p-circuit/p2p/{peer}"),
                format!("/ip4/1.2.3.4/tcp/5/p2p/{relay}/p2p-circuit"),
            ),
            (
                format!("/ip4/1.2.3.4/tcp/5/p2p/{relay}"),
                format!("/ip4/1.2.3.4/tcp/5/p2p/{relay}"),
            ),
        ] {
            assert_eq!(
                without_peer(text.parse().unwrap(), &peer),
                without.parse().unwrap()
            );
        }
    }

    #[test]
    fn local_sockets_are_unix_paths_and_tcp_ports() {
        for path in ["/tmp/p2pd.sock", "tmp/p2pd.sock"] {
            let address = Multiaddr::empty().with(Protocol::Unix(path.into()));
            assert_eq!(
                Endpoint::try_from(&address).unwrap(),
                Endpoint::Unix("/tmp/p2pd.sock".into())
            );
        }
        assert_eq!(
            endpoint("/ip4/127.0.0.1/tcp/80"),
            Some(Endpoint::Tcp(Host::Ip([127, 0, 0, 1].into()), 80))
        );
        assert_eq!(
            endpoint("/dns4/localhost/tcp/80/ws"),
            Some(Endpoint::Tcp(Host::Name("localhost".to_owned()), 80))
        );
        for text in ["/ip4/127.0.0.1/udp/80", "/tcp/80", "/memory/1"] {
            assert_eq!(endpoint(text), None, "{text}");
        }
    }

    #[test]
    fn relayed_addresses_are_known_by_their_circuit() {
        assert!(is_relayed(
            &"/ip4/1.2.3.4/tcp/5/p2p-circuit".parse().unwrap()
        ));
        assert!(!is_relayed(&"/ip4/1.2.3.4/tcp/5".parse().unwrap()));
    }
}
