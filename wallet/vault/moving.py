"""Putting a store in the place of another one, in steps of which any may be the last.

A new data key needs a new header and a new store, and no system replaces two files at once. So the new
store is finished under a name of its own; the header that replaces the old one names it, and that
replacement is the one moment at which the new secrets take the place of the old ones. Whoever opens the
vault after it moves the store over the old one, if nobody has yet. A store that no header names was never
handed to anybody and is removed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode

from .cipher import VaultKeys
from .database import Database
from .header import Header, write_header
from .locks import lock_file
from .places import (
    COPY_LOCK_NAME,
    HEADER_NAME,
    NEXT_NAME,
    STORE_NAME,
    STORE_SUFFIXES,
    remove_store,
    replace_file,
    sync_folder,
    writable,
    writing_error,
)
from .unlocking import read_vault_header


def unmoved(place: Path, token: str) -> Path:
    """Return the name that a store has until it is moved."""
    return place / f"{NEXT_NAME}.{token}"


def store_of(place: Path, header: Header) -> Path:
    """Return where the header's store lies: where stores lie, unless it could not be moved there yet."""
    waiting = unmoved(place, header.moving)
    return waiting if header.moving and waiting.exists() else place / STORE_NAME


def finish_move(place: Path, header: Header) -> None:
    """Move the header's store to where stores lie, if that was not done yet and can be done here.

    Raises:
        VaultError: VAULT_BUSY while another program does just this; FOLDER_UNWRITABLE, DISK_FULL.
    """
    waiting = unmoved(place, header.moving)
    if not (header.moving and waiting.exists() and writable(place)):
        return
    with lock_file(place / COPY_LOCK_NAME):
        if waiting.exists():
            move(place, waiting)


def move(place: Path, waiting: Path) -> None:
    """Move a store over the one that lies there; under the lock of copies.

    Raises:
        VaultError: FOLDER_UNWRITABLE or DISK_FULL.
    """
    store = place / STORE_NAME
    try:
        # A log of the old store beside the new one would be taken for its own.
        for suffix in STORE_SUFFIXES[1:]:
            store.with_name(store.name + suffix).unlink(missing_ok=True)
        sync_folder(place)
        waiting.replace(store)
        sync_folder(place)
    except OSError as error:
        raise writing_error(store, error) from None


def remove_unmoved(place: Path, header: Header) -> None:
    """Remove stores that no header names: of acts that ended before they counted."""
    left = [path for path in place.glob(f"{NEXT_NAME}.*") if path != unmoved(place, header.moving)]
    if not left:
        return
    try:
        with lock_file(place / COPY_LOCK_NAME):
            for path in left:
                remove_store(path)
    except VaultError as error:
        if error.reason.code is not ReasonCode.VAULT_BUSY:  # a backup is being written: another time
            raise


def clear_mark(place: Path, keys: VaultKeys, database: Database) -> None:
    """Take the name of a store that has been moved out of the header.

    Raises:
        VaultError: FOLDER_UNWRITABLE, DISK_FULL, VAULT_BUSY.
    """
    if not read_vault_header(place).header.moving:
        return
    with database.write_lock():
        current = read_vault_header(place)
        current.demand_authentic(keys)
        if current.header.moving and not unmoved(place, current.header.moving).exists():
            replace_file(place / HEADER_NAME, write_header(replace(current.header, moving=""), keys))
