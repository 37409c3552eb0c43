"""The report of a check, and checking with leave to ask the web."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import AT, Run
from tests.conftest import ASSETS
from tests.operations.connected import publish
from tests.share.pages import PageReader
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet import assemble
from wallet.cli.exit_codes import ExitCode
from wallet.model.credential import EvidenceClass
from wallet.model.report import Level, Verdict
from wallet.share.report_page import MAX_FULL_FILES, MAX_FULL_ITEMS, MAX_NAMED_FILES

ADDRESS = "https://northbridge.example/badges/1"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> SimulatedWeb:
    issuer, web = SimulatedIssuer("did:web"), SimulatedWeb()
    web.put(ADDRESS, issuer.badge(entries=(issuer.entry(1),)))
    publish(web, issuer)
    monkeypatch.setattr(assemble, "web", lambda: web)
    return web


def test_a_file_is_checked_by_what_its_issuer_publishes(run: Run, files: Path, web: SimulatedWeb) -> None:
    offline = run("verify", files / "valid.json", *AT)
    assert (offline.code, web.addresses) == (ExitCode.UNDECIDED, ())
    online = run("verify", files / "valid.json", "--online", "--json", *AT)
    assert online.code == ExitCode.ACCEPTED
    assert online.json["results"][0]["verdict"] == "valid"
    assert "Asked northbridge.example for keys of an issuer: came." in online.err
    assert run("verify", files / "valid.json", "--offline", *AT).code == ExitCode.UNDECIDED


def test_an_address_is_checked_only_with_leave(run: Run, web: SimulatedWeb) -> None:
    refused = run("verify", ADDRESS, *AT)
    assert (refused.code, web.addresses) == (ExitCode.USAGE, ())
    row = run("verify", ADDRESS, "--online", "--json", *AT).json["results"][0]
    assert (row["file"], row["verdict"]) == (ADDRESS, "valid")
    missing = run("verify", "https://northbridge.example/none", "--online", "--json", *AT)
    assert missing.code == ExitCode.UNREADABLE


def test_no_answer_is_no_forgery(run: Run, files: Path, web: SimulatedWeb) -> None:
    web.unreachable("northbridge.example")
    ran = run("verify", files / "valid.json", "--online", *AT)
    assert ran.code == ExitCode.UNDECIDED
    assert "host_unreachable" in ran.err


def test_the_report_has_the_rows_and_what_was_asked(run: Run, files: Path, web: SimulatedWeb,
                                                    tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    ran = run("verify", files / "valid.json", "--online", "--report", target, *AT)
    assert ran.code == ExitCode.ACCEPTED
    written = json.loads(target.read_text("utf-8"))
    assert written["results"][0]["verdict"] == "valid"
    assert len(written["asked"]) == len(web.addresses) == 2
    printed = run("verify", files / "valid.json", "--online", "--json", "--report", target, *AT).json
    assert printed["results"] == json.loads(target.read_text("utf-8"))["results"]


def test_the_guide_names_every_member_of_a_report(run: Run, files: Path, evidence: Path, web: SimulatedWeb,
                                                  tmp_path: Path) -> None:
    guide = (ASSETS / "guide" / "reports.md").read_text("utf-8")
    target = tmp_path / "report.json"
    run("verify", "-r", files, "--online", "--report", target, *AT)
    written = json.loads(target.read_text("utf-8"))
    (row, *_), (asked, *_) = written["results"], written["asked"]
    wanted = [name for one in written["results"] for part in one["wanted"] for name in part]
    for name in (*written, *row, *asked, *row["checks"][0], *row["issuer"], *row["dates"], *row["tool"],
                 *wanted, "items"):
        assert f"`{name}`" in guide, name
    for word in (*EvidenceClass, *Verdict, *Level):
        assert f"`{word.value}`" in guide, word
    assert f"{MAX_FULL_FILES} files" in guide
    assert f"{MAX_NAMED_FILES:,}" in guide
    assert f"{MAX_FULL_ITEMS} credentials" in guide


def test_another_kind_of_report_is_refused_before_anything_is_checked(run: Run, files: Path,
                                                                      tmp_path: Path) -> None:
    ran = run("verify", files / "valid.json", "--report", tmp_path / "report.pdf")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert not (tmp_path / "report.pdf").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_says_what_was_printed_and_lets_nothing_in(run: Run, files: Path, evidence: Path,
                                                          tmp_path: Path, jobs: int) -> None:
    target = tmp_path / "report.html"
    ran = run("verify", "-r", files, "--evidence", evidence, "--require", "listed", "--jobs", jobs,
              "--report", target, *AT)
    assert ran.code != ExitCode.ACCEPTED
    shown = PageReader(target.read_bytes())
    names = [path.name for path in sorted(files.iterdir())]
    assert [name for name in names if name not in shown.quoted] == []
    assert "0 of 6 are fine" in shown.text
    assert "Refused, because you require: listed" in shown.text
    for line in ran.out.splitlines():
        if line.strip().startswith("The digital seal"):
            assert line.strip() in shown.text
    assert "Nothing was asked of the web." in shown.text


def test_a_page_names_what_was_asked(run: Run, files: Path, web: SimulatedWeb, tmp_path: Path) -> None:
    target = tmp_path / "report.HTM"
    assert run("verify", files / "valid.json", "--online", "--report", target, *AT).code == ExitCode.ACCEPTED
    assert web.addresses
    shown = PageReader(target.read_bytes())
    assert "northbridge.example" in shown.quoted
    assert "a withdrawal list" in shown.text


def test_rows_of_a_report_do_not_depend_on_how_results_are_printed(run: Run, files: Path, evidence: Path,
                                                                   tmp_path: Path) -> None:
    written = []
    for number, shape in enumerate(([], ["--jsonl"], ["--csv"], ["--json"])):
        target = tmp_path / f"{number}.json"
        run("verify", "-r", files, "--evidence", evidence, "--report", target, *shape, *AT)
        written.append(json.loads(target.read_text("utf-8")))
    assert len(written[0]["results"]) == 6
    assert all(one == written[0] for one in written)


def test_fail_fast_stops_at_the_first_that_is_not_accepted(run: Run, files: Path, evidence: Path) -> None:
    paths = [files / name for name in ("valid.json", "tampered.json", "malformed.json")]
    given = ("--evidence", evidence, "--json", *AT)
    rows = run("verify", *paths, "--fail-fast", *given).json["results"]
    assert [one["verdict"] for one in rows] == ["valid", "invalid"]
    assert len(run("verify", *paths, *given).json["results"]) == 3
