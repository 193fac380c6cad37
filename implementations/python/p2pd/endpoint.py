"""Local endpoints: where the daemon listens for clients, and where it reaches applications."""

import errno
import os
import re
import socket
from dataclasses import dataclass

import trio
from multiaddr import Multiaddr

from .errors import RequestError, StartError

UNIX = 0x190
"""The code of `/unix` in multiaddrs."""

PATIENCE = 10.0
"""Seconds for which a listener whose backlog is full is tried again."""


@dataclass(frozen=True)
class UnixEndpoint:
    """A socket file."""

    path: str

    def __str__(self) -> str:
        return f"/unix{self.path}"


@dataclass(frozen=True)
class TcpEndpoint:
    """A TCP port; 0 is any that is free."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"/{'ip6' if ':' in self.host else 'ip4'}/{self.host}/tcp/{self.port}"


Endpoint = UnixEndpoint | TcpEndpoint


def parse_endpoint(text: str) -> Endpoint:
    """Reads a multiaddr's text, `/unix/<path>` or `/<ip>/tcp/<port>`, as go prints it."""
    if not text.startswith("/"):
        raise StartError(f'failed to parse multiaddr "{text}": must begin with /')
    if text.startswith("/unix/"):
        return UnixEndpoint("/" + text.removeprefix("/unix/").lstrip("/"))
    tcp = re.fullmatch(r"/(ip4|ip6|dns|dns4|dns6)/([^/]+)/tcp/(\d+)(/ws)?", text)
    if tcp is None:
        raise StartError(f'cannot listen for clients on "{text}": expected /unix/PATH or /ip4/HOST/tcp/PORT')
    kind, host, port = tcp[1], tcp[2], int(tcp[3])
    if kind.startswith("dns"):
        family = socket.AF_INET6 if kind == "dns6" else socket.AF_INET
        host = str(socket.getaddrinfo(host, port, family=family)[0][4][0])
    return TcpEndpoint(host, port)


def decode_endpoint(data: bytes) -> Endpoint:
    """Reads a multiaddr's bytes, as a client gives them for its listener."""
    if data[:2] == b"\x90\x03":
        path = _unix_path(data)
        return UnixEndpoint(path if path.startswith("/") else f"/{path}")
    try:
        text = str(Multiaddr(data))
        return parse_endpoint(text)
    except Exception as error:
        raise RequestError(f"cannot reach the address: {error}") from error


def _unix_path(data: bytes) -> str:
    length, at = 0, 2
    while at < len(data):
        byte = data[at]
        length |= (byte & 0x7F) << (7 * (at - 2))
        at += 1
        if byte < 0x80:
            break
    path = data[at : at + length]
    if len(path) != length or not path:
        raise RequestError("invalid value for size 2")
    return os.fsdecode(path)


async def listen(endpoint: Endpoint) -> tuple[trio.SocketListener, Endpoint]:
    """Listens, and says where: the port is the one that was given."""
    try:
        if isinstance(endpoint, UnixEndpoint):
            server = trio.socket.socket(socket.AF_UNIX)
            await server.bind(endpoint.path)
            os.chmod(endpoint.path, 0o600)
            server.listen(4096)
            return trio.SocketListener(server), endpoint
        family = socket.AF_INET6 if ":" in endpoint.host else socket.AF_INET
        server = trio.socket.socket(family)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        await server.bind((endpoint.host, endpoint.port))
        server.listen(4096)
        return trio.SocketListener(server), TcpEndpoint(*server.getsockname()[:2])
    except OSError as error:
        where = endpoint.path if isinstance(endpoint, UnixEndpoint) else f"{endpoint.host}:{endpoint.port}"
        kind = "unix" if isinstance(endpoint, UnixEndpoint) else "tcp"
        raise StartError(f"listen {kind} {where}: bind: {(error.strerror or str(error)).lower()}") from error


async def dial(endpoint: Endpoint) -> trio.SocketStream:
    """Connects to an application; a full backlog is waited for, as the application is only busy."""
    with trio.fail_after(PATIENCE):
        while True:
            try:
                return await _dial_once(endpoint)
            except OSError as error:
                if error.errno != errno.EAGAIN:
                    raise
            await trio.sleep(0.01)


async def _dial_once(endpoint: Endpoint) -> trio.SocketStream:
    if isinstance(endpoint, TcpEndpoint):
        return await trio.open_tcp_stream(endpoint.host, endpoint.port)
    client = trio.socket.socket(socket.AF_UNIX)
    try:
        await client.connect(endpoint.path)
    except BaseException:
        client.close()
        raise
    return trio.SocketStream(client)
