//! The daemon's life: its node, its control socket, and what ends it.

use std::{error::Error, io, io::Write, process::ExitCode, time::Duration};

use libp2p::{Multiaddr, multiaddr::Protocol};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::{
    config::Config,
    control::{Connection, Listener},
    identity,
    node::{self, Handle},
    requests::reach,
};

/// What the daemon ends with after a signal, as a shell counts them.
const INTERRUPTED: u8 = 128 + 2;
const TERMINATED: u8 = 128 + 15;

/// How long all of the start's peers have to be connected.
const BOOTSTRAP_TIMEOUT: Duration = Duration::from_secs(60);

/// How long to wait when the machine has no more sockets.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// Runs until a signal ends it.
pub async fn run(config: &Config) -> Result<ExitCode, Box<dyn Error>> {
    let mut signals = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    tokio::select! {
        outcome = serve(config) => outcome,
        code = stopped(&mut signals) => Ok(code),
    }
}

async fn stopped((interrupt, terminate): &mut (Signal, Signal)) -> ExitCode {
    tokio::select! {
        _ = interrupt.recv() => ExitCode::from(INTERRUPTED),
        _ = terminate.recv() => ExitCode::from(TERMINATED),
    }
}

async fn serve(config: &Config) -> Result<ExitCode, Box<dyn Error>> {
    for flag in &config.ignored {
        tracing::warn!("-{flag} does nothing in this daemon");
    }
    let keypair = identity::load(config.identity.as_deref())?;
    let (node, running) = node::start(&keypair, config).await?;
    tokio::spawn(running);
    let listener = Listener::bind(&config.listen).await?;
    if let Some(peers) = &config.bootstrap {
        bootstrap(&node, peers).await?;
    }
    if !config.quiet {
        banner(&listener, &node, config).await?;
    }
    loop {
        match listener.accept().await {
            Ok(socket) => {
                tokio::spawn(Connection::new(socket).serve(node.clone()));
            }
            Err(error) => {
                tracing::error!(%error, "an application could not be accepted");
                tokio::time::sleep(EXHAUSTED).await;
            }
        }
    }
}

/// Connects to the peers that the daemon is to enter the network by; one of them is enough.
async fn bootstrap(node: &Handle, peers: &[Multiaddr]) -> Result<(), Box<dyn Error>> {
    let mut connects = Vec::new();
    for address in peers {
        let Some(Protocol::P2p(peer)) = address.iter().last() else {
            return Err("invalid p2p multiaddr".into());
        };
        connects.push(reach(node, peer, vec![address.clone()], BOOTSTRAP_TIMEOUT));
    }
    let outcomes = futures::future::join_all(connects).await;
    if outcomes.iter().all(Result::is_err) {
        return Err("failed to connect to bootstrap peers".into());
    }
    Ok(())
}

/// Prints the lines that programs wait for. A pipe that nobody reads any more is no reason to end.
async fn banner(listener: &Listener, node: &Handle, config: &Config) -> Result<(), Box<dyn Error>> {
    let mut lines = format!(
        "Control socket: {}\nPeer ID: {}\nPeer Addrs:\n",
        listener.address(),
        node.peer_id
    );
    for address in node.run(|node| node.addresses()).await? {
        lines += &format!("{address}\n");
    }
    if let Some(peers) = &config.bootstrap {
        lines += "Bootstrap peers:\n";
        for peer in peers {
            lines += &format!("{peer}\n");
        }
    }
    let mut stdout = io::stdout();
    let _ = stdout
        .write_all(lines.as_bytes())
        .and_then(|()| stdout.flush());
    Ok(())
}
