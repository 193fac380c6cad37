//! A muxer whose streams hear of it when their connection is closed here. yamux's wait on, until something is written:
//! an application's stream, and a circuit through this daemon, would outlive the connection.

use std::{
    collections::HashMap,
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll, Waker},
};

use futures::{AsyncRead, AsyncWrite};
use libp2p::core::muxing::{StreamMuxer, StreamMuxerBox, StreamMuxerEvent, SubstreamBox};

/// A muxer, and those who wait for something to read from its streams.
pub struct Telling {
    inner: StreamMuxerBox,
    readers: Arc<Readers>,
}

pub struct Stream {
    inner: SubstreamBox,
    number: u64,
    readers: Arc<Readers>,
}

#[derive(Default)]
struct Readers {
    is_closed: AtomicBool,
    streams: AtomicU64,
    waiting: Mutex<HashMap<u64, Waker>>,
}

impl Telling {
    pub fn new(inner: StreamMuxerBox) -> Self {
        Self {
            inner,
            readers: Arc::default(),
        }
    }

    fn stream<E>(&self, opened: Poll<Result<SubstreamBox, E>>) -> Poll<Result<Stream, E>> {
        opened.map_ok(|inner| Stream {
            inner,
            number: self.readers.streams.fetch_add(1, Ordering::Relaxed),
            readers: self.readers.clone(),
        })
    }
}

impl Readers {
    fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        for (_, waker) in self.waiting().drain() {
            waker.wake();
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Waker>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StreamMuxer for Telling {
    type Substream = Stream;
    type Error = io::Error;

    fn poll_inbound(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<Self::Substream>> {
        let opened = Pin::new(&mut self.inner).poll_inbound(cx);
        self.stream(opened)
    }

    fn poll_outbound(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<Self::Substream>> {
        let opened = Pin::new(&mut self.inner).poll_outbound(cx);
        self.stream(opened)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.readers.close();
        Pin::new(&mut self.inner).poll_close(cx)
    }

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<StreamMuxerEvent>> {
        Pin::new(&mut self.inner).poll(cx)
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let read = Pin::new(&mut self.inner).poll_read(cx, buffer);
        if read.is_ready() {
            return read;
        }
        let waker = cx.waker().clone();
        self.readers.waiting().insert(self.number, waker);
        // looked at behind the waker's insertion, so that one of the two sees the other
        if self.readers.is_closed.load(Ordering::SeqCst) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Poll::Pending
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_close(cx)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.readers.waiting().remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use futures::{AsyncReadExt, FutureExt, future::poll_fn};

    use super::*;

    /// A muxer whose streams never have anything to read, and which closes at once.
    struct Idle;

    struct Silence;

    impl StreamMuxer for Idle {
        type Substream = Silence;
        type Error = io::Error;

        fn poll_inbound(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<Silence>> {
            Poll::Pending
        }

        fn poll_outbound(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<Silence>> {
            Poll::Ready(Ok(Silence))
        }

        fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<StreamMuxerEvent>> {
            Poll::Pending
        }
    }

    impl AsyncRead for Silence {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &mut [u8],
        ) -> Poll<io::Result<usize>> {
            Poll::Pending
        }
    }

    impl AsyncWrite for Silence {
        fn poll_write(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[tokio::test]
    async fn who_waits_for_a_stream_hears_that_its_connection_is_closed() {
        let mut muxer = Telling::new(StreamMuxerBox::new(Idle));
        let mut stream = poll_fn(|cx| Pin::new(&mut muxer).poll_outbound(cx))
            .await
            .unwrap();
        let reading = tokio::spawn(async move { stream.read(&mut [0; 8]).await });
        tokio::task::yield_now().await;
        assert!(!reading.is_finished());
        poll_fn(|cx| Pin::new(&mut muxer).poll_close(cx))
            .await
            .unwrap();
        let error = reading.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionAborted);
    }

    #[tokio::test]
    async fn a_stream_that_is_gone_leaves_nobody_waiting() {
        let mut muxer = Telling::new(StreamMuxerBox::new(Idle));
        let mut stream = poll_fn(|cx| Pin::new(&mut muxer).poll_outbound(cx))
            .await
            .unwrap();
        assert!(stream.read(&mut [0; 8]).now_or_never().is_none());
        assert_eq!(muxer.readers.waiting().len(), 1);
        drop(stream);
        assert!(muxer.readers.waiting().is_empty());
    }
}
