"""What every test may use: the shared vectors, the shipped assets, a fixed time, Qt without a screen."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.simulators.loopback import permits
from wallet.vault.cipher import FLOOR, KdfParameters

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


@pytest.fixture(scope="session", autouse=True)
def cheap_guesses() -> Iterator[None]:
    """Vaults made in tests cost a guess the least that is allowed, not what this machine could."""
    with pytest.MonkeyPatch.context() as patch:
        for room in ("container", "slots"):
            patch.setattr(f"wallet.vault.{room}.tuned_parameters", _as_cheap_as_allowed)
        yield


def _as_cheap_as_allowed(at_least: KdfParameters = FLOOR) -> KdfParameters:
    return at_least


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


@pytest.fixture(scope="session", autouse=True)
def _nothing_plain_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No file that the run made may be a database that is not encrypted."""
    yield
    plain = plain_databases(tmp_path_factory.getbasetemp())
    assert plain == [], f"not encrypted: {plain}"


def plain_databases(folder: Path, most: int = 500_000) -> list[str]:
    """Return the files below a folder that begin as SQLite's own do, looking at that many at most."""
    found = []
    for number, (place, name) in enumerate((place, name) for place, _, names in os.walk(folder)
                                           for name in names):
        path = Path(place, name)
        if number >= most:
            break
        if path.is_symlink() or not path.is_file():
            continue
        try:
            with path.open("rb") as file:
                plain = file.read(16) == b"SQLite format 3\x00"
        except OSError:
            continue
        if plain:
            found.append(str(path.relative_to(folder)))
    return found


@pytest.fixture
def at() -> datetime:
    """One fixed now."""
    return AT
