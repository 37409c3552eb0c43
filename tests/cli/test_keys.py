from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import pytest

from tests.cli.conftest import PASSPHRASE, Run
from tests.vault.keychains import Computer
from wallet.cli import keys
from wallet.cli.exit_codes import ExitCode
from wallet.formats.qr import read_qr
from wallet.operations import keychain
from wallet.operations.recovery import fresh_recovery_code

NEW = "seven quiet harbours at dawn"
Options = tuple[object, ...]


@pytest.fixture
def new_secret(tmp_path: Path) -> Path:
    path = tmp_path / "new-secret.txt"
    path.write_text(NEW + "\n")
    return path


def code_in(out: str) -> str:
    """The recovery code that was printed."""
    return next(line.strip() for line in out.splitlines() if line.count("-") == 5 and line.startswith("    "))


def with_secret(options: Options, path: Path) -> Options:
    return (*options[:2], "--passphrase-file", path)


def test_the_passphrase_is_changed(run: Run, options: Options, new_secret: Path) -> None:
    assert run("passphrase", *options, "--new-passphrase-file", new_secret).code == ExitCode.ACCEPTED
    assert run("unlock-test", *options).code == ExitCode.LOCKED
    assert run("unlock-test", *with_secret(options, new_secret)).code == ExitCode.ACCEPTED


def test_a_new_code_is_shown_and_its_sheet_written(run: Run, options: Options, tmp_path: Path) -> None:
    done = run("recovery", "renew", *options, "--sheet", tmp_path / "sheet.txt")
    assert done.code == ExitCode.ACCEPTED
    code = code_in(done.out)
    assert all(group in (tmp_path / "sheet.txt").read_text() for group in code.split("-"))
    (tmp_path / "code.txt").write_text(code)
    given = ("--recovery-code", "--passphrase-file", tmp_path / "code.txt")
    assert run("unlock-test", *options[:2], *given).code == ExitCode.ACCEPTED
    assert run("recovery", "sheet", "--out", tmp_path / "s.png", *options[:2], *given[1:]).code == 0
    assert read_qr((tmp_path / "s.png").read_bytes()) == (code,)


def test_a_sheet_is_not_made_of_another_code(run: Run, options: Options, tmp_path: Path) -> None:
    (tmp_path / "code.txt").write_text(fresh_recovery_code())
    done = run("recovery", "sheet", "--out", tmp_path / "s.txt", *options[:2], "--passphrase-file",
               tmp_path / "code.txt")
    assert done.code == ExitCode.LOCKED
    assert not (tmp_path / "s.txt").exists()


def test_everything_is_encrypted_anew(run: Run, filled: Options, new_secret: Path) -> None:
    done = run("rotate", *filled, "--new-passphrase-file", new_secret)
    assert done.code == ExitCode.ACCEPTED
    assert "Backups and copies made before" in done.err
    assert run("unlock-test", *filled).code == ExitCode.LOCKED
    opened = run("unlock-test", *with_secret(filled, new_secret))
    assert "2 credentials" in opened.out
    assert opened.err == ""


def test_what_is_typed_back_is_compared_until_it_fits(monkeypatch: pytest.MonkeyPatch,
                                                      capsys: pytest.CaptureFixture[str]) -> None:
    code = fresh_recovery_code()
    answers = iter(["nonsense", fresh_recovery_code(), code.lower()])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers))
    keys.have_it_typed_back(code)
    assert list(answers) == []
    said = capsys.readouterr().err
    assert "slip" in said
    assert "not the one above" in said


def test_quick_unlock_opens_without_a_passphrase_and_goes(run: Run, options: Options,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    computer = Computer()
    monkeypatch.setattr(keychain, "Keychain", lambda *_, **__: computer.keychain)
    vault = options[:2]
    assert json.loads(run("quick-unlock", "status", *vault, "--json").out)["on"] is False
    assert run("quick-unlock", "on", *options, "--days", 7).code == ExitCode.ACCEPTED
    assert json.loads(run("quick-unlock", "status", *vault, "--json").out)["on"] is True
    assert run("unlock-test", *vault).code == ExitCode.ACCEPTED
    assert run("quick-unlock", "off", *options).code == ExitCode.ACCEPTED
    assert run("unlock-test", *vault).code == ExitCode.LOCKED  # nobody to ask


def test_a_lost_keychain_asks_for_the_passphrase(run: Run, options: Options,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keychain, "Keychain", lambda *_, **__: Computer().keychain)
    assert run("quick-unlock", "on", *options).code == ExitCode.ACCEPTED
    told = run("unlock-test", *options[:2])  # another computer's keychain: empty
    assert "keychain_lost" in told.err
    assert told.code == ExitCode.LOCKED
    assert run("unlock-test", *options).code == ExitCode.ACCEPTED


def test_keys_are_made_chosen_and_retired(run: Run, options: Options) -> None:
    assert run("keys", "new", *options, "--label", "jobs").code == 0
    assert run("keys", "default", "jobs", *options).code == 0
    assert run("keys", "retire", "1", *options).code == 0
    assert run("keys", "label", "2", "work", *options).code == 0
    found = run("keys", "list", *options, "--json").json["keys"]
    assert [(one["label"], one["default"], bool(one["retired"])) for one in found] == [
        ("", False, True), ("work", True, False)]
    assert "did:key:" in run("keys", "list", *options).out
    assert run("keys", "retire", "2", *options).code == ExitCode.USAGE
    assert run("keys", "new", *options, "--instead-of", "work").code == 0


def test_a_key_leaves_and_comes_back(run: Run, options: Options, new_secret: Path, tmp_path: Path) -> None:
    out = tmp_path / "key.jwe"
    assert run("keys", "export", "1", *options, "--out", out, "--file-secret", new_secret).code == 0
    assert b"{" not in out.read_bytes()
    assert run("keys", "import", out, *options, "--file-secret", new_secret).code == 0
    assert run("keys", "import", out, *options, "--file-secret", options[3]).code == ExitCode.LOCKED
    plain = tmp_path / "key.json"
    assert run("keys", "export", "1", *options, "--out", plain, "--unsafe-plain").code == 0
    assert json.loads(plain.read_bytes())["kty"] == "OKP"
    assert PASSPHRASE not in plain.read_text()
    wrong = with_secret(options, new_secret)
    refused = run("keys", "export", "1", *wrong, "--out", tmp_path / "no", "--unsafe-plain")
    assert refused.code == ExitCode.LOCKED
    assert not (tmp_path / "no").exists()
