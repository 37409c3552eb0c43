from __future__ import annotations

import os
from pathlib import Path

import pytest

from wallet.vault.known_copies import known_generation, note_generation

ID, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "config" / "known-wallets.json"


def test_the_highest_number_is_remembered_for_each_vault(memory: Path) -> None:
    assert known_generation(memory, ID) == 0
    note_generation(memory, ID, 7)
    note_generation(memory, OTHER, 3)
    note_generation(memory, ID, 5)
    assert (known_generation(memory, ID), known_generation(memory, OTHER)) == (7, 3)


def test_a_learner_who_wants_the_older_copy_is_obeyed(memory: Path) -> None:
    note_generation(memory, ID, 7)
    note_generation(memory, ID, 5, anew=True)
    assert known_generation(memory, ID) == 5


def test_the_file_names_no_vault_and_is_private(memory: Path) -> None:
    note_generation(memory, ID, 7)
    assert ID not in memory.read_text()
    if os.name != "nt":
        assert memory.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"generations": 7}', b"\xff", b"[" * 5000,
                                     b'{"generations": {"x": -1, "y": true, "z": "1"}}'],
                         ids=["empty", "open", "list", "number", "bytes", "deep", "values"])
def test_a_file_that_makes_no_sense_is_an_empty_memory(memory: Path, content: bytes) -> None:
    memory.parent.mkdir()
    memory.write_bytes(content)
    assert known_generation(memory, ID) == 0
    note_generation(memory, ID, 2)
    assert known_generation(memory, ID) == 2


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file in the place of the folder")
    note_generation(tmp_path / "config" / "known.json", ID, 2)
    assert known_generation(tmp_path / "config" / "known.json", ID) == 0


def test_the_oldest_are_forgotten(memory: Path) -> None:
    for number in range(3):
        note_generation(memory, ID, number + 1)
    for number in range(1_005):
        if number in (0, 1_004):
            note_generation(memory, f"{number:032x}", 1)
    assert known_generation(memory, ID) == 3
