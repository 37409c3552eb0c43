"""Asking the web from the command line: shown before, written down, and told in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import AT, Run
from tests.operations.connected import publish
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet import assemble
from wallet.cli.exit_codes import ExitCode
from wallet.model.network import Fetched, Order
from wallet.net.fetch import Fetcher

ADDRESS = "https://northbridge.example/badges/1"
Options = tuple[object, ...]
Open = Callable[[Fetcher], None]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> tuple[SimulatedIssuer, SimulatedWeb]:
    """An issuer, and a web that stands where the real one would."""
    issuer, web = SimulatedIssuer("did:web"), SimulatedWeb()
    web.put(ADDRESS, issuer.badge(entries=(issuer.entry(1),)))
    publish(web, issuer)
    monkeypatch.setattr(assemble, "web", lambda: web)
    return issuer, web


@pytest.fixture
def badge(world: tuple[SimulatedIssuer, SimulatedWeb], tmp_path: Path) -> Path:
    issuer, _ = world
    path = tmp_path / "badge.json"
    path.write_bytes(issuer.badge(entries=(issuer.entry(1),)))
    return path


def test_import_asks_only_with_leave(run: Run, options: Options, badge: Path,
                                     world: tuple[SimulatedIssuer, SimulatedWeb]) -> None:
    _, web = world
    offline = run("import", badge, "--json", *options, *AT).json["imported"][0]
    assert offline["verdict"] == "undetermined"
    assert web.addresses == ()
    online = run("import", badge, "--online", "--json", *options, *AT).json["imported"][0]
    assert (online["outcome"], online["verdict"]) == ("known", "valid")
    assert len(web.addresses) == 2


def test_an_address_is_imported(run: Run, options: Options,
                                world: tuple[SimulatedIssuer, SimulatedWeb]) -> None:
    refused = run("import", ADDRESS, *options)
    assert (refused.code, world[1].addresses) == (ExitCode.USAGE, ())
    assert "--online" in refused.err
    row = run("import", ADDRESS, "--online", "--json", *options, *AT).json["imported"][0]
    assert (row["outcome"], row["verdict"]) == ("added", "valid")
    missing = run("import", "https://northbridge.example/none", "--online", "--json", *options, *AT)
    assert missing.code == ExitCode.UNREADABLE
    assert missing.json["imported"][0]["reason"]["code"] == "answer_missing"


def test_refresh_first_says_what_it_would_ask(run: Run, options: Options, badge: Path,
                                              world: tuple[SimulatedIssuer, SimulatedWeb]) -> None:
    issuer, web = world
    run("import", badge, *options, *AT)
    sheet = run("refresh", *options, *AT)
    assert sheet.code == ExitCode.UNDECIDED
    assert "2 documents from northbridge.example." in sheet.out
    assert "not at which of its entries" in sheet.out
    assert run("refresh", "--json", *options, *AT).json["wouldAsk"][0]["host"] == "northbridge.example"
    assert web.addresses == ()
    done = run("refresh", "--online", *options, *AT)
    assert done.code == ExitCode.ACCEPTED
    assert "1 confirmed." in done.out
    issuer.revoke(1)
    publish(web, issuer)
    later = run("refresh", "--all", "--online", *options, "--at", "2026-11-24T00:00:00Z")
    assert ": withdrawn." in later.out
    assert later.out.endswith("1 withdrawn.\n")
    again = run("refresh", "--online", "--json", *options, "--at", "2026-11-25T00:00:00Z").json
    assert (again["judged"], again["changes"]) == (1, [])
    assert {one["outcome"] for one in again["asked"]} == {"unchanged"}


def test_a_silent_host_is_told_and_decides_nothing(run: Run, filled: Options,
                                                   world: tuple[SimulatedIssuer, SimulatedWeb]) -> None:
    world[1].unreachable("northbridge.example")
    ran = run("refresh", "--online", *filled, *AT)
    assert ran.code == ExitCode.UNDECIDED
    assert "Nothing changed, 1 site not reached." in ran.out
    assert "host_unreachable" in ran.err


def test_ids_or_all(run: Run, filled: Options) -> None:
    assert run("refresh", "7f3a", "--all", *filled).code == ExitCode.USAGE
    assert run("refresh", "zzzz", "--online", *filled).code == ExitCode.USAGE


def test_the_ledger_shows_every_request_and_can_be_emptied(
        run: Run, options: Options, world: tuple[SimulatedIssuer, SimulatedWeb]) -> None:
    assert "No request is on the list." in run("network", "log", *options).err
    run("import", ADDRESS, "--online", *options, *AT)
    rows = run("network", "log", "--json", *options).json["requests"]
    assert sorted(one["address"] for one in rows) == sorted(world[1].addresses)
    assert {one["allowed"] for one in rows} == {"command"}
    assert "a withdrawal list" in run("network", "log", "--limit", 9, *options).out
    assert run("network", "clear", *options).out == f"{len(rows)} lines forgotten.\n"
    assert run("network", "log", "--json", *options).json["requests"] == []


def test_sites_are_allowed_and_taken_back(run: Run, options: Options) -> None:
    assert run("network", "allow", "https://UNI.example/x", *options).out == "uni.example may be asked.\n"
    assert run("network", "sites", *options).out == "uni.example\n"
    assert run("network", "sites", "--json", *options).json["allowed"][0]["host"] == "uni.example"
    assert run("network", "revoke", "uni.example", *options).out == "Taken back.\n"
    assert run("network", "revoke", "uni.example", *options).out == "There was nothing to take back.\n"
    assert "None." in run("network", "sites", *options).err
    run("network", "allow", "--always", *options)
    assert run("network", "sites", "--json", *options).json["always"] is True
    assert run("network", "revoke", "--always", *options).out == "Taken back.\n"
    assert run("network", "allow", *options).code == ExitCode.USAGE
    assert run("network", "allow", "two words", *options).code != ExitCode.ACCEPTED


def test_renewal_needs_an_announcement(run: Run, options: Options, badge: Path,
                                       world: tuple[SimulatedIssuer, SimulatedWeb]) -> None:
    kept = run("import", badge, "--json", *options, *AT).json["imported"][0]["id"]
    ran = run("renew", kept, "--online", *options, *AT)
    assert ran.code == ExitCode.USAGE
    assert "renewal_none" in ran.err
    assert world[1].addresses == ()


class Stopping:
    """A fetcher at which the program dies."""

    def __init__(self, web: SimulatedWeb, after: int) -> None:
        self.web, self.left = web, after

    def fetch(self, order: Order) -> Fetched:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return self.web.fetch(order)


def test_an_interrupted_refresh_is_seen_and_gone_on_with(
        run: Run, options: Options, badge: Path, world: tuple[SimulatedIssuer, SimulatedWeb],
        monkeypatch: pytest.MonkeyPatch) -> None:
    _, web = world
    run("import", badge, *options, *AT)
    monkeypatch.setattr(assemble, "web", lambda: Stopping(web, 1))
    assert run("refresh", "--online", *options, *AT).code == ExitCode.INTERRUPTED
    rows = run("network", "log", "--json", *options).json["requests"]
    assert [one["outcome"] for one in rows] == ["asked", "fetched"]
    monkeypatch.setattr(assemble, "web", lambda: web)
    assert "1 confirmed." in run("refresh", "--online", *options, *AT).out
    assert set(web.requests.values()) == {1}
