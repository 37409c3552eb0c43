"""The one exemption from the rule that no test opens a socket: real ones, to this machine, for a while.

    with loopback():
        …  # sockets to 127.0.0.1 and ::1 are let through; any other connection, any name fails the test

The rule is an audit hook in `tests/conftest.py`, which asks `permits`. A hook can never be taken away, so
that the exemption is a number that goes up and down; outside of a block nothing has changed.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NUMBERS = frozenset({"127.0.0.1", "::1"})
_FAMILIES = frozenset({socket.AF_INET, socket.AF_INET6})

_lock = threading.Lock()
_blocks = 0


@contextmanager
def loopback() -> Iterator[None]:
    """Let sockets be opened that stay on this machine, until the block ends."""
    global _blocks  # noqa: PLW0603 - an audit hook has no other way to know
    with _lock:
        _blocks += 1
    try:
        yield
    finally:
        with _lock:
            _blocks -= 1


def permits(event: str, arguments: tuple[object, ...]) -> bool:
    """Tell whether an audit event of `socket` is let through now."""
    if not _blocks:
        return False
    if event == "socket.__new__":
        return arguments[1] in _FAMILIES
    if event in ("socket.connect", "socket.bind"):
        place = arguments[1]
        return isinstance(place, tuple) and place[0] in NUMBERS
    # A connection to a number asks for it by the function that looks up names.
    return event == "socket.getaddrinfo" and arguments[0] in NUMBERS
