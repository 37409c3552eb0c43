"""Handing over: preview, pack, QR pictures, LinkedIn, the log."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import AT, Run
from tests.codec.samples import badge
from tests.simulators.selective import SelectiveIssuer
from tests.simulators.signing import compact_json
from wallet.cli.exit_codes import ExitCode


@pytest.fixture
def ident(run: Run, filled: tuple[object, ...]) -> str:
    rows = run("list", "--json", *filled, *AT).json["credentials"]
    return str(next(row["id"] for row in rows if row["verdict"] == "valid"))


def test_pack_is_checked_by_somebody_else(
    run: Run, filled: tuple[object, ...], ident: str, evidence: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "application.vcpack"
    asked = ("--domain", "harbor.example", "--challenge", "n-1")
    done = run("share", ident, "--to", "Harbor", *asked, "--expires", "30d", "--out", pack, *filled, *AT)
    assert done.code == 0, done.err
    assert done.out.strip() == str(pack)
    checked = run("verify", "--json", *AT, "--evidence", evidence, *asked, "--require", "live", pack)
    assert checked.code == 0
    (row,) = checked.json["results"]
    assert row["items"][0]["verdict"] == "valid"
    assert len(row["items"][0]["sha256"]) == 64
    wrong = run("verify", "--json", *AT, "--evidence", evidence, "--challenge", "n-2", pack)
    assert wrong.code == 1
    assert wrong.json["results"][0]["outcome"] == "holder_failed"
    assert wrong.json["results"][0]["items"][0]["verdict"] == "valid"
    late = run("verify", "--at", "2027-01-21", "--evidence", evidence, pack)
    assert late.code == 1


def test_qr_pictures_are_read_in_any_order(
    run: Run, filled: tuple[object, ...], ident: str, evidence: Path, tmp_path: Path
) -> None:
    done = run("share", ident, "--qr", tmp_path / "code.png", "--json", *filled, *AT)
    pictures = done.json["files"]
    checked = run("verify", "--json", *AT, "--evidence", evidence, *reversed(pictures))
    assert checked.code == 0
    assert checked.json["results"][0]["items"][0]["title"] == "Data Analysis Foundations"


def test_preview_shows_everything_and_leaves_nothing(
    run: Run, filled: tuple[object, ...], ident: str
) -> None:
    done = run("share", ident, "--preview", *filled, *AT)
    assert "Data Analysis Foundations" in done.out
    assert "Two marked projects" in done.out
    assert run("share", "log", "--json", *filled).json["shares"] == []
    shown = run("share", ident, "--preview", "--json", *filled, *AT).json
    assert shown["items"][0]["shareable"]


def test_linkedin_link_and_log(run: Run, filled: tuple[object, ...], ident: str) -> None:
    done = run("share", "linkedin", ident, "--json", *filled, *AT)
    assert done.json["url"].startswith(
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Data"
    )
    assert "certUrl" not in done.json["url"]
    (entry,) = run("share", "log", "--json", *filled).json["shares"]
    assert entry["channel"] == "linkedin"
    assert entry["titles"] == ["Data Analysis Foundations"]


def test_sharing_needs_somewhere_to_go_and_overwrites_nothing(
    run: Run, filled: tuple[object, ...], ident: str, tmp_path: Path
) -> None:
    assert run("share", ident, *filled).code == 2
    (tmp_path / "there.vcpack").write_text("mine")
    done = run("share", ident, "--out", tmp_path / "there.vcpack", *filled)
    assert done.code == 2
    assert (tmp_path / "there.vcpack").read_text() == "mine"


def test_an_end_in_the_past_is_refused(
    run: Run, filled: tuple[object, ...], ident: str, tmp_path: Path
) -> None:
    done = run("share", ident, "--expires", "2026-01-01", "--out", tmp_path / "x.vcpack", *filled, *AT)
    assert done.code == 1
    assert "(pack_ended)" in done.err
    assert not (tmp_path / "x.vcpack").exists()


def test_a_part_leaves_what_was_named_behind(run: Run, empty_wallet: Path, secret: Path,
                                             tmp_path: Path) -> None:
    folder = tmp_path / "wallet"
    shutil.copytree(empty_wallet, folder)
    given = ("--vault", folder, "--passphrase-file", secret)
    sealed = tmp_path / "badge.json"
    sealed.write_bytes(compact_json(SelectiveIssuer("ecdsa-sd-2023").seal(badge())))
    assert run("import", sealed, *given, *AT).code == 0
    (row,) = run("list", "--json", *given, *AT).json["credentials"]
    place = "/credentialSubject/achievement/description"
    assert f"can be left out: {place}" in run("share", row["id"], "--preview", *given, *AT).out
    pack = tmp_path / "part.vcpack"
    done = run("share", row["id"], "--leave-out", place, "--out", pack, "--yes", *given, *AT)
    assert done.code == 0, done.err
    assert b"Cleans tables" not in pack.read_bytes()
    assert b"A selection" in pack.read_bytes()
    shown = run("share", row["id"], "--leave-out", place, "--preview", "--json", *given, *AT).json["items"][0]
    assert (shown["leftOut"], shown["stillTold"], shown["verdict"]) == ([place], [], "valid")
    wrong = run("share", row["id"], "--leave-out", "/issuer", "--preview", *given, *AT)
    assert wrong.code == ExitCode.USAGE
    assert "/issuer" in wrong.err
