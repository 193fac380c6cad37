//! Raw streams: the applications' own protocols, on the connections that the daemon holds for them.

mod behaviour;
mod handler;
pub mod serve;
pub mod splice;
mod upgrade;

pub use behaviour::{Behaviour, Incoming};
pub use handler::{OpenError, Opened};
