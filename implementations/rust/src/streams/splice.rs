use std::io;

use bytes::Bytes;
use libp2p::Stream;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, copy_bidirectional_with_sizes};
use tokio_util::compat::FuturesAsyncReadCompatExt;

/// Bytes read at once in each direction.
const BUFFER: usize = 64 * 1024;

/// Passes bytes between an application's socket and a stream until both directions have ended.
///
/// Each direction ends on its own, so that a request, its end, then the answer work. An error in either direction drops
/// both sides, which resets the stream.
pub async fn splice<S>(mut socket: S, stream: Stream, early: Bytes) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = stream.compat();
    stream.write_all(&early).await?;
    stream.flush().await?;
    copy_bidirectional_with_sizes(&mut socket, &mut stream, BUFFER, BUFFER).await?;
    Ok(())
}
