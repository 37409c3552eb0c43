"""The learner's own keys: made, labelled, chosen, retired, taken out and brought in.

Taking one out asks for the passphrase again, and writes an encrypted file unless the learner says that she
wants it without. A retired key signs nothing; it still answers whether something was issued to her.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from wallet.keys.key_file import MAX_KEY_FILE_BYTES, is_encrypted, private_jwk, read_key, seal_key
from wallet.model.credential import Credential, Parsed
from wallet.model.errors import KeysError, OperationError
from wallet.model.reasons import reason
from wallet.vault.holder_keys import KeptHolderKey
from wallet.vault.unlocking import Secret, read_vault_header, unlock

from .files import atomic_write, read_file
from .logged import logged
from .passphrase import demand_strength
from .session import Session

__all__ = ["KeptHolderKey", "add_holder_key", "choose_holder_key", "export_holder_key", "holder_keys",
           "identities_for", "import_holder_key", "is_key_file_encrypted", "is_mine", "label_holder_key",
           "new_holder_key", "own_dids", "replace_holder_key", "retire_holder_key"]


def holder_keys(session: Session) -> tuple[KeptHolderKey, ...]:
    """Return every key, oldest first, the retired ones too."""
    return session.holder_keys.all()


@logged
def new_holder_key(session: Session, label: str) -> KeptHolderKey:
    """Make a key. The one that signs stays the same until another is chosen."""
    return session.holder_keys.new(label, now=session.now())


def add_holder_key(session: Session, seed: bytes, label: str, *, now: datetime) -> KeptHolderKey:
    """Keep a key from another wallet; one that is kept already stays as it is.

    Raises:
        VaultError: KEY_FILE_UNREADABLE for a seed that has not 32 bytes; VAULT_READ_ONLY and kin.
    """
    return session.holder_keys.add(seed, label, now=now)


def label_holder_key(session: Session, name: str, label: str) -> None:
    """Give a key other words.

    Raises:
        VaultError: HOLDER_KEY_NOT_FOUND.
    """
    session.holder_keys.label(name, label)


def choose_holder_key(session: Session, name: str) -> KeptHolderKey:
    """Let this key sign where none is named.

    Raises:
        VaultError: HOLDER_KEY_NOT_FOUND, also for a retired one.
    """
    session.holder_keys.set_default(name)
    return session.holder_keys.get(name)


@logged
def retire_holder_key(session: Session, name: str) -> None:
    """Let a key sign nothing more.

    Raises:
        VaultError: HOLDER_KEY_NOT_FOUND, HOLDER_KEY_LAST.
    """
    session.holder_keys.retire(name, now=session.now())


@logged
def replace_holder_key(session: Session, name: str, label: str = "") -> KeptHolderKey:
    """Make a key in the place of another, which is retired.

    Raises:
        VaultError: HOLDER_KEY_NOT_FOUND.
    """
    return session.holder_keys.replace(name, label, now=session.now())


def own_dids(session: Session) -> tuple[str, ...]:
    """Return the DIDs of all keys, retired ones too: whatever names one of them is the learner's."""
    return tuple(one.key.did for one in session.holder_keys.all())


def is_mine(session: Session, did: str) -> bool:
    """Return whether a DID, or a key that it names behind `#`, is one of the learner's own."""
    return did.partition("#")[0] in own_dids(session)


def identities_for(session: Session, parsed: Parsed) -> tuple[str, ...]:
    """Return what the learner is called, and her own key if it is the one that a credential names.

    A key that it does not name says nothing: she may have others in another wallet.
    """
    named = parsed.subject.id if isinstance(parsed, Credential) else ""
    return (*session.identities, named) if named and is_mine(session, named) else session.identities


@logged
def export_holder_key(session: Session, name: str, secret: Secret, target: Path, *, passphrase: str = "",
                      unsafe_plain: bool = False) -> Path:
    """Write a key into a file of its own.

    Args:
        session: The open wallet.
        name: Which key.
        secret: What opens the wallet, asked for again.
        target: Where to.
        passphrase: Of the file; better not the wallet's.
        unsafe_plain: Write it as it is, for whoever gets the file to use.

    Raises:
        VaultError: HOLDER_KEY_NOT_FOUND, VAULT_WRONG_PASSPHRASE and kin.
        OperationError: PASSPHRASE_EMPTY, PASSPHRASE_WEAK, FOLDER_UNWRITABLE, DISK_FULL.
    """
    unlock(read_vault_header(session.vault.folder), secret)
    key = session.holder_keys.get(name).key
    if unsafe_plain:
        data = json.dumps(private_jwk(key), indent=1).encode("ascii")
    else:
        demand_strength(passphrase)
        data = seal_key(key, passphrase)
    atomic_write(target, data)
    return target


def is_key_file_encrypted(source: Path) -> bool:
    """Return whether a passphrase is needed to read a key file. Raises as `read_file`."""
    return is_encrypted(read_file(source, max_bytes=MAX_KEY_FILE_BYTES))


@logged
def import_holder_key(session: Session, source: Path, label: str = "", *,
                      passphrase: str = "") -> KeptHolderKey:
    """Bring a key in from a file.

    Raises:
        OperationError: FILE_MISSING, LIMIT_BYTES and kin; KEY_FILE_UNREADABLE, KEY_FILE_LOCKED.
    """
    data = read_file(source, max_bytes=MAX_KEY_FILE_BYTES)
    try:
        key = read_key(data, passphrase)
    except KeysError as error:
        raise OperationError(reason(error.reason.code, name=source.name)) from None
    return add_holder_key(session, key.seed, label, now=session.now())
