"""What every test may use: the shared vectors, the shipped assets, a fixed time, Qt without a screen."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.simulators.loopback import permits

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
#: Also for what is made before the first test; each test has one of its own.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="wallet-tests-")


_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_PLACES = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")


def _no_network(event: str, arguments: tuple[object, ...]) -> None:
    """Fail whatever opens a socket that could leave this machine, in every process that runs tests."""
    if not event.startswith("socket.") or permits(event, arguments):
        return
    if event == "socket.__new__" and arguments[1] != getattr(socket, "AF_UNIX", None):
        raise AssertionError(f"a test opened a socket: {arguments[1:]}")
    if event in _PLACES and isinstance(arguments[1], tuple):
        raise AssertionError(f"a test reached out: {arguments[1]}")
    if event in _LOOK_UPS:
        raise AssertionError(f"a test looked up a name: {arguments}")


sys.addaudithook(_no_network)

REPOSITORY = Path(__file__).resolve().parent.parent
ASSETS = REPOSITORY / "assets"
SHARED = REPOSITORY.parent / "shared"

#: The clock the published vectors assume.
AT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of credentials that others signed; skips, visibly, where it is absent."""
    folder = SHARED / "vectors"
    if not (folder / "expected.json").is_file():
        pytest.skip("no shared vectors beside the repository")
    return folder


@pytest.fixture(scope="session")
def peers() -> Path:
    """The folder of peers' libraries; skips, visibly, where it is absent."""
    folder = SHARED / "peers"
    if not (folder / "package.json").is_file():
        pytest.skip("no peers beside the repository")
    return folder


@pytest.fixture(scope="session")
def assets() -> Path:
    """The data the program ships with."""
    return ASSETS


@pytest.fixture(autouse=True)
def _settings_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a run remembers outside a wallet stays in the test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))


@pytest.fixture
def at() -> datetime:
    """One fixed now."""
    return AT
