"""Why an address could not be dialled, in go's words where clients know those."""

import re
from collections.abc import Iterator

import trio
from multiaddr import Multiaddr


def describe(error: BaseException, addr: Multiaddr) -> str:
    """The reason behind an error of the library, whose own text often hides it."""
    chain = list(_causes(error))
    text = "; ".join(dict.fromkeys(str(link) for link in chain if str(link)))
    if any(isinstance(link, ConnectionRefusedError) for link in chain) or "onnection refused" in text:
        tcp = re.match(r"/ip[46]/([^/]+)/tcp/(\d+)", str(addr))
        where = f"{tcp[1]}:{tcp[2]}" if tcp else str(addr)
        return f"dial tcp4 {where}: connect: connection refused"
    if any(isinstance(link, trio.TooSlowError) for link in chain):
        return "i/o timeout"
    if "mismatch" in text.lower() or "peer id does not correspond" in text:
        return f"failed to negotiate security protocol: peer id mismatch: {text}"
    status = re.search(r"failed with status (?:StatusCode\.)?(\w+)", text)
    if status is not None:
        return f"error opening relay circuit: {_relay_status(status[1])}"
    return text or type(error).__name__


def _relay_status(name: str) -> str:
    """`NO_RESERVATION (204)` of a status by name or by number."""
    from libp2p.relay.circuit_v2.protocol_buffer import StatusCode

    try:
        code = StatusCode(int(name)) if name.isdigit() else StatusCode[name]
    except (KeyError, ValueError):
        return name
    return f"{code.name} ({code.value})"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    open_ends: list[BaseException | None] = [error]
    while open_ends:
        link = open_ends.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        open_ends += [link.__cause__, link.__context__]
        if isinstance(link, BaseExceptionGroup):
            open_ends += link.exceptions
