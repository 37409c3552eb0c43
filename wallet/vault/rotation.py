"""Another data key, for a learner who thinks that somebody has a copy of her vault and its secrets.

The store is copied under the new key through SQLite's backup interface, looked over from the first page to
the last, and moved into place as `moving` describes: the header that names it is the moment from which the
new secrets count. Before it the old ones open, after it the new ones, and there is no moment between.

What this cannot do: copies and backups made before still open with the secrets they were made with.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .cipher import KEY_BYTES, KdfParameters, VaultKeys, vault_keys
from .container import opened
from .database import Access, Database
from .header import FORMAT_VERSION
from .integrity import demand_sound_store
from .locks import lock_file
from .moving import move, unmoved
from .places import (
    BEFORE_NAME,
    COPY_LOCK_NAME,
    COPY_NAME,
    HEADER_NAME,
    make_private_file,
    remove_store,
    replace_file,
    safe_folder,
    sync_file,
    sync_folder,
)
from .recovery import recovery_entropy
from .schema import demand_own_store, generation, set_meta
from .slots import Unlocked, proven_header, renewed_cost, unlocked
from .steps import WHOLE, Step, part, unwatched
from .unlocking import Passphrase, RecoveryCode, Secret, passphrase_slot, recovery_slot

_TOKEN_BYTES: Final = 8
#: How far everything is after each part, of the whole; the rest is what guesses are made expensive by.
_COPIED: Final = 50
_LOOKED_OVER: Final = 85


def rotate_data_key(folder: Path, secret: Secret, *, passphrase: str, recovery_code: str, now: datetime,
                    kdf: KdfParameters | None = None, vfs: str = "", step: Step = unwatched) -> None:
    """Encrypt everything under a new data key, wrapped for these two secrets; quick unlock is switched off.

    Args:
        folder: Of a vault that nobody has open, this program included.
        secret: What opens it now.
        passphrase: What opens it then; may be the same as before.
        recovery_code: A new one, in the learner's hands already: nothing is shown after the change.
        now: For the clock's warnings.
        kdf: Cost of a guess; None measures this machine, never below what it was.
        vfs: Another file layer below the encryption, for fault injection.
        step: Told until the new secrets count; what it raises before stops everything, and nothing is left.

    Raises:
        VaultError: PASSPHRASE_EMPTY, RECOVERY_CODE_TYPO, VAULT_BUSY if anybody has it open, DISK_FULL,
            FOLDER_UNWRITABLE, VAULT_DAMAGED, VAULT_READ_ONLY, and as `container.open_vault`. The old
            secrets still open then, unless the system failed only after the header was replaced.
    """
    if not passphrase:
        raise VaultError(reason(ReasonCode.PASSPHRASE_EMPTY))
    entropy = recovery_entropy(recovery_code)
    place = safe_folder(folder)
    with unlocked(folder, secret, now=now, vfs=vfs) as found, lock_file(place / COPY_LOCK_NAME):
        data_key = os.urandom(KEY_BYTES)
        keys, token = vault_keys(data_key), secrets.token_hex(_TOKEN_BYTES)
        following = unmoved(place, token)
        found.vault.database.keep_others_out()
        try:
            number = _copy(found, following, keys, vfs, step)
            cost = kdf or renewed_cost(found.header)
            slots = (passphrase_slot(data_key, found.vault.id, passphrase, cost),
                     recovery_slot(data_key, found.vault.id, entropy))
            step(_LOOKED_OVER, WHOLE)
            header = replace(found.header, version=FORMAT_VERSION, generation=number, slots=slots,
                             moving=token)
            data = proven_header(header, keys, data_key, Passphrase(passphrase), RecoveryCode(recovery_code))
            step(WHOLE, WHOLE)
        except BaseException:
            with suppress(VaultError):
                remove_store(following)
            raise
        replace_file(place / HEADER_NAME, data)
        # From here on the new secrets count. What cannot be finished now is finished at the next opening.
        with suppress(VaultError, OSError):
            move(place, following)
            for name in (BEFORE_NAME, COPY_NAME):  # copies under the old key
                remove_store(place / name)
    with suppress(VaultError, OSError):
        opened(place, header, keys, now=now, vfs=vfs).close()


def _copy(found: Unlocked, following: Path, keys: VaultKeys, vfs: str, step: Step) -> int:
    """Copy the store under the new key, look all of it over, and return its generation."""
    source = found.vault.database
    make_private_file(following)
    source.copy_to(following, keys.database, part(step, 0, _COPIED))
    copy = Database(following, keys.database, Access(vfs=vfs, rollback=True))
    try:
        demand_own_store(copy, found.header.vault_id)
        demand_sound_store(copy, part(step, _COPIED, _LOOKED_OVER))
        if _counts(copy) != _counts(source) or generation(copy) != generation(source):
            raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="copy"))
        with copy.transaction():  # a copy of the old one, put back later, is told by its generation
            number = generation(copy) + 1
            set_meta(copy, "generation", number)
    finally:
        copy.close()
    sync_file(following)
    sync_folder(following.parent)
    return number


def _counts(database: Database) -> tuple[tuple[str, int], ...]:
    names = [name for (name,) in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table' "
                                               "AND sql IS NOT NULL ORDER BY name")]
    return tuple((name, int(database.value(f'SELECT count(*) FROM "{name}"'))) for name in names)  # noqa: S608 - our own tables
