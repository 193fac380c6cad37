//! What the daemon is told at its start.

use std::{path::PathBuf, time::Duration};

use libp2p::Multiaddr;

use crate::flags::{Flag, Flags, Kind};

/// go-libp2p-daemon's flags, and a few more that it lacks. Those in [`IGNORED`] are accepted and do nothing.
pub const FLAGS: &[Flag] = &[
    ("listen", Kind::Text, "/unix/tmp/p2pd.sock"),
    ("q", Kind::Bool, "false"),
    ("id", Kind::Text, ""),
    ("b", Kind::Bool, "false"),
    ("bootstrapPeers", Kind::Text, ""),
    ("dht", Kind::Bool, "false"),
    ("dhtClient", Kind::Bool, "false"),
    ("dhtServer", Kind::Bool, "false"),
    ("connManager", Kind::Bool, "false"),
    ("connLo", Kind::Int, "256"),
    ("connHi", Kind::Int, "512"),
    ("connGrace", Kind::Duration, "2m0s"),
    ("natPortMap", Kind::Bool, "false"),
    ("pubsub", Kind::Bool, "false"),
    ("pubsubRouter", Kind::Text, "gossipsub"),
    ("pubsubSign", Kind::Bool, "true"),
    ("pubsubSignStrict", Kind::Bool, "true"),
    ("gossipsubHeartbeatInterval", Kind::Duration, "0s"),
    ("gossipsubHeartbeatInitialDelay", Kind::Duration, "0s"),
    ("relay", Kind::Bool, "true"),
    ("relayActive", Kind::Bool, "false"),
    ("relayHop", Kind::Bool, "false"),
    ("relayDiscovery", Kind::Bool, "false"),
    ("relayHopLimit", Kind::Int, "0"),
    ("relayReservations", Kind::Int, "128"),
    ("relayReservationTTL", Kind::Duration, "1h"),
    ("relayCircuitsPerPeer", Kind::Int, "16"),
    ("relayDataLimit", Kind::Int, "131072"),
    ("relayTimeLimit", Kind::Duration, "2m"),
    ("autoRelay", Kind::Bool, "false"),
    ("holePunching", Kind::Bool, "true"),
    ("autonat", Kind::Bool, "false"),
    ("hostAddrs", Kind::Text, ""),
    ("announceAddrs", Kind::Text, ""),
    ("noListenAddrs", Kind::Bool, "false"),
    ("metricsAddr", Kind::Text, ""),
    ("pprof", Kind::Bool, "false"),
    ("pprofPort", Kind::Int, "0"),
    ("noise", Kind::Bool, "true"),
    ("tls", Kind::Bool, "true"),
    ("plaintext", Kind::Bool, "false"),
    ("psk", Kind::Text, ""),
    ("forceReachabilityPublic", Kind::Bool, "false"),
    ("forceReachabilityPrivate", Kind::Bool, "false"),
    ("muxer", Kind::Text, "yamux"),
    ("echo", Kind::Bool, "true"),
];

/// Flags that are accepted so that a command line written for go-libp2p-daemon works, and do nothing here.
const IGNORED: &[&str] = &[
    "natPortMap",
    "relayActive",
    "relayHop",
    "relayDiscovery",
    "autoRelay",
    "metricsAddr",
    "pprof",
    "pprofPort",
];

/// What the DHT does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DhtMode {
    Off,
    Client,
    Server,
}

/// How messages are signed, and which are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignaturePolicy {
    /// Sends signed messages, and accepts no others.
    Strict,
    /// Sends signed messages, and accepts unsigned ones too.
    Lax,
    /// Sends unsigned messages, and accepts no others.
    Unsigned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Muxer {
    Yamux,
    Mplex,
}

#[derive(Clone, Debug)]
pub struct PubsubConfig {
    pub policy: SignaturePolicy,
    pub heartbeat_interval: Option<Duration>,
    pub heartbeat_initial_delay: Option<Duration>,
}

#[derive(Clone, Debug)]
pub struct RelayConfig {
    pub reservations: usize,
    pub reservation_ttl: Duration,
    pub circuits: usize,
    pub circuits_per_peer: usize,
    pub data_limit: u64,
    pub time_limit: Duration,
}

#[derive(Clone, Debug)]
pub struct Security {
    pub noise: bool,
    pub tls: bool,
    pub plaintext: bool,
}

#[derive(Clone, Debug)]
pub struct ConnManagerConfig {
    /// Whether connections beyond the high water mark are closed without being asked to.
    pub enabled: bool,
    pub low: usize,
    pub high: usize,
    pub grace: Duration,
}

#[derive(Clone, Debug)]
pub struct Config {
    pub listen: String,
    pub quiet: bool,
    pub identity: Option<PathBuf>,
    pub bootstrap: Option<Vec<Multiaddr>>,
    pub dht: DhtMode,
    pub conn_manager: ConnManagerConfig,
    pub pubsub: Option<PubsubConfig>,
    pub relay: Option<RelayConfig>,
    pub hole_punching: bool,
    pub autonat: bool,
    pub host_addrs: Vec<Multiaddr>,
    pub announce_addrs: Vec<Multiaddr>,
    pub security: Security,
    pub private_network: Option<PathBuf>,
    pub muxer: Muxer,
    pub echo: bool,
    /// Names of flags that were given and do nothing.
    pub ignored: Vec<&'static str>,
}

