use std::{io, path::PathBuf};

use libp2p::{Multiaddr, multiaddr::Protocol};
use tokio::net::{TcpListener, UnixListener};

use super::Socket;
use crate::address::{Endpoint, resolve};

/// Accepts applications. A Unix socket is removed when it is dropped.
#[derive(Debug)]
pub struct Listener {
    kind: Kind,
    /// The multiaddr that was asked for, with the port and the IP that were really taken.
    address: String,
}

#[derive(Debug)]
enum Kind {
    Unix(UnixListener, PathBuf),
    Tcp(TcpListener),
}

impl Listener {
    pub async fn bind(address: &str) -> io::Result<Self> {
        let multiaddr = parse(address)?;
        let endpoint = Endpoint::try_from(&multiaddr)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        match endpoint {
            Endpoint::Unix(path) => {
                let listener = UnixListener::bind(&path)
                    .map_err(|error| failed("unix", &path.to_string_lossy(), &error))?;
                Ok(Self {
                    kind: Kind::Unix(listener, path),
                    address: address.to_owned(),
                })
            }
            Endpoint::Tcp(host, port) => {
                let listener = TcpListener::bind(&*resolve(&host, port).await?)
                    .await
                    .map_err(|error| failed("tcp", address, &error))?;
                let taken = listener.local_addr()?;
                let address = Multiaddr::from(taken.ip()).with(Protocol::Tcp(taken.port()));
                Ok(Self {
                    kind: Kind::Tcp(listener),
                    address: address.to_string(),
                })
            }
        }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub async fn accept(&self) -> io::Result<Socket> {
        match &self.kind {
            Kind::Unix(listener, _) => Ok(Socket::Unix(listener.accept().await?.0)),
            Kind::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Socket::Tcp(stream))
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Kind::Unix(_, path) = &self.kind {
            // it may be gone already, or the folder with it
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Reads a multiaddr. Unix paths are read by hand, because the parser takes only the first of their parts.
fn parse(text: &str) -> io::Result<Multiaddr> {
    if let Some(path) = text.strip_prefix("/unix/") {
        return Ok(Multiaddr::empty().with(Protocol::Unix(format!("/{path}").into())));
    }
    text.parse().map_err(|error: libp2p::multiaddr::Error| {
        let reason = if text.starts_with('/') {
            error.to_string()
        } else {
            "must begin with /".to_owned()
        };
        io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("failed to parse multiaddr {text:?}: {reason}"),
        )
    })
}

fn failed(network: &str, address: &str, error: &io::Error) -> io::Error {
    let reason = match error.kind() {
        io::ErrorKind::AddrInUse => "address already in use".to_owned(),
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        _ => error.to_string(),
    };
    io::Error::new(
        error.kind(),
        format!("listen {network} {address}: bind: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("p2pd-{}-{name}", std::process::id()))
    }

    #[tokio::test]
    async fn a_unix_socket_is_there_until_the_listener_is_dropped() {
        let path = path("listener.sock");
        let address = format!("/unix{}", path.display());
        let listener = Listener::bind(&address).await.unwrap();
        assert_eq!(listener.address(), address);
        assert!(path.exists());
        let again = Listener::bind(&address).await.unwrap_err().to_string();
        assert_eq!(
            again,
            format!(
                "listen unix {}: bind: address already in use",
                path.display()
            )
        );
        drop(listener);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_tcp_address_tells_the_port_that_was_taken() {
        let listener = Listener::bind("/dns4/localhost/tcp/0").await.unwrap();
        assert!(listener.address().starts_with("/ip4/127.0.0.1/tcp/"));
        assert!(!listener.address().ends_with("/0"));
    }

    #[tokio::test]
    async fn what_is_no_address_is_refused_in_the_words_of_go() {
        let error = Listener::bind("foo").await.unwrap_err().to_string();
        assert_eq!(
            error,
            "failed to parse multiaddr \"foo\": must begin with /"
        );
        assert!(Listener::bind("/ip4/127.0.0.1/udp/0").await.is_err());
    }
}
