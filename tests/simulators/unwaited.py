"""A disk that nobody waits for, in rooms that prove nothing about power cuts: `tests/vault` and
`tests/faults` do, and wait."""

from __future__ import annotations

import os

import pytest

from wallet.vault.database import Database


def wait_for_no_disk(patch: pytest.MonkeyPatch) -> None:
    """Set every database up as the program does, then let the system write it down when it likes."""
    set_up = Database._set_up

    def unwaited(database: Database) -> None:
        set_up(database)
        database.rows("PRAGMA synchronous=OFF")

    patch.setattr(Database, "_set_up", unwaited)
    patch.setattr(os, "fsync", os.fstat)  # a descriptor that is not open is still refused
