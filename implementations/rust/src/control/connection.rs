use bytes::Bytes;
use futures::{SinkExt, StreamExt, future::BoxFuture, stream::BoxStream};
use prost::Message;
use tokio_util::codec::Framed;

use super::{FrameError, Frames, RequestError, Socket};
use crate::{
    node::Handle,
    proto::{DhtResponse, ErrorResponse, Request, Response, response},
    requests::{Session, handle},
};

/// A control connection that has become something else: the socket, and what was read beyond the request.
pub type TakeOver = Box<dyn FnOnce(Connection) -> BoxFuture<'static, ()> + Send>;

/// What a request comes to.
pub enum Reply {
    Response(Response),
    /// An answer, values in frames of their own, and then the next request.
    Values(Response, BoxStream<'static, DhtResponse>),
    /// An answer, behind which the connection serves no more requests.
    TakeOver(Response, TakeOver),
}

impl Reply {
    /// OK, and nothing more.
    pub fn ok() -> Self {
        Self::Response(Response::default())
    }
}

/// A connection with an application.
pub struct Connection {
    framed: Framed<Socket, Frames>,
}

impl Connection {
    pub fn new(socket: Socket) -> Self {
        Self {
            framed: Framed::new(socket, Frames),
        }
    }

    /// Answers requests one by one, in their order, until the application hangs up.
    pub async fn serve(self, node: Handle) {
        let mut session = Session::new(node);
        if let Err(error) = self.answer(&mut session).await {
            tracing::debug!(%error, "a control connection ended");
        }
        // the node is stopping if this does not come to pass
        let _ = session.end().await;
    }

    async fn answer(mut self, session: &mut Session) -> Result<(), FrameError> {
        loop {
            let request = match self.next_request().await {
                Ok(Some(request)) => request,
                Ok(None) => return Ok(()),
                // the bytes that follow cannot be told apart: this is the last word
                Err(error) => return self.send(failure(error)).await,
            };
            match handle(request, session).await {
                Ok(Reply::Response(response)) => self.send(response).await?,
                Ok(Reply::Values(response, values)) => self.send_values(response, values).await?,
                Ok(Reply::TakeOver(response, take_over)) => {
                    self.send(response).await?;
                    take_over(self).await;
                    return Ok(());
                }
                Err(error) => self.send(failure(error)).await?,
            }
        }
    }

    /// Writes a message that is no response.
    pub async fn send<M: Message>(&mut self, message: M) -> Result<(), FrameError> {
        self.framed.send(message).await
    }

    /// Reads a frame, whatever is in it.
    pub async fn next_frame(&mut self) -> Option<Result<Bytes, FrameError>> {
        self.framed.next().await
    }

    /// The socket, and what has been read from it and not been looked at.
    pub fn into_socket(self) -> (Socket, Bytes) {
        let parts = self.framed.into_parts();
        (parts.io, parts.read_buf.freeze())
    }

    async fn next_request(&mut self) -> Result<Option<Request>, RequestError> {
        let invalid = |reason: String| RequestError::new("ERR_FRAME_INVALID", reason);
        match self.next_frame().await {
            None | Some(Err(FrameError::Io(_))) => Ok(None),
            Some(Err(error)) => Err(invalid(error.to_string())),
            Some(Ok(frame)) => Request::decode(frame)
                .map(Some)
                .map_err(|error| invalid(error.to_string())),
        }
    }

    async fn send_values(
        &mut self,
        response: Response,
        mut values: BoxStream<'static, DhtResponse>,
    ) -> Result<(), FrameError> {
        self.send(response).await?;
        while let Some(value) = values.next().await {
            self.send(value).await?;
        }
        Ok(())
    }
}

fn failure(error: RequestError) -> Response {
    Response {
        r#type: response::Type::Error.into(),
        error: Some(ErrorResponse {
            msg: error.message,
            code: Some(error.code.to_owned()),
        }),
        ..Response::default()
    }
}
