"""A new computer, a backup file on a stick and the printed sheet: everything is there again.

The passphrase of the old computer is forgotten; the code is read from the sheet and typed as people type.
The same through the window is in `tests/ui/frame/test_restore_journey.py`.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.journeys.runner import Ran, run_wallet
from tests.journeys.test_command_line import write_evidence
from tests.simulators.issuer import SimulatedIssuer

AT = ("--at", "2026-11-21T12:00:00Z")
LATER = ("--at", "2027-02-01T12:00:00Z")


def code_on(sheet: str) -> str:
    """Return the code as somebody types it from paper: small letters, blanks for dashes, O for 0."""
    lines = [line.split() for line in sheet.splitlines() if line.startswith("    ")]
    groups = [group for line in lines for group in line if len(group) == 5 and group.isalnum()]
    assert len(groups) == 6
    return " ".join(groups).lower().replace("0", "o").replace("1", "l")


def everything(told: dict[str, Ran]) -> dict[str, Any]:
    """Return what the commands said, without what they say of the file they ran on."""
    return {name: json.loads(ran.out) for name, ran in told.items()}


def looked_at(home: Path, ident: str, *given: object) -> dict[str, Any]:
    """Ask the wallet for everything that a person would miss."""
    commands = {"list": ("list",), "bin": ("bin", "list"), "show": ("show", ident), "tags": ("tag", ident),
                "bundles": ("bundle", "list"), "shares": ("share", "log"), "keys": ("keys", "list"),
                "issuers": ("issuer", "list")}
    return everything({name: run_wallet(home, *words, "--json", *map(str, given))
                       for name, words in commands.items()})


def fill(home: Path, *given: object) -> str:
    """Use the wallet on the old computer; return the id of a credential in it."""
    issuer = SimulatedIssuer("did:web")
    write_evidence(home, issuer)
    for number in range(3):
        (home / f"{number}.json").write_bytes(issuer.badge(title=f"Badge {number}", number=number))
    came: tuple[tuple[str | Path, ...], ...] = (
        ("evidence", "add", home / "evidence"), ("import", *(home / f"{number}.json" for number in range(3))))
    for words in came:
        assert run_wallet(home, *words, *map(str, given)).code in (0, 3)
    first, second, third = (row["id"] for row in json.loads(
        run_wallet(home, "list", "--json", *map(str, given)).out)["credentials"])
    (home / "note.txt").write_text("For the harbor job")
    done: tuple[tuple[str | Path, ...], ...] = (
        ("note", first, f"@{home / 'note.txt'}"), ("tag", first, "job"), ("delete", third),
        ("bundle", "create", "Analyst", first, second),
        ("share", first, "--to", "Harbor", "--yes", "--out", home / "pack.vcpack"))
    for words in done:
        assert run_wallet(home, *words, *map(str, given)).code == 0, words
    return str(first)


def test_an_empty_home_a_backup_file_and_the_sheet_are_enough(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    (old / "passphrase").write_text("four bright lanterns drifting")
    given = ("--passphrase-file", old / "passphrase", *AT)
    assert run_wallet(old, "create", "--sheet", old / "sheet.txt", *given).code == 0
    ident = fill(old, *given)
    before = looked_at(old, ident, *given)
    assert run_wallet(old, "backup", "create", old / "stick.vcwallet", *given).code == 0
    sheet = (old / "sheet.txt").read_text("utf-8")
    new.mkdir()
    (new / "stick.vcwallet").write_bytes((old / "stick.vcwallet").read_bytes())
    shutil.rmtree(old)

    typed = new / "typed"
    code = code_on(sheet)
    typed.write_text(code[:-1] + ("y" if code[-1] in "xX" else "x"))
    by_code = ("--recovery-code", "--passphrase-file", typed, *AT)
    slip = run_wallet(new, "backup", "restore", "stick.vcwallet", *by_code)
    assert "(recovery_code_typo)" in slip.err
    assert not (new / "data").exists(), "a slip of the hand makes nothing"
    typed.write_text(code)
    assert "sound" in run_wallet(new, "backup", "test", "stick.vcwallet", *by_code).out
    restored = run_wallet(new, "backup", "restore", "stick.vcwallet", *by_code)
    assert restored.code == 0, restored.err
    assert looked_at(new, ident, *by_code) == before
    assert run_wallet(new, "doctor", "--unlock", *by_code).code == 0

    (new / "chosen").write_text("nine quiet harbors waking")
    assert run_wallet(new, "passphrase", "--new-passphrase-file", new / "chosen", *by_code).code == 0
    again = ("--passphrase-file", new / "chosen", *AT)
    assert looked_at(new, ident, *again) == before
    later = run_wallet(new, "show", ident, "--json", "--passphrase-file", new / "chosen", *LATER)
    assert json.loads(later.out)["credential"]["id"] == ident
    twice = run_wallet(new, "backup", "restore", "stick.vcwallet", *again)
    assert "It is the copy that did not open" in twice.err
    theirs = ("--their-passphrase-file", typed, "--their-recovery-code")
    twice = run_wallet(new, "backup", "restore", "stick.vcwallet", *theirs, *again)
    assert "The two hold the same." in twice.out or "It is older" in twice.out
    assert "(vault_exists)" in twice.err, "never over a wallet"
    assert looked_at(new, ident, *again) == before
