"""`wallet merge`."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import AT, Run


def test_a_backup_of_another_wallet_comes_in_once(
    run: Run, options: tuple[object, ...], filled_wallet: Path, secret: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(filled_wallet, other)
    given = ("--vault", other, "--passphrase-file", secret)
    backup = tmp_path / "b.vcwallet"
    assert run("backup", "create", backup, *given).code == 0
    told = run("merge", backup, "--dry-run", "--json", *options).json["comparison"]
    assert (told["both"], len(told["onlyThere"]), told["onlyHere"]) == (0, 2, [])
    assert run("list", "--json", *options).json["credentials"] == []
    assert "only there" in run("merge", backup, "--dry-run", *options).out
    done = run("merge", backup, "--json", *options, *AT).json["merged"]
    assert len(done["added"]) == 2
    verdicts = [row["verdict"] for row in run("list", "--json", *options, *AT).json["credentials"]]
    assert sorted(verdicts) == ["revoked", "valid"]
    assert "Nothing was changed" in run("merge", backup, *options).out
    assert "Nothing was changed" in run("merge", other, *options).out


def test_a_wallet_is_not_merged_with_itself_nor_without_its_passphrase(
    run: Run, filled: tuple[object, ...], tmp_path: Path
) -> None:
    assert run("merge", tmp_path / "wallet", *filled).code == 2
    assert run("backup", "create", tmp_path / "b.vcwallet", *filled).code == 0
    (tmp_path / "wrong").write_text("five dim candles standing")
    refused = run("merge", tmp_path / "b.vcwallet", "--their-passphrase-file", tmp_path / "wrong", *filled)
    assert refused.code == 5
    assert "(vault_wrong_passphrase)" in refused.err
