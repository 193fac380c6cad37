use crate::config::{Config, DhtMode, Muxer};

/// The requests that are always answered.
const REQUESTS: &[&str] = &[
    "identify",
    "connect",
    "disconnect",
    "list-peers",
    "stream-open",
    "stream-handler",
    "remove-stream-handler",
    "connmanager",
    "version",
    "events",
];

/// What a daemon with this configuration has switched on, as VERSION lists it: `<kind>/<name>`.
pub fn features(config: &Config) -> Vec<String> {
    let is_private = config.private_network.is_some();
    let switched = [
        (true, "transport/tcp"),
        (true, "transport/ws"),
        (!is_private, "transport/quic-v1"),
        (true, "transport/circuit"),
        (is_private, "private-network"),
        (config.security.noise, "security/noise"),
        (config.security.tls, "security/tls"),
        (config.security.plaintext, "security/plaintext"),
        (config.muxer == Muxer::Yamux, "muxer/yamux"),
        (config.muxer == Muxer::Mplex, "muxer/mplex"),
        (config.dht != DhtMode::Off, "request/dht"),
        (config.dht == DhtMode::Client, "dht/client"),
        (config.dht == DhtMode::Server, "dht/server"),
        (config.pubsub.is_some(), "request/pubsub"),
        (config.pubsub.is_some(), "pubsub/gossipsub"),
        (config.relay.is_some(), "relay/service"),
        (config.hole_punching, "relay/hole-punching"),
        (config.autonat, "autonat"),
    ];
    let requests = REQUESTS.iter().map(|name| format!("request/{name}"));
    let others = switched.into_iter().filter(|(is_on, _)| *is_on);
    requests
        .chain(others.map(|(_, name)| name.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::FLAGS, flags::Flags};

    fn of(line: &str) -> Vec<String> {
        let flags = Flags::parse(FLAGS, line.split_whitespace().map(str::to_owned)).unwrap();
        features(&Config::from_flags(&flags).unwrap())
    }

    #[test]
    fn what_is_switched_on_is_listed_and_nothing_else() {
        let listed = of("-tls=false -muxer mplex -dhtClient");
        for name in [
            "request/identify",
            "security/noise",
            "muxer/mplex",
            "dht/client",
        ] {
            assert!(listed.iter().any(|listed| listed == name), "{name}");
        }
        for name in [
            "security/tls",
            "muxer/yamux",
            "dht/server",
            "request/pubsub",
        ] {
            assert!(!listed.iter().any(|listed| listed == name), "{name}");
        }
    }
}
