"""Looking a vault over from the first page to the last."""

from __future__ import annotations

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .contents import altered_contents
from .database import Database
from .store import Vault


def check_integrity(vault: Vault) -> None:
    """Read everything: the pages, the references, the search index and the hash of every kept file.

    Raises:
        VaultError: VAULT_DAMAGED, with `what` naming the part.
    """
    demand_sound_store(vault.database)
    if vault.database.rows("PRAGMA foreign_key_check"):
        raise _damaged("references")
    if altered_contents(vault.database):
        raise _damaged("content")
    if not vault.read_only:  # the index is compared by a statement that counts as writing
        with vault.database.transaction():
            vault.database.rows("INSERT INTO search(search, rank) VALUES('integrity-check', 1)")


def demand_sound_store(database: Database) -> None:
    """Read every page and compare indexes with tables.

    Raises:
        VaultError: VAULT_DAMAGED.
    """
    if database.rows("PRAGMA integrity_check(1)") != (("ok",),):
        raise _damaged("store")


def _damaged(what: str) -> VaultError:
    return VaultError(reason(ReasonCode.VAULT_DAMAGED, what=what))
