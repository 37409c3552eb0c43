"""Asking the web, through the real program and real sockets. A whole life is in `test_life`.

The benign half is the point of the rest: a command that was not told to ask opens nothing, and loads nothing
that could.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import AT, REPOSITORY
from tests.journeys.runner import Ran, environment, run_wallet
from tests.operations.connected import place_of
from tests.simulators.host import LoopbackWeb
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault

PASSPHRASE = "four bright lanterns drifting"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A person's folders, with a wallet in the usual place of her own choice."""
    create_vault(tmp_path / "wallet", PASSPHRASE, now=AT, kdf=FLOOR).vault.close()
    (tmp_path / "passphrase.txt").write_text(PASSPHRASE + "\n")
    return tmp_path


def wallet(home: Path, day: str, *arguments: str | Path, web: LoopbackWeb | None = None) -> Ran:
    return run_wallet(home, *arguments, "--vault", home / "wallet", "--passphrase-file",
                      home / "passphrase.txt", "--at", f"2026-{day}T00:00:00Z", web=web)


def publish(web: LoopbackWeb, issuer: SimulatedIssuer, *, days: int = 0) -> None:
    web.put(place_of(issuer.id), issuer.controller_document())
    web.put(issuer.list_address(), issuer.status_list(listed=LISTED_AT + timedelta(days=days)))


@pytest.mark.system
def test_withdrawn_and_told_in_words(home: Path) -> None:
    issuer = SimulatedIssuer("did:web")
    (home / "badge.json").write_bytes(issuer.badge(entries=(issuer.entry(1),)))
    with LoopbackWeb() as web:
        publish(web, issuer)
        first = wallet(home, "11-21", "import", home / "badge.json", "--online", "--json", web=web).json()
        assert first["imported"][0]["verdict"] == "valid"  # type: ignore[index] # it is a list of rows
        issuer.revoke(1)
        publish(web, issuer, days=4)
        told = wallet(home, "11-24", "refresh", "--online", web=web)
        assert told.out.endswith("1 withdrawn.\n")
        employer = run_wallet(home, "verify", home / "badge.json", "--online", "--json", "--at", "2026-11-24",
                              web=web)
        assert employer.code == 1
        assert "Asked northbridge.example" in employer.err


def test_what_was_not_told_to_ask_loads_nothing_that_could(home: Path) -> None:
    (home / "badge.json").write_bytes(SimulatedIssuer("did:web").badge())
    program = ("import sys, json\nfrom wallet.cli.commands import main\ncode = main(sys.argv[1:])\n"
               "print(json.dumps([code, sorted({'httpx', 'wallet.net.https', 'ssl'} & set(sys.modules))]),"
               " file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", program, "verify", str(home / "badge.json")], cwd=REPOSITORY,
                          env=environment(home), capture_output=True, text=True, check=True)
    assert json.loads(done.stderr.strip().splitlines()[-1]) == [3, []]