/// Why flags that are well-formed one by one cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("failed to parse multiaddr {0:?}: {1}")]
    Address(String, String),
    #[error("unknown pubsub router: {0}")]
    Router(String),
    #[error(
        "pubsub router floodsub is not offered: rust-libp2p's neither signs nor verifies messages"
    )]
    Floodsub,
    #[error("at least one channel security protocol must be enabled")]
    NoSecurity,
    #[error("forceReachability must be public or private, not both")]
    BothReachabilities,
    #[error("can't have autorelay enabled without Relay enabled and DHT enabled")]
    AutoRelay,
    #[error("-b needs -bootstrapPeers: this daemon knows no public peers")]
    NoBootstrapPeers,
}

impl Config {
    pub fn from_flags(flags: &Flags) -> Result<Self, ConfigError> {
        let dht = dht_mode(flags);
        if flags.bool("autoRelay") && (!flags.bool("relay") || dht == DhtMode::Off) {
            return Err(ConfigError::AutoRelay);
        }
        if flags.bool("forceReachabilityPublic") && flags.bool("forceReachabilityPrivate") {
            return Err(ConfigError::BothReachabilities);
        }
        let security = Security {
            noise: flags.bool("noise"),
            tls: flags.bool("tls"),
            plaintext: flags.bool("plaintext"),
        };
        if !security.noise && !security.tls && !security.plaintext {
            return Err(ConfigError::NoSecurity);
        }
        let host_addrs = addresses(flags, "hostAddrs")?;
        Ok(Self {
            listen: flags.text("listen").to_owned(),
            quiet: flags.bool("q"),
            identity: path(flags, "id"),
            bootstrap: bootstrap(flags)?,
            dht,
            conn_manager: conn_manager(flags),
            pubsub: pubsub(flags)?,
            relay: flags.bool("relay").then(|| relay(flags)),
            hole_punching: flags.bool("holePunching"),
            autonat: flags.bool("autonat"),
            host_addrs: if flags.bool("noListenAddrs") {
                Vec::new()
            } else {
                host_addrs
            },
            announce_addrs: addresses(flags, "announceAddrs")?,
            security,
            private_network: path(flags, "psk"),
            muxer: match flags.text("muxer") {
                "mplex" => Muxer::Mplex,
                _ => Muxer::Yamux,
            },
            echo: flags.bool("echo"),
            ignored: ignored(flags),
        })
    }
}

/// `-dht` is to find out by itself whether it is reachable; unless told so, it takes no part in serving.
fn dht_mode(flags: &Flags) -> DhtMode {
    match (
        flags.bool("dht"),
        flags.bool("dhtClient"),
        flags.bool("dhtServer"),
    ) {
        (true, ..) if flags.bool("forceReachabilityPublic") => DhtMode::Server,
        (true, ..) | (_, true, _) => DhtMode::Client,
        (.., true) => DhtMode::Server,
        _ => DhtMode::Off,
    }
}

fn bootstrap(flags: &Flags) -> Result<Option<Vec<Multiaddr>>, ConfigError> {
    let peers = addresses(flags, "bootstrapPeers")?;
    match (flags.bool("b"), peers.is_empty()) {
        (false, _) => Ok(None),
        (true, true) => Err(ConfigError::NoBootstrapPeers),
        (true, false) => Ok(Some(peers)),
    }
}

fn conn_manager(flags: &Flags) -> ConnManagerConfig {
    let enabled = flags.bool("connManager");
    let mark = |name, default| {
        if enabled {
            at_least_zero(flags.int(name))
        } else {
            default
        }
    };
    ConnManagerConfig {
        enabled,
        low: mark("connLo", 160),
        high: mark("connHi", 192),
        grace: if enabled {
            flags.duration("connGrace")
        } else {
            Duration::from_secs(60)
        },
    }
}

fn pubsub(flags: &Flags) -> Result<Option<PubsubConfig>, ConfigError> {
    if !flags.bool("pubsub") {
        return Ok(None);
    }
    match flags.text("pubsubRouter") {
        "gossipsub" => {}
        "floodsub" => return Err(ConfigError::Floodsub),
        other => return Err(ConfigError::Router(other.to_owned())),
    }
    let interval = |name| Some(flags.duration(name)).filter(|given| !given.is_zero());
    Ok(Some(PubsubConfig {
        policy: match (flags.bool("pubsubSign"), flags.bool("pubsubSignStrict")) {
            (false, _) => SignaturePolicy::Unsigned,
            (true, false) => SignaturePolicy::Lax,
            (true, true) => SignaturePolicy::Strict,
        },
        heartbeat_interval: interval("gossipsubHeartbeatInterval"),
        heartbeat_initial_delay: interval("gossipsubHeartbeatInitialDelay"),
    }))
}

