"""Moving in from another wallet, or from an export of this one: with its passphrase, with keys on request.

An ordinary import (`intake`) reads the credentials of the same files as far as they are not locked. Here a
person says that the file is hers: so a passphrase may be given, and keys may be taken over as further ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wallet.formats.archive import is_archive, read_member
from wallet.formats.other_wallet import ForeignKey, OtherWallet
from wallet.model.errors import CancelledError
from wallet.model.reasons import ReasonCode, reason
from wallet.model.stored import Changes
from wallet.vault.container import Passphrase, RecoveryCode, Secret
from wallet.vault.exports import MANIFEST, is_export
from wallet.vault.holder_keys import HolderKeys
from wallet.vault.merge import Merged

from .containers import inputs_of, is_backup, other_wallet
from .files import read_file
from .inputs import Input
from .intake import ImportOutcome, ImportRow, import_bytes, import_inputs, import_paths
from .leaving import is_own_export, open_export, take_in
from .logged import logged
from .merge import compare, merge_copy
from .progress import Progress, SilentProgress, stop_if_cancelled
from .session import Session

__all__ = ["Inside", "Passphrase", "RecoveryCode", "TakenOver", "look_into", "take_over"]

_HEAD_BYTES = 64


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came over from one file.

    Attributes:
        kind: What the file turned out to be, in the words of whoever made it; "" for plain credentials.
        rows: One for each credential, and one with its reason for everything that was not taken.
        keys: Numbers of the keys that came in, as further ones.
        merged: What came beside the credentials from an export or backup of this program, else None.
        cancelled: Whether the person stopped it; what was done stays done.
    """

    kind: str
    rows: tuple[ImportRow, ...] = ()
    keys: tuple[int, ...] = ()
    merged: Merged | None = None
    changes: Changes = field(default_factory=Changes)
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """What a file holds that somebody may move in with. Nothing of it has come in.

    Attributes:
        kind: As in `TakenOver`.
        rows: One for each credential, and one with its reason for everything that is not taken.
        keys: What the file calls the secret keys that can be taken.
        more: Whether labels, bundles and records come too: an export or backup of this program.
        with_keys: Whether its keys come in whether or not one asks for them: a backup.
        asks_whose: Whether somebody else may have made it, so that `mine` has to be asked for.
    """

    kind: str
    rows: tuple[ImportRow, ...] = ()
    keys: tuple[str, ...] = ()
    more: bool = False
    with_keys: bool = False
    asks_whose: bool = False


def look_into(session: Session, source: Path, secret: Secret | None, *,
              progress: Progress | None = None) -> Inside:
    """Say what `take_over` would bring, and what it would leave. Changes nothing; raises as `take_over`."""
    watched = progress or SilentProgress()
    if _is_backup_file(source):
        found = compare(session, source, secret, watched)
        rows = tuple(ImportRow(source.name, ImportOutcome.WOULD_ADD, title=one.title, issuer=one.issuer_name)
                     for one in found.only_there)
        return Inside("backup", rows, more=True, with_keys=True, asks_whose=not found.is_own)
    data = b"" if is_own_export(source) else read_file(source)
    if not data or _holds_own_manifest(data):
        export = open_export(source, secret)
        inside = tuple(row for one in export.originals
                       for row in import_bytes(session, one.data, one.name, dry_run=True).rows)
        return Inside("export", inside, (MANIFEST,) if export.has_keys else (), more=True)
    text = secret.text if isinstance(secret, Passphrase | RecoveryCode) else None
    wallet = other_wallet(data, source.name, text, _steps(watched, source.name))
    if wallet is None:
        return Inside("", import_paths(session, [source], progress=watched, dry_run=True).rows)
    rows = tuple(import_inputs(session, inputs_of(wallet), dry_run=True))
    left = tuple(ImportRow(key.name, ImportOutcome.REFUSED,
                           reason=reason(ReasonCode.LEFT_KEY_UNKNOWN, name=key.name))
                 for key in wallet.keys if not key.seed)
    return Inside(wallet.kind, (*rows, *left), tuple(key.name for key in wallet.keys if key.seed))


