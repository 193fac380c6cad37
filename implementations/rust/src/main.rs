//! p2pd on rust-libp2p: serves go-libp2p-daemon's control protocol, and takes its flags.

mod address;
mod cid;
mod config;
mod control;
mod daemon;
mod features;
mod flags;
mod identity;
mod inbox;
mod node;
mod proto;
mod records;
mod requests;
mod streams;

use std::process::ExitCode;

use crate::{
    config::{Config, FLAGS},
    flags::{FlagError, Flags, usage},
};

/// What a command line that cannot be followed ends with.
const USAGE: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let flags = match Flags::parse(FLAGS, std::env::args().skip(1)) {
        Ok(flags) => flags,
        Err(FlagError::Help) => {
            eprint!("{}", usage(FLAGS));
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}");
            eprint!("{}", usage(FLAGS));
            return ExitCode::from(USAGE);
        }
    };
    let outcome = match Config::from_flags(&flags) {
        Ok(config) => daemon::run(&config).await,
        Err(error) => Err(error.into()),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}
