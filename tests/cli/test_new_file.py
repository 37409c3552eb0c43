"""Secrets are written into new files only: a slip of the keyboard costs no other file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("words", [
    ("create", "--sheet"), ("keys", "export", "1", "--unsafe-plain", "--out"), ("recovery", "sheet", "--out"),
    ("recovery", "renew", "--sheet"), ("rotate", "--sheet")], ids=" ".join)
def test_a_file_that_is_there_stays_as_it_is(run: Run, filled: tuple[object, ...], tmp_path: Path,
                                             words: tuple[str, ...]) -> None:
    taken = tmp_path / "diploma.json"
    taken.write_text("the only copy")
    vault = Path(str(filled[filled.index("--vault") + 1]))
    before = (vault / "vault.head").read_bytes()
    done = run(*words, taken, *filled)
    assert done.code == 2
    assert "is there already" in done.err
    assert taken.read_text() == "the only copy"
    assert (vault / "vault.head").read_bytes() == before


def test_a_new_file_is_for_this_user_alone(run: Run, filled: tuple[object, ...], tmp_path: Path) -> None:
    out = tmp_path / "key.json"
    assert run("keys", "export", "1", "--unsafe-plain", "--out", out, *filled).code == 0
    if os.name != "nt":
        assert out.stat().st_mode & 0o777 == 0o600