@logged
def take_over(session: Session, source: Path, secret: Secret | None, *, with_keys: bool = False,
              mine: bool = False, progress: Progress | None = None) -> TakenOver:
    """Take over what a file of another wallet, or an export or backup of this program, holds.

    Args:
        session: Where it comes to.
        source: The file.
        secret: The passphrase that the file was made with, None if it needs none.
        with_keys: Whether its secret keys come in, as further ones: the present key goes on signing.
        mine: Whether she says that a backup of another wallet is her own (`merge_copy`).
        progress: Told once per credential.

    Raises:
        OperationError: FILE_MISSING and kin; EXPORT_LOCKED.
        FormatError: EXPORT_LOCKED, EXPORT_WRONG_PASSPHRASE, EXPORT_DAMAGED, FORMAT_UNSUPPORTED, LIMIT_….
        VaultError: As `take_in` and `merge_copy`; VAULT_READ_ONLY, DISK_FULL.
    """
    watched = progress or SilentProgress()
    if _is_backup_file(source):
        merged = merge_copy(session, source, secret, mine=mine, progress=watched)
        return TakenOver("backup", merged=merged.merged, changes=merged.changes)
    if is_own_export(source):
        return _own(session, source, secret, watched, with_keys=with_keys)
    data = read_file(source)
    text = secret.text if isinstance(secret, Passphrase | RecoveryCode) else None
    wallet = other_wallet(data, source.name, text, _steps(watched, source.name))
    if wallet is None:
        if _holds_own_manifest(data):
            return _own(session, source, None, watched, with_keys=with_keys)
        done = import_paths(session, [source], progress=watched)
        return TakenOver("", done.rows, changes=done.changes, cancelled=done.cancelled)
    return _foreign(session, wallet, watched, with_keys=with_keys)


def _own(session: Session, source: Path, secret: Secret | None, progress: Progress, *,
         with_keys: bool) -> TakenOver:
    taken = take_in(session, source, secret, with_keys=with_keys, progress=progress)
    return TakenOver("export", taken.rows, merged=taken.merged, changes=taken.changes)


def _foreign(session: Session, wallet: OtherWallet, progress: Progress, *, with_keys: bool) -> TakenOver:
    cancelled = False
    rows: list[ImportRow] = []
    numbers: list[int] = []
    try:
        rows.extend(import_inputs(session, _counted(wallet, progress)))
        for key in wallet.keys:
            number = _key(session, key, wallet.kind) if with_keys and key.seed else None
            if number is None:
                code = ReasonCode.LEFT_KEY if key.seed else ReasonCode.LEFT_KEY_UNKNOWN
                rows.append(ImportRow(key.name, ImportOutcome.REFUSED, reason=reason(code, name=key.name)))
            else:
                numbers.append(number)
    except CancelledError:
        cancelled = True
    touched = frozenset(row.credential_id for row in rows if row.credential_id)
    changes = Changes(touched, evidence=bool(touched))
    return TakenOver(wallet.kind, tuple(rows), tuple(numbers), changes=changes, cancelled=cancelled)


def _counted(wallet: OtherWallet, progress: Progress) -> Iterator[Input]:
    total = len(wallet.credentials)
    for number, one in enumerate(inputs_of(wallet)):
        stop_if_cancelled(progress)
        progress.step(min(number, total), total, one.name)
        yield one


def _key(session: Session, key: ForeignKey, kind: str) -> int | None:
    if key.seed is None:
        return None
    return HolderKeys(session.vault).add(key.seed, f"from {kind}", now=session.now()).number


def _steps(progress: Progress, name: str) -> Callable[[int, int], None]:
    """Return what tells how far unlocking is, and stops it when the person has asked to."""
    def step(done: int, total: int) -> None:
        stop_if_cancelled(progress)
        progress.step(done, total, name)

    return step


def _is_backup_file(source: Path) -> bool:
    try:
        with source.open("rb") as file:
            return is_backup(file.read(_HEAD_BYTES))
    except OSError:
        return False


def _holds_own_manifest(data: bytes) -> bool:
    return is_archive(data) and is_export(read_member(data, MANIFEST))
