"""The command line in this process and in a real one, a wallet to use it on, and files to check."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.unwaited import wait_for_no_disk
from wallet.cli.commands import main

PASSPHRASE = "four bright lanterns drifting"
AT = ("--at", "2026-11-21T00:00:00Z")


@dataclass(frozen=True, slots=True)
class Ran:
    """One finished command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, which must be JSON and nothing else."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _unwaited_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for_no_disk(monkeypatch)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def runner(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(code, captured.out, captured.err)

    return runner


def spawn(*arguments: object, stdin: bytes = b"", **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the real program in a process of its own."""
    command = [sys.executable, "-m", "wallet", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, **options)


@pytest.fixture(scope="session")
def issuer() -> SimulatedIssuer:
    made = SimulatedIssuer("did:web")
    made.entry(0)
    made.revoke(3)
    return made


@pytest.fixture(scope="session")
def evidence(issuer: SimulatedIssuer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a map of everything the issuer publishes."""
    folder = tmp_path_factory.mktemp("evidence")
    table = {}
    for number, (address, data) in enumerate(issuer.evidence().items()):
        (folder / f"{number}.json").write_bytes(data)
        table[address] = f"{number}.json"
    (folder / "map.json").write_text(json.dumps(table))
    return folder


@pytest.fixture(scope="session")
def files(issuer: SimulatedIssuer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file per verdict: what it is called is what it is."""
    folder = tmp_path_factory.mktemp("files")
    good = issuer.badge(entries=(issuer.entry(1),))
    own = SimulatedIssuer("did:key", name="Lakeside Makers", seed="lakeside")
    contents = {
        "valid.json": good,
        "revoked.json": issuer.badge(entries=(issuer.entry(3),), number=3),
        "tampered.json": good.replace(b"Data Analysis Foundations", b"Data Analysis Mastery...."),
        "self-made.json": own.badge(title="Laser Cutter"),
        "malformed.json": b"{",
        "token.jwt": issuer.badge_jwt(number=4),
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="session")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds the passphrase."""
    path = tmp_path_factory.mktemp("secret") / "passphrase.txt"
    path.write_text(PASSPHRASE + "\n")
    return path


@pytest.fixture(scope="session")
def empty_wallet(tmp_path_factory: pytest.TempPathFactory, secret: Path) -> Path:
    """A wallet with nothing in it, to be copied: making one costs a key derivation."""
    folder = tmp_path_factory.mktemp("empty") / "wallet"
    assert main(["create", "--vault", str(folder), "--passphrase-file", str(secret)]) == 0
    return folder


@pytest.fixture(scope="session")
def filled_wallet(empty_wallet: Path, files: Path, evidence: Path, secret: Path) -> Path:
    """A wallet with one good and one withdrawn credential and the issuer's documents, to be copied."""
    folder = empty_wallet.with_name("filled")
    shutil.copytree(empty_wallet, folder)
    given = ("--vault", str(folder), "--passphrase-file", str(secret))
    assert main(["evidence", "add", str(evidence), *given]) == 0
    assert main(["import", str(files / "valid.json"), str(files / "revoked.json"), *given, *AT]) == 0
    return folder


@pytest.fixture
def options(tmp_path: Path, empty_wallet: Path, secret: Path) -> tuple[object, ...]:
    """The options that open a wallet of the test's own."""
    shutil.copytree(empty_wallet, tmp_path / "wallet")
    return ("--vault", tmp_path / "wallet", "--passphrase-file", secret)


@pytest.fixture
def filled(tmp_path: Path, filled_wallet: Path, secret: Path) -> tuple[object, ...]:
    """The options that open a filled wallet of the test's own."""
    shutil.copytree(filled_wallet, tmp_path / "wallet")
    return ("--vault", tmp_path / "wallet", "--passphrase-file", secret)
