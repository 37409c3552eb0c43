"""Leaving with everything, and moving in."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.cli.conftest import AT, Run
from wallet.keys.keypair import HolderKey


def test_everything_leaves_and_comes_back(
    run: Run, filled: tuple[object, ...], secret: Path, tmp_path: Path
) -> None:
    ident = run("list", "--json", *filled).json["credentials"][0]["id"]
    assert run("tag", ident, "job", *filled).code == 0
    done = run("leave", "--out", tmp_path / "all", "--with-keys", "--json", *filled).json["export"]
    assert (done["credentials"], done["encrypted"], done["withKeys"]) == (2, True, True)
    plain = run("leave", "--plain", "--out", tmp_path / "all.zip", *filled)
    assert "not encrypted" in plain.err
    assert zipfile.ZipFile(tmp_path / "all.zip").testzip() is None
    assert run("leave", "--out", tmp_path / "all", *filled).code == 2
    other = ("--vault", tmp_path / "other", "--passphrase-file", secret)
    assert run("create", *other).code == 0
    locked = run("take-over", tmp_path / "all", *other, *AT)
    assert locked.code == 5
    assert "(export_locked)" in locked.err
    theirs = ("--their-passphrase-file", secret)
    took = run("take-over", tmp_path / "all", "--with-keys", "--json", *theirs, *other, *AT)
    moved = took.json["takenOver"]
    assert len(moved["added"]) == 2
    assert moved["beside"]["tag"] == 1
    assert moved["beside"]["holder_key"] == 1
    assert run("tag", "--json", *other).json["tags"] == {"job": 1}
    assert "0 credentials came in, 2 were here" in run("take-over", tmp_path / "all.zip", *other, *AT).out


def test_another_wallets_file_comes_over_and_what_stays_is_listed(
    run: Run, options: tuple[object, ...], files: Path, tmp_path: Path
) -> None:
    credential = json.loads((files / "self-made.json").read_text())
    key = HolderKey.generate()
    backup = tmp_path / "Wallet Backup.json"
    backup.write_text(json.dumps([{
        "type": "UniversalWallet2020", "status": "UNLOCKED",
        "contents": [credential, {"id": key.did}, {"type": "ProfileMetadata", "data": {}}],
    }]))  # fmt: skip
    done = run("take-over", backup, "--json", *options, *AT).json["takenOver"]
    assert done["kind"] == "UniversalWallet2020"
    assert len(done["added"]) == 1
    assert [one["code"] for one in done["left"]] == ["left_no_credential", "left_no_credential"]
    text = run("take-over", backup, *options, *AT)
    assert "1 were here already" in text.out
    assert "ProfileMetadata" in text.out
    imported = run("import", backup, "--json", *options, *AT).json["imported"]
    assert [row["outcome"] for row in imported] == ["known", "refused", "refused"]


def test_a_backup_of_our_own_is_taken_over_as_a_merge(
    run: Run, filled: tuple[object, ...], secret: Path, tmp_path: Path
) -> None:
    assert run("backup", "create", tmp_path / "b.vcwallet", *filled).code == 0
    other = ("--vault", tmp_path / "other", "--passphrase-file", secret)
    assert run("create", *other).code == 0
    assert "2 credentials came in" in run("take-over", tmp_path / "b.vcwallet", *other, *AT).out
    assert run("import", tmp_path / "b.vcwallet", *other).code == 4
