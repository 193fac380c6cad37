//! The control sockets: where applications tell the daemon what to do.

mod codec;
mod connection;
mod error;
mod listener;
mod socket;

pub use codec::{FrameError, Frames};
pub use connection::{Connection, Reply};
pub use error::RequestError;
pub use listener::Listener;
pub use socket::Socket;