/// Where zero means no limit, the largest number stands for it.
fn relay(flags: &Flags) -> RelayConfig {
    let limit = |name| match flags.int(name) {
        ..=0 => usize::MAX,
        given => at_least_zero(given),
    };
    RelayConfig {
        reservations: at_least_zero(flags.int("relayReservations")),
        reservation_ttl: flags.duration("relayReservationTTL"),
        circuits: limit("relayHopLimit"),
        circuits_per_peer: at_least_zero(flags.int("relayCircuitsPerPeer")),
        // the relay's own word for no limit
        data_limit: flags.int("relayDataLimit").try_into().unwrap_or(0),
        time_limit: flags.duration("relayTimeLimit"),
    }
}

fn at_least_zero(number: i64) -> usize {
    usize::try_from(number.max(0)).unwrap_or(usize::MAX)
}

fn addresses(flags: &Flags, name: &str) -> Result<Vec<Multiaddr>, ConfigError> {
    let parse = |text: &str| {
        let reason = match text.parse::<Multiaddr>() {
            Ok(address) => return Ok(address),
            Err(_) if !text.starts_with('/') => "must begin with /".to_owned(),
            Err(error) => error.to_string(),
        };
        Err(ConfigError::Address(text.to_owned(), reason))
    };
    flags.list(name).into_iter().map(parse).collect()
}

fn path(flags: &Flags, name: &str) -> Option<PathBuf> {
    Some(flags.text(name))
        .filter(|text| !text.is_empty())
        .map(PathBuf::from)
}

fn ignored(flags: &Flags) -> Vec<&'static str> {
    let given = |name: &&&str| match flags.text(name) {
        "" | "0" => false,
        text => !matches!(text, "false" | "f" | "F" | "FALSE" | "False"),
    };
    IGNORED.iter().filter(given).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(line: &str) -> Result<Config, ConfigError> {
        let flags = Flags::parse(FLAGS, line.split_whitespace().map(str::to_owned)).unwrap();
        Config::from_flags(&flags)
    }

    #[test]
    fn without_flags_it_listens_on_nothing_and_relays() {
        let config = config("").unwrap();
        assert!(config.host_addrs.is_empty() && config.relay.is_some() && config.hole_punching);
        assert_eq!(config.dht, DhtMode::Off);
        assert!(config.ignored.is_empty());
    }

    #[test]
    fn the_water_marks_are_those_of_go_unless_the_manager_is_on() {
        let (off, on) = (
            config("-connLo 1 -connHi 2").unwrap(),
            config("-connManager -connLo 1 -connHi 2 -connGrace 0s").unwrap(),
        );
        assert_eq!((off.conn_manager.low, off.conn_manager.high), (160, 192));
        assert_eq!((on.conn_manager.low, on.conn_manager.high), (1, 2));
        assert!(on.conn_manager.grace.is_zero());
    }

    #[test]
    fn listening_on_nothing_wins_over_addresses() {
        assert!(
            config("-hostAddrs /ip4/127.0.0.1/tcp/0 -noListenAddrs")
                .unwrap()
                .host_addrs
                .is_empty()
        );
    }

    #[test]
    fn one_mode_of_the_dht_is_taken_in_the_order_of_go() {
        assert_eq!(config("-dhtServer").unwrap().dht, DhtMode::Server);
        assert_eq!(
            config("-dhtServer -dhtClient").unwrap().dht,
            DhtMode::Client
        );
        assert_eq!(config("-dht -dhtServer").unwrap().dht, DhtMode::Client);
        assert_eq!(
            config("-dht -forceReachabilityPublic").unwrap().dht,
            DhtMode::Server
        );
    }

    #[test]
    fn the_signature_policies_are_those_of_go() {
        for (line, policy) in [
            ("-pubsub", SignaturePolicy::Strict),
            ("-pubsub -pubsubSignStrict=false", SignaturePolicy::Lax),
            ("-pubsub -pubsubSign=false", SignaturePolicy::Unsigned),
        ] {
            assert_eq!(config(line).unwrap().pubsub.unwrap().policy, policy);
        }
    }

    #[test]
    fn faults_are_told_in_the_words_of_go() {
        for (line, words) in [
            (
                "-hostAddrs foo",
                "failed to parse multiaddr \"foo\": must begin with /",
            ),
            ("-pubsub -pubsubRouter foo", "unknown pubsub router: foo"),
            (
                "-noise=false -tls=false",
                "at least one channel security protocol must be enabled",
            ),
            (
                "-autoRelay",
                "can't have autorelay enabled without Relay enabled and DHT enabled",
            ),
            (
                "-forceReachabilityPublic -forceReachabilityPrivate",
                "forceReachability must be public or private, not both",
            ),
        ] {
            assert_eq!(config(line).unwrap_err().to_string(), words);
        }
    }

    #[test]
    fn flags_that_do_nothing_are_told() {
        assert_eq!(
            config("-natPortMap -metricsAddr :0 -pprof=false")
                .unwrap()
                .ignored,
            ["natPortMap", "metricsAddr"]
        );
    }
}
