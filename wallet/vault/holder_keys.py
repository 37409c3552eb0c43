"""The learner's own keys: several, each with a label, one of them used where none is named.

A key that is retired signs nothing any more and is kept: what was issued to it is still hers. Functions on
an open database, those that write inside a transaction; `HolderKeys` is the same over a vault.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from wallet.keys.keypair import HolderKey
from wallet.model.errors import KeysError, VaultError
from wallet.model.reasons import ReasonCode, reason

from .belongings import keep_setting, setting
from .database import Database, Row
from .records import date_from_text, date_text, optional_date_from_text

if TYPE_CHECKING:  # which asks here for the key that signs
    from .store import Vault

SEED_BYTES: Final = 32  # RFC 8032 section 5.1.5
MAX_LABEL_CHARS: Final = 200
_ED25519: Final = "ed25519"
_DID: Final = "did:key:z6Mk"  # how the DID of every Ed25519 key begins
#: The setting that names it, by its DID: numbers belong to one vault.
_DEFAULT: Final = "default_holder_key"
_COLUMNS: Final = "serial, seed, label, made_at, retired_at"


@dataclass(frozen=True, slots=True)
class KeptHolderKey:
    """One key of the learner.

    Attributes:
        number: In this vault, counted from 1.
        key: Can sign.
        label: The learner's own words.
        retired_at: None while it is in use.
        is_default: Whether it signs where no key is named.
    """

    number: int
    key: HolderKey = field(repr=False)
    label: str
    made_at: datetime
    retired_at: datetime | None
    is_default: bool


def keep_holder_key(database: Database, seed: bytes, label: str, now: datetime) -> int:
    """Keep a key and return its number; one that is kept already keeps its number and its label.

    Raises:
        VaultError: KEY_FILE_UNREADABLE for a seed of another length.
    """
    if len(seed) != SEED_BYTES:
        raise VaultError(reason(ReasonCode.KEY_FILE_UNREADABLE))
    known = database.value("SELECT serial FROM holder_key WHERE kind = ? AND seed = ?", (_ED25519, seed))
    if known is not None:
        return int(known)
    _pin_default(database)  # a further key does not become the one that signs
    database.rows("INSERT INTO holder_key(kind, seed, label, made_at) VALUES(?, ?, ?, ?)",
                  (_ED25519, seed, label[:MAX_LABEL_CHARS], date_text(now)))
    return database.last_serial


def kept_holder_keys(database: Database) -> tuple[KeptHolderKey, ...]:
    """Return every key, oldest first.

    Raises:
        VaultError: VAULT_DAMAGED.
    """
    rows = database.rows(f"SELECT {_COLUMNS} FROM holder_key WHERE kind = ? ORDER BY serial",  # noqa: S608 - constant
                         (_ED25519,))
    keys = [_kept(row) for row in rows]
    default = _default_of(keys, setting(database, _DEFAULT))
    return tuple(replace(one, is_default=one is default) for one in keys)


def default_seed(database: Database) -> bytes:
    """Return the seed of the key that signs where none is named: the chosen one, else the newest in use.

    Raises:
        VaultError: VAULT_DAMAGED if there is none.
    """
    for one in kept_holder_keys(database):
        if one.is_default:
            return one.key.seed
    raise _damaged()


@dataclass(frozen=True, slots=True)
class HolderKeys:
    """The keys of an opened vault. Writing raises as `Vault.transaction`."""

    vault: Vault

    def all(self) -> tuple[KeptHolderKey, ...]:
        """Return every key, oldest first."""
        return kept_holder_keys(self.vault.database)

    def default(self) -> KeptHolderKey:
        """Return the key that signs where none is named.

        Raises:
            VaultError: VAULT_DAMAGED.
        """
        found = next((one for one in self.all() if one.is_default), None)
        if found is None:
            raise _damaged()
        return found

    def get(self, name: str) -> KeptHolderKey:
        """Return one by its number, its label, or a beginning of its DID that only it has.

        Raises:
            VaultError: HOLDER_KEY_NOT_FOUND.
        """
        keys = self.all()
        for found in ([one for one in keys if str(one.number) == name.strip()],
                      [one for one in keys if one.label and one.label.casefold() == name.strip().casefold()],
                      [one for one in keys if name.startswith(_DID) and one.key.did.startswith(name)]):
            if len(found) == 1:
                return found[0]
        raise VaultError(reason(ReasonCode.HOLDER_KEY_NOT_FOUND, name=name))

    def new(self, label: str, *, now: datetime) -> KeptHolderKey:
        """Make a key. The one that signs stays the same."""
        return self.add(os.urandom(SEED_BYTES), label, now=now)

    def add(self, seed: bytes, label: str, *, now: datetime) -> KeptHolderKey:
        """Keep a key from elsewhere. Raises as `keep_holder_key`."""
        with self.vault.transaction():
            number = keep_holder_key(self.vault.database, seed, label, now)
        return self.get(str(number))

    def label(self, name: str, label: str) -> None:
        """Give a key other words. Raises as `get`."""
        number = self.get(name).number
        with self.vault.transaction():
            self.vault.database.rows("UPDATE holder_key SET label = ? WHERE serial = ?",
                                     (label[:MAX_LABEL_CHARS], number))

    def set_default(self, name: str) -> None:
        """Let this key sign where none is named.

        Raises:
            VaultError: HOLDER_KEY_NOT_FOUND, also for a retired one.
        """
        found = self.get(name)
        if found.retired_at is not None:
            raise VaultError(reason(ReasonCode.HOLDER_KEY_NOT_FOUND, name=name))
        with self.vault.transaction():
            keep_setting(self.vault.database, _DEFAULT, found.key.did)

    def retire(self, name: str, *, now: datetime) -> None:
        """Let a key sign nothing more; if it was the one that signs, the newest other one does.

        Raises:
            VaultError: HOLDER_KEY_NOT_FOUND; HOLDER_KEY_LAST for the only one in use.
        """
        found = self.get(name)
        if found.retired_at is not None:
            return
        with self.vault.transaction():
            others = [one for one in self.all() if one.retired_at is None and one.number != found.number]
            if not others:
                raise VaultError(reason(ReasonCode.HOLDER_KEY_LAST))
            self.vault.database.rows("UPDATE holder_key SET retired_at = ? WHERE serial = ?",
                                     (date_text(now), found.number))
            if found.is_default:
                keep_setting(self.vault.database, _DEFAULT, others[-1].key.did)

    def replace(self, name: str, label: str, *, now: datetime) -> KeptHolderKey:
        """Make a key that takes the place of another, which is retired, in one transaction.

        Raises:
            VaultError: HOLDER_KEY_NOT_FOUND.
        """
        old = self.get(name)
        with self.vault.transaction():
            new = self.new(label or old.label, now=now)
            if old.is_default:
                self.set_default(str(new.number))
            self.retire(str(old.number), now=now)
        return self.get(str(new.number))


def _pin_default(database: Database) -> None:
    """Write down which key signs now, if that was left to their age so far."""
    if setting(database, _DEFAULT) is None:
        for one in kept_holder_keys(database):
            if one.is_default:
                keep_setting(database, _DEFAULT, one.key.did)


def _default_of(keys: list[KeptHolderKey], chosen: str | None) -> KeptHolderKey | None:
    in_use = [one for one in keys if one.retired_at is None]
    named = [one for one in in_use if one.key.did == chosen]
    return named[0] if named else in_use[-1] if in_use else None


def _kept(row: Row) -> KeptHolderKey:
    number, seed, label, made_at, retired_at = row
    try:
        key = HolderKey.from_seed(bytes(seed))
    except (KeysError, TypeError):
        raise _damaged() from None
    return KeptHolderKey(int(number), key, str(label), date_from_text(made_at),
                         optional_date_from_text(retired_at), is_default=False)


def _damaged() -> VaultError:
    return VaultError(reason(ReasonCode.VAULT_DAMAGED, what="holder_key"))
