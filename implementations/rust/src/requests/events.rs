use futures::FutureExt;

use crate::{
    control::{Connection, FrameError, Reply, RequestError},
    node::{Handle, Watching},
    proto::{EventsRequest, Response, event::Type},
};

/// EVENTS: the present state, then every change, until the application closes its end or does not read.
pub async fn events(request: EventsRequest, node: &Handle) -> Result<Reply, RequestError> {
    let types = request.types;
    if let Some(unknown) = types.iter().find(|kind| Type::try_from(**kind).is_err()) {
        return Err(RequestError::new(
            "ERR_REQUEST_UNKNOWN",
            format!("there is no event of type {unknown}"),
        ));
    }
    let node = node.clone();
    Ok(Reply::TakeOver(
        Response::default(),
        Box::new(move |mut connection| {
            async move {
                // the node is stopping if nothing comes of it
                if let Ok(watching) = node.run(move |node| node.watch(types)).await
                    && let Err(error) = forward(&mut connection, watching).await
                {
                    tracing::debug!(%error, "an application is told no more");
                }
            }
            .boxed()
        }),
    ))
}

async fn forward(connection: &mut Connection, mut watching: Watching) -> Result<(), FrameError> {
    for event in std::mem::take(&mut watching.state) {
        connection.send(event).await?;
    }
    loop {
        tokio::select! {
            event = watching.next() => match event {
                Some(event) => connection.send(event).await?,
                None => return Ok(()),
            },
            // further requests mean nothing here
            frame = connection.next_frame() => match frame {
                Some(frame) => drop(frame?),
                None => return Ok(()),
            },
        }
    }
}
