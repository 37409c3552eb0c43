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
    (listed,) = run("backup", "list", tmp_path, "--json", "--vault", tmp_path / "wallet").json["backups"]
    assert (listed["path"], listed["wallet"]) == (str(target), "this one")
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


def test_a_plan_makes_backups_when_they_are_due(run: Run, filled: tuple[object, ...], tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run("backup", "create", *filled).code == 2
    assert "No backups are planned" in run("backup", "plan", *filled).out
    assert "Every 3 days" in run("backup", "plan", stick, "--every", 3, "--keep", 2, *filled).out
    first = run("backup", "create", "--scheduled", "--json", *filled, "--at", "2026-11-21")
    assert first.json["backup"]["credentials"] == 2
    assert "No backup is due" in run("backup", "create", "--scheduled", *filled, "--at", "2026-11-22").out
    assert run("backup", "create", *filled, "--at", "2026-11-22").code == 0
    assert len(list(stick.iterdir())) == 2
    assert run("backup", "plan", "--off", *filled).code == 0
    assert "No backup is due" in run("backup", "create", "--scheduled", *filled).out
    assert run("backup", "create", "x.vcwallet", "--scheduled", *filled).code == 2


def test_list_tells_which_wallet_and_what_is_in_it(
    run: Run, filled: tuple[object, ...], secret: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert run("backup", "create", folder / "mine.vcwallet", *filled).code == 0
    given = ("--vault", tmp_path / "second", "--passphrase-file", secret)
    assert run("create", *given).code == 0
    assert run("backup", "create", folder / "theirs.vcwallet", *given).code == 0
    (folder / "bad.vcwallet").write_bytes(b"not one")
    listed = run("backup", "list", folder, "--open", "--json", *filled).json["backups"]
    rows = {row["file"]: row for row in listed}
    assert {name: row["wallet"] for name, row in rows.items()} == {
        "mine.vcwallet": "this one", "theirs.vcwallet": "another", "bad.vcwallet": "damaged"}  # fmt: skip
    assert (rows["mine.vcwallet"]["credentials"], rows["theirs.vcwallet"]["credentials"]) == (2, 0)
    text = run("backup", "list", folder, *filled)
    assert "mine.vcwallet" in text.out
    assert "damaged" in text.out


def test_restoring_where_a_wallet_is_compares_and_asks(
    run: Run, filled: tuple[object, ...], secret: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "b.vcwallet"
    assert run("backup", "create", backup, *filled).code == 0
    ident = run("list", "--json", *filled).json["credentials"][0]["id"]
    assert run("delete", ident, *filled).code == 0
    asked = run("backup", "restore", backup, *filled)
    assert asked.code == 2
    assert "--merge" in asked.err
    assert len(run("list", "--json", *filled).json["credentials"]) == 1
    into = run("backup", "restore", backup, "--into", tmp_path / "apart", *filled)
    assert into.code == 0
    apart = ("--vault", tmp_path / "apart", "--passphrase-file", secret)
    assert len(run("list", "--json", *apart).json["credentials"]) == 2
    assert run("backup", "restore", backup, "--into", tmp_path / "apart", *filled).code == 2
    merged = run("backup", "restore", backup, "--merge", *filled)
    assert merged.code == 0
    assert "binned here" in merged.out
    assert len(run("list", "--json", *filled).json["credentials"]) == 2
