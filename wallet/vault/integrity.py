"""Looking a vault over from the first page to the last."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.limits import MIB
from wallet.model.reasons import ReasonCode, reason

from .contents import altered_contents
from .database import Database
from .steps import WHOLE, Step, part, unwatched
from .store import Vault

#: A larger store is read from two sides at once.
_LARGE: Final = 32 * MIB


def check_integrity(vault: Vault, step: Step = unwatched) -> None:
    """Read everything: the pages, the references, the search index and the hash of every kept file.

    Raises:
        VaultError: VAULT_DAMAGED, with `what` naming the part.
    """
    database = vault.database
    alone = vault.read_only or database.rollback_journal or database.depth > 0 or database.size < _LARGE
    if alone:  # also where another connection would have to wait for this one
        demand_sound_store(database, part(step, 0, 50))
        with database.watched(part(step, 50, WHOLE)):
            _demand_sound_contents(vault)
        return
    other = Database(database.path, vault.keys.database, replace(database.access, read_only=True))
    try:
        with ThreadPoolExecutor(1) as beside:
            pages = beside.submit(demand_sound_store, other, step)
            try:
                with database.watched(step):
                    _demand_sound_contents(vault)
            finally:
                pages.result()  # what is wrong with the pages explains the rest
    finally:
        other.close()


def demand_sound_store(database: Database, step: Step = unwatched) -> None:
    """Read every page and compare indexes with tables.

    Raises:
        VaultError: VAULT_DAMAGED; what `step` raises.
    """
    with database.reading_all(), database.watched(step):
        if database.rows("PRAGMA integrity_check(1)") != (("ok",),):
            raise _damaged("store")


def _demand_sound_contents(vault: Vault) -> None:
    database = vault.database
    with database.reading_all():
        if database.rows("PRAGMA foreign_key_check"):
            raise _damaged("references")
        if altered_contents(database):
            raise _damaged("content")
        if not vault.read_only:  # the index is compared by a statement that counts as writing
            with database.transaction():
                database.rows("INSERT INTO search(search, rank) VALUES('integrity-check', 1)")


def _damaged(what: str) -> VaultError:
    return VaultError(reason(ReasonCode.VAULT_DAMAGED, what=what))
