"""What every test may use: the shared vectors, the shipped assets, a fixed time, Qt without a screen."""

from __future__ import annotations

import compileall
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import hypothesis
import pytest

from tests.simulators.guesses import RememberedArgon2id, Salts
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


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program once, where processes that tests start may not write down what they compiled.

    And let no example fail because the machine was busy while it ran.
    """
    hypothesis.settings.register_profile("unhurried", hypothesis.settings(), deadline=None)
    hypothesis.settings.load_profile("unhurried")
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(REPOSITORY / "wallet", quiet=2)


#: The clock the published vectors assume.
AT = datetime(2026, 11, 21, tzinfo=UTC)
_SALTS = Salts()


@pytest.fixture(scope="session", autouse=True)
def cheap_guesses() -> Iterator[None]:
    """Vaults made in tests cost a guess the least that is allowed, not what this machine could, and once."""
    with pytest.MonkeyPatch.context() as patch:
        for room in ("container", "slots"):
            patch.setattr(f"wallet.vault.{room}.tuned_parameters", _as_cheap_as_allowed)
        patch.setattr("wallet.vault.cipher.Argon2id", RememberedArgon2id)
        patch.setattr("wallet.vault.unlocking.os", _SALTS)
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


@pytest.fixture(scope="session")
def _new_settings(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Folders that are made faster than pytest's own, which looks at all it has made before it makes one."""
    everyones, numbers = tmp_path_factory.mktemp("config"), count()

    def make() -> Path:
        folder = everyones / str(next(numbers))
        folder.mkdir()
        return folder

    return make


@pytest.fixture(autouse=True)
def _own_settings_and_salts(
    _new_settings: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """What a run remembers outside a wallet stays in the test, and no salt is used in it twice."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(_new_settings()))
    _SALTS.begin()
    yield
    _SALTS.end()


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
