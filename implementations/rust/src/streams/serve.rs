//! Streams that peers have opened: each goes to the application that handles its protocol.

use std::{io, time::Duration};

use bytes::Bytes;
use futures::{AsyncReadExt, AsyncWriteExt};
use libp2p::{Multiaddr, Stream};
use prost::Message;
use tokio::{io::AsyncWriteExt as _, time::timeout};

use super::splice::splice;
use crate::{address::Endpoint, control::Socket, proto::StreamInfo};

/// Who gets the streams of a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The daemon itself, which sends back what it gets.
    Echo,
    /// The application that listens there.
    Application(Multiaddr),
}

/// How long an application may take to accept a connection.
const ACCEPT_TIMEOUT: Duration = Duration::from_secs(10);

/// How often an application whose backlog is full is asked again.
const RETRY: Duration = Duration::from_millis(20);

/// Serves one stream to its end. When the application cannot be reached, the stream is reset.
pub async fn serve(stream: Stream, target: Target, info: StreamInfo) {
    let outcome = match &target {
        Target::Echo => echo(stream).await,
        Target::Application(address) => hand_over(stream, address, &info).await,
    };
    if let Err(error) = outcome {
        tracing::debug!(protocol = info.proto, ?target, %error, "a stream was reset");
    }
}

async fn echo(stream: Stream) -> io::Result<()> {
    let (reader, mut writer) = stream.split();
    futures::io::copy(reader, &mut writer).await?;
    writer.close().await
}

async fn hand_over(stream: Stream, address: &Multiaddr, info: &StreamInfo) -> io::Result<()> {
    let mut socket = timeout(ACCEPT_TIMEOUT, connect(address)).await??;
    socket
        .write_all(&info.encode_length_delimited_to_vec())
        .await?;
    splice(socket, stream, Bytes::new()).await
}

/// Connects to an application. A Unix socket whose backlog is full refuses at once, which is no reason to lose a stream.
async fn connect(address: &Multiaddr) -> io::Result<Socket> {
    let endpoint = Endpoint::try_from(address)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    loop {
        match endpoint.connect().await {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                tokio::time::sleep(RETRY).await;
            }
            outcome => return outcome,
        }
    }
}
