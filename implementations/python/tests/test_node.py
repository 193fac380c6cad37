"""Addresses as others are told them."""

from multiaddr import Multiaddr

from p2pd.node import reachable


def told(text: str) -> list[str]:
    return [str(addr) for addr in reachable([Multiaddr(text)])]


def test_one_address_stays_as_it_is() -> None:
    assert told("/ip4/10.1.2.3/tcp/4001/ws") == ["/ip4/10.1.2.3/tcp/4001/ws"]


def test_all_addresses_are_those_of_the_host() -> None:
    addrs = told("/ip4/0.0.0.0/tcp/4001/ws")
    assert "/ip4/127.0.0.1/tcp/4001/ws" in addrs
    assert all(addr.startswith("/ip4/") and addr.endswith("/tcp/4001/ws") and "0.0.0.0" not in addr for addr in addrs)
