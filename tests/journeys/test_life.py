"""A life with the web, through operations and through the real command line; through the window elsewhere.

The hosts are sockets with real TLS on this machine. Each shell lives the same story (`life_story`) and has to
say the same words; what was asked is counted, and stands in the wallet's own list of requests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ASSETS
from tests.journeys.life_story import BEGIN, Look, live
from tests.journeys.runner import Ran, run_wallet
from tests.simulators.host import LoopbackWeb
from tests.simulators.life import HOME, LISTS_HOST, Life
from wallet.assemble import RELEASED
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.network import FetchOutcome, Permission
from wallet.model.stored import StoredCredential
from wallet.net.fetch import Fetcher, Offline
from wallet.operations import library
from wallet.operations.addresses import bring_address
from wallet.operations.intake import import_bytes
from wallet.operations.list_refresh import add_list_address
from wallet.operations.lookups import look_up
from wallet.operations.network import Door, ledger
from wallet.operations.refresh import RefreshSummary, refresh
from wallet.operations.session import Services, Session
from wallet.operations.wallets import Passphrase, lock, unlock_wallet
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault
from wallet.wording.asking import keys_changed, refresh_sentence
from wallet.wording.outcomes import Audience, headline, next_step, rows, sentence

PASSPHRASE = "four bright lanterns drifting"


@pytest.fixture
def life() -> Iterator[Life]:
    with LoopbackWeb() as web:
        yield Life(web, BEGIN)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A person's folders, with a wallet and its passphrase in a file."""
    create_vault(tmp_path / "wallet", PASSPHRASE, now=BEGIN, kdf=FLOOR).vault.close()
    (tmp_path / "passphrase.txt").write_text(PASSPHRASE + "\n")
    return tmp_path


class ByOperations:
    """The rooms below both shells, with a clock that the story moves; it is never set back."""

    def __init__(self, home: Path, web: Fetcher) -> None:
        self._now = BEGIN
        self._ids: dict[str, str] = {}
        self._services = Services(
            clock=lambda: self._now, contexts=Contexts.pinned(ASSETS / "contexts"), assets=ASSETS,
            vault_folder=home / "wallet", config_file=home / "settings.json", fetcher=web,
            clock_floor=RELEASED)
        self.session = self._open()

    def _open(self) -> Session:
        return unlock_wallet(self._services, self._services.vault_folder, Passphrase(PASSPHRASE))

    @property
    def door(self) -> Door:
        return self.session.door(Permission.COMMAND)

    def at(self, moment: datetime) -> None:
        self._now = moment

    def take(self, name: str, data: bytes) -> None:
        (row,) = import_bytes(self.session, data, f"{name}.json").rows
        self._ids[name] = row.credential_id

    def take_address(self, name: str, address: str) -> None:
        (row,) = bring_address(self.session, address, self.door).rows
        self._ids[name] = row.credential_id

    def trust(self, address: str, issuers: Sequence[str]) -> None:
        add_list_address(self.session, self.door, address, name="Known lists")
        look_up(self.session, self.door, issuers)

    def refresh(self) -> str:
        return told(refresh(self.session, self.door))

    def restart(self) -> None:
        lock(self.session)
        self._services = replace(self._services, fetcher=Offline())
        self.session = self._open()

    def verdicts(self) -> Mapping[str, str]:
        return named(library.credentials(self.session), self._ids)

    def look(self, name: str) -> Look:
        report = library.detail(self.session, self._ids[name]).report
        parts = [headline(report), sentence(report, Audience.LEARNER), next_step(report, Audience.LEARNER)]
        parts += [f"{row.answer}\n{row.source}" for row in rows(report, Audience.LEARNER)]
        return Look(report.verdict.value, "\n".join(parts))


def told(summary: RefreshSummary) -> str:
    """What a refresh says, in the words of both shells."""
    changes = Counter(one.kind for one in summary.changes)
    asked = summary.everything_asked
    lines = [keys_changed(one.issuer_id.removeprefix("did:web:")) for one in asked.changes]
    return "\n".join([*lines, refresh_sentence(changes, len(asked.silent_hosts))])


def named(found: Sequence[StoredCredential], ids: Mapping[str, str]) -> dict[str, str]:
    """The verdicts by the names of the story."""
    verdicts = {one.id: one.report.verdict.value for one in found}
    return {name: verdicts[one] for name, one in ids.items()}


class ByCommandLine:
    """The real program, in a process of its own for every act; it reaches the web of the story only."""

    def __init__(self, home: Path, web: LoopbackWeb) -> None:
        self._home = home
        self._web: LoopbackWeb | None = web
        self._now = BEGIN
        self._ids: dict[str, str] = {}
        self._verdicts: dict[str, str] = {}

    def run(self, *arguments: str | Path, codes: tuple[int, ...] = (0,), online: bool = False) -> Ran:
        """Run a command; where it does not ask the web, any socket ends it."""
        ran = run_wallet(self._home, *arguments, "--vault", self._home / "wallet", "--passphrase-file",
                         self._home / "passphrase.txt", "--at", self._now.isoformat(),
                         web=self._web if online else None)
        assert ran.code in codes, ran
        return ran

    def at(self, moment: datetime) -> None:
        self._now = moment

    def take(self, name: str, data: bytes) -> None:
        path = self._home / f"{name}.json"
        path.write_bytes(data)
        self._ids[name] = _imported(self.run("import", path, "--json"))

    def take_address(self, name: str, address: str) -> None:
        self._ids[name] = _imported(self.run("import", address, "--online", "--json", online=True))

    def trust(self, address: str, issuers: Sequence[str]) -> None:
        self.run("lists", "add", address, "--name", "Known lists", "--online", online=True)
        for one in issuers:
            assert "as a federation, which was asked" in self.run("issuer", "ask", one, "--online",
                                                                  online=True).out

    def refresh(self) -> str:
        return self.run("refresh", "--online", codes=(0, 3), online=True).out

    def restart(self) -> None:
        """Every act was a new process already; from now on none of them reaches anybody."""
        self._web = None

    def verdicts(self) -> Mapping[str, str]:
        listed: Any = self.run("list", "--json").json()["credentials"]
        verdicts = {row["id"]: row["verdict"] for row in listed}
        self._verdicts = {name: verdicts[one] for name, one in self._ids.items()}
        return self._verdicts

    def look(self, name: str) -> Look:
        return Look(self._verdicts[name], self.run("show", self._ids[name]).out)


def _imported(ran: Ran) -> str:
    rows: Any = ran.json()["imported"]
    assert len(rows) == 1
    return str(rows[0]["id"])


def test_a_life_through_operations(life: Life, home: Path) -> None:
    with life.web.https() as door:
        shell = ByOperations(home, door)
        live(life, shell)
        lines = [one for one in ledger(shell.session) if one.host not in (HOME, LISTS_HOST)]
        lock(shell.session)
    heard = Counter(one.address for one in life.web.requests if one.host not in (HOME, LISTS_HOST))
    assert Counter(one.address for one in lines) == heard
    assert {one.outcome for one in lines} == {
        FetchOutcome.FETCHED, FetchOutcome.UNCHANGED, FetchOutcome.MISSING, FetchOutcome.GONE}


@pytest.mark.system
def test_a_life_through_the_command_line(life: Life, home: Path) -> None:
    live(life, ByCommandLine(home, life.web))
