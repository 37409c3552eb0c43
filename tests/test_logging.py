"""What `--verbose` shows: enough to see where it stopped, nothing of the learner's, no library's words."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.cli.conftest import spawn
from wallet import assemble

PASSPHRASE = "zqxpass seven lanterns drifting"


def test_a_run_says_which_wish_how_long_and_how_it_ended(tmp_path: Path) -> None:
    secret, folder = tmp_path / "zqxsecret", tmp_path / "zqxfolder"
    secret.write_text(PASSPHRASE)
    given = ("--vault", folder, "--passphrase-file", secret)
    made = spawn("--verbose", "create", *given)
    missing = spawn("--verbose", "show", "zqxident", *given)
    for ran in (made, missing):
        lines = [line for line in ran.stderr.decode().splitlines() if line.startswith("DEBUG ")]
        assert len(lines) >= 6
        assert not any("zqx" in line or str(tmp_path) in line for line in lines)
    told = missing.stderr.decode()
    assert "wallet.cli.commands: show begun" in told
    assert "detail ended after" in told
    assert "credential_not_found" in told
    assert "VaultError in wallet.cli.commands:" in told
    assert "with exit code 2" in told
    assert b"DEBUG" not in spawn("show", "zqxident", *given).stderr


def test_other_programs_words_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assemble.start_logging(verbose=True)
    logging.getLogger("wallet.here").debug("ours")
    logging.getLogger("PIL.something").warning("a claim from a picture")
    assemble.start_logging(verbose=False)
    logging.getLogger("wallet.here").debug("not now")
    told = capsys.readouterr().err
    assert "DEBUG wallet.here: ours" in told
    assert "claim" not in told
    assert "not now" not in told
