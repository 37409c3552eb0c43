"""One file with everything: made, tried out, taken back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_backup_comes_back_as_the_same_wallet(
    run: Run, filled: tuple[object, ...], secret: Path, tmp_path: Path
) -> None:
    target = tmp_path / "november.vcwallet"
    made = run("backup", "create", "--json", target, *filled).json["backup"]
    assert made["credentials"] == 2
    assert run("backup", "test", target, "--passphrase-file", secret).code == 0
    assert run("backup", "list", tmp_path, "--json").json["backups"] == [str(target)]
    copy = ("--vault", tmp_path / "copy", "--passphrase-file", secret)
    assert run("backup", "restore", target, *copy).code == 0
    assert len(run("list", "--json", *copy).json["credentials"]) == 2
    assert run("backup", "restore", target, *copy).code == 2


def test_damaged_backup_is_told_from_a_wrong_passphrase(
    run: Run, filled: tuple[object, ...], secret: Path, tmp_path: Path
) -> None:
    target = tmp_path / "b.vcwallet"
    assert run("backup", "create", target, *filled).code == 0
    (tmp_path / "wrong").write_text("five dim candles standing")
    assert run("backup", "test", target, "--passphrase-file", tmp_path / "wrong").code == 5
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(bytes(data))
    done = run("backup", "test", target, "--passphrase-file", secret)
    assert done.code == 4
    assert "(backup_damaged)" in done.err


def test_backup_never_replaces_a_file(run: Run, options: tuple[object, ...], tmp_path: Path) -> None:
    target = tmp_path / "b.vcwallet"
    target.write_text("mine")
    done = run("backup", "create", target, *options)
    assert done.code == 2
    assert target.read_text() == "mine"
