"""Any stream of bytes in the envelope of a backup: the head of the vault, then authenticated chunks.

    learner-wallet export 1.0      so that nobody takes it for a backup
    learner-wallet backup 1.1      the head of a backup, see `header`: the same slots, so the same secrets
    …                              chunks, see `chunks`

What is inside is decrypted into memory only; nothing is written in the clear unless that is asked for
(`write_plain`). What an export holds is in `exports`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from wallet.model.errors import VaultError
from wallet.model.limits import MAX_VAULT_HEADER_BYTES
from wallet.model.reasons import ReasonCode, reason

from .chunks import seal, unseal
from .cipher import SALT_BYTES, VaultKeys, chunk_key
from .container import Secret
from .header import BackupFields, HeaderKind, SealedHeader, SlotType, read_header, write_header
from .places import FILE_MODE, demand_free, give_name, writing_error
from .records import date_text
from .store import Vault
from .unlocking import read_vault_header, unlock

MAGIC: Final = b"learner-wallet export 1.0\n"
_BINARY: Final = getattr(os, "O_BINARY", 0)


def is_envelope(data: bytes) -> bool:
    """Tell whether a file begins as an export of ours, of this version or a later one."""
    return data.startswith(MAGIC.partition(b" export ")[0] + b" export ")


def write_envelope(vault: Vault, target: Path, pieces: Iterator[bytes], *, now: datetime) -> None:
    """Write pieces encrypted, read the file back whole, and remove it if it is not what was written.

    Raises:
        VaultError: BACKUP_EXISTS, FOLDER_UNWRITABLE, DISK_FULL, VAULT_DAMAGED; EXPORT_DAMAGED for what does
            not read back.
    """
    current = read_vault_header(vault.folder)
    current.demand_authentic(vault.keys)
    fields = BackupFields(date_text(now), os.urandom(SALT_BYTES))
    # Quick unlock belongs to one computer and one folder.
    header = replace(current.header.without(SlotType.KEYCHAIN), backup=fields, moving="")
    head = write_header(header, vault.keys)
    written = hashlib.sha256()

    def fill(file: BinaryIO) -> None:
        file.write(MAGIC + head)
        seal(_noted(pieces, written.update), file, chunk_key(vault.keys.backup, fields.salt))

    _write(target, fill)
    try:
        found = hashlib.sha256()
        with target.open("rb") as file:
            sealed, read = _head(file)
            sealed.demand_authentic(vault.keys)
            for piece in unseal(file, chunk_key(vault.keys.backup, read.salt)):
                found.update(piece)
        if found.digest() != written.digest():
            raise _damaged("content")
    except (VaultError, OSError):
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise _damaged("content") from None


def write_plain(target: Path, pieces: Iterator[bytes]) -> None:
    """Write pieces as they are, for this user alone. Raises as `write_envelope`."""
    def fill(file: BinaryIO) -> None:
        for piece in pieces:
            file.write(piece)

    _write(target, fill)


def read_envelope(source: Path, secret: Secret, *, max_bytes: int) -> bytes:
    """Return what an export holds, in memory.

    Raises:
        VaultError: FILE_MISSING, EXPORT_DAMAGED, VAULT_NEWER, LIMIT_BYTES, VAULT_WRONG_PASSPHRASE,
            VAULT_WRONG_RECOVERY_CODE, RECOVERY_CODE_TYPO.
    """
    try:
        with source.open("rb") as file:
            sealed, fields = _head(file)
            keys: VaultKeys = unlock(sealed, secret)[1]
            inside = _bounded(unseal(file, chunk_key(keys.backup, fields.salt)), max_bytes)
    except OSError:
        raise VaultError(reason(ReasonCode.FILE_MISSING, name=source.name)) from None
    except VaultError as error:
        if error.reason.code in (ReasonCode.VAULT_DAMAGED, ReasonCode.BACKUP_DAMAGED):
            raise _damaged(error.reason["what"]) from None
        raise
    return inside


def demand_secret(vault: Vault, secret: Secret) -> None:
    """Ask for the secret again before something grave: it must open this very vault.

    Raises:
        VaultError: VAULT_WRONG_PASSPHRASE, VAULT_WRONG_RECOVERY_CODE, RECOVERY_CODE_TYPO.
    """
    unlock(read_vault_header(vault.folder), secret)


def _head(file: BinaryIO) -> tuple[SealedHeader, BackupFields]:
    start = file.read(len(MAGIC) + MAX_VAULT_HEADER_BYTES)
    if not start.startswith(MAGIC):
        if is_envelope(start):
            raise VaultError(reason(ReasonCode.VAULT_NEWER))
        raise _damaged("header")
    sealed = read_header(start[len(MAGIC):], HeaderKind.BACKUP)
    if sealed.header.backup is None:
        raise _damaged("header")
    file.seek(len(MAGIC) + sealed.length)
    return sealed, sealed.header.backup


def _bounded(pieces: Iterator[bytes], max_bytes: int) -> bytes:
    inside = bytearray()
    for piece in pieces:
        inside += piece
        if len(inside) > max_bytes:
            raise VaultError(reason(ReasonCode.LIMIT_BYTES, what="pack", limit=str(max_bytes)))
    return bytes(inside)


def _noted(pieces: Iterator[bytes], note: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        note(piece)
        yield piece


def _write(target: Path, fill: Callable[[BinaryIO], None]) -> None:
    """Write a new file so that it is there whole or not at all."""
    demand_free(target)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        give_name(temporary, target)
    except OSError as error:
        raise writing_error(target, error) from None
    finally:
        with suppress(OSError):  # the next one of that name removes it
            temporary.unlink(missing_ok=True)


def _damaged(what: str) -> VaultError:
    return VaultError(reason(ReasonCode.EXPORT_DAMAGED, what=what))
