"""go-libp2p-daemon's command line, as far as this daemon follows it."""

import re
from dataclasses import dataclass, field

from .errors import StartError

TRUE = ("1", "t", "T", "true", "TRUE", "True")
FALSE = ("0", "f", "F", "false", "FALSE", "False")

UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


class FlagError(Exception):
    """A command line that is no use: exit code 2."""


@dataclass
class Flags:
    """The flags by go's names; annotations say how each is read."""

    listen: str = "/unix/tmp/p2pd.sock"
    q: bool = False
    id: str = ""
    b: bool = False
    bootstrapPeers: list[str] = field(default_factory=list)
    dht: bool = False
    dhtClient: bool = False
    dhtServer: bool = False
    connManager: bool = False
    connLo: int = 256
    connHi: int = 512
    connGrace: float = 120.0
    pubsub: bool = False
    pubsubRouter: str = "gossipsub"
    pubsubSign: bool = True
    pubsubSignStrict: bool = True
    gossipsubHeartbeatInterval: float = 0.0
    gossipsubHeartbeatInitialDelay: float = 0.0
    relay: bool = True
    hostAddrs: list[str] = field(default_factory=list)
    announceAddrs: list[str] = field(default_factory=list)
    noListenAddrs: bool = False
    noise: bool = True
    tls: bool = True
    plaintext: bool = False
    muxer: str = "yamux"
    echo: bool = True
    autonat: bool = False
    natPortMap: bool = False
    autoRelay: bool = False
    forceReachabilityPublic: bool = False
    forceReachabilityPrivate: bool = False

    @property
    def has_dht(self) -> bool:
        return self.dht or self.dhtClient or self.dhtServer


UNSUPPORTED = {
    "autonat": "it is not wired to py-libp2p's AutoNAT",
    "natPortMap": "it is not wired to py-libp2p's port mapping",
    "autoRelay": "py-libp2p has no AutoRelay",
    "connManager": "py-libp2p prunes connections by limits of its own",
}
"""Flags that would promise what this daemon does not do, and why."""


def parse_flags(words: list[str]) -> Flags:
    """Reads words as go's `flag` does: `-x v`, `-x=v` and `--x`, up to the first word that is no flag."""
    flags = Flags()
    kinds = {name: kind.type for name, kind in Flags.__dataclass_fields__.items()}
    rest = list(words)
    while rest and re.match(r"--?[^-]", rest[0]):
        name, has_value, value = rest.pop(0).lstrip("-").partition("=")
        if name not in kinds:
            raise FlagError(f"flag provided but not defined: -{name}")
        kind = kinds[name]
        if kind is bool:
            value = value if has_value else "true"
        elif not has_value:
            if not rest:
                raise FlagError(f"flag needs an argument: -{name}")
            value = rest.pop(0)
        setattr(flags, name, _parse(name, kind, value))
    return flags


def check_flags(flags: Flags) -> None:
    """Refuses what cannot be done, in go's words where go refuses it too."""
    if not (flags.noise or flags.tls or flags.plaintext):
        raise StartError("at least one channel security protocol must be enabled")
    if flags.forceReachabilityPublic and flags.forceReachabilityPrivate:
        raise StartError("forceReachability must be public or private, not both")
    if flags.pubsub and flags.pubsubRouter not in ("gossipsub", "floodsub"):
        raise StartError(f"unknown pubsub router: {flags.pubsubRouter}")
    for name, reason in UNSUPPORTED.items():
        if getattr(flags, name):
            raise StartError(f"-{name} is not supported: {reason}")


def _parse(name: str, kind: object, text: str) -> object:
    if kind is bool:
        if text in TRUE or text in FALSE:
            return text in TRUE
        raise FlagError(f'invalid boolean value "{text}" for -{name}: parse error')
    if kind is int:
        if re.fullmatch(r"-?\d+", text):
            return int(text)
        raise FlagError(f'invalid value "{text}" for flag -{name}: parse error')
    if kind is float:
        return _parse_duration(name, text)
    if kind is str:
        return text
    return text.split(",") if text else []


def _parse_duration(name: str, text: str) -> float:
    if text == "0":
        return 0.0
    parts = re.findall(r"(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise FlagError(f'invalid value "{text}" for flag -{name}: parse error')
    return sum(float(number) * UNITS[unit] for number, unit in parts)
