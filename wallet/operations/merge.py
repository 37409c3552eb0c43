"""Another copy of a wallet: looked at beside the present one, compared, and brought into it.

A copy is a backup, the folder of another wallet, or what a synchronised folder made when two computers
changed the same wallet. Comparing changes nothing. What is brought in is judged here anew, because a verdict
is worth what the evidence of this wallet says.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from pathlib import Path
from typing import Final

from wallet.model.errors import CancelledError, VaultError, WalletError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.stored import Changes, StoredCredential
from wallet.vault.backups import conflict_copies, opened_copy
from wallet.vault.container import Secret
from wallet.vault.merge import PARTS, Conflict, ConflictKind, Merged
from wallet.vault.merge import merge as merge_rows
from wallet.vault.rows import Source, StoreRows
from wallet.vault.store import Vault
from wallet.vault.strangers import ON_TRUST, StrangerRows

from .library import check_again
from .logged import logged
from .progress import Progress, SilentProgress, stepping, stop_if_cancelled
from .session import Session

__all__ = ["Comparison", "Conflict", "ConflictKind", "Copy", "MergeSummary", "Relation", "compare",
           "diverged", "find_conflict_copies", "merge_copy"]

_BESIDE: Final = ("label", "tag", "bundle", "bundle_item", "share", "request", "belief", "evidence")


@unique
class Relation(StrEnum):
    """How another copy stands to the present wallet, by what both hold."""

    SAME = "same"
    OLDER = "older"  # nothing is there that is not here
    NEWER = "newer"  # nothing is here that is not there
    DIVERGED = "diverged"  # both hold something that the other does not
    OTHER_WALLET = "other_wallet"  # of another wallet altogether


@dataclass(frozen=True, slots=True)
class Copy:
    """One credential that is in one of the two only.

    Attributes:
        binned: Whether it is in the bin there.
    """

    title: str
    issuer_name: str
    added_at: datetime
    sha256: str
    binned: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two copies, side by side.

    Attributes:
        only_here, only_there: Credentials of one side, newest first.
        both: How many are on both sides.
        beside: How many labels, shares and so on each side has: name, here, there; only where they differ.
        generation_here, generation_there: How many acts changed each; comparable for one wallet only.
        is_own: Whether it is under the key of this wallet, so that nobody else can have made it.
    """

    relation: Relation
    only_here: tuple[Copy, ...]
    only_there: tuple[Copy, ...]
    both: int
    beside: tuple[tuple[str, int, int], ...]
    generation_here: int
    generation_there: int
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class MergeSummary:
    """What a merge brought.

    Attributes:
        merged: Ids, counts and contradictions.
        changes: For views.
        unjudged: How many of what came in could not be judged again: stopped, or not readable here.
    """

    merged: Merged
    changes: Changes
    unjudged: int = 0


@logged
def compare(session: Session, source: Path, secret: Secret | None,
            progress: Progress | None = None) -> Comparison:
    """Open another copy beside the present wallet and say in what they differ. Changes neither.

    Args:
        session: The present wallet.
        source: A backup, another wallet's folder, or one of `find_conflict_copies`.
        secret: Of the copy on its day; None for a copied store file.
        progress: Of reading the copy; it can be stopped.

    Raises:
        CancelledError: As told by `progress`.
        VaultError: MERGE_ITSELF, VAULT_WRONG_PASSPHRASE, BACKUP_DAMAGED and kin.
    """
    with _opened(session, source, secret, progress) as other:
        return _compared(session.vault, other)


@logged
def merge_copy(session: Session, source: Path, secret: Secret | None, *, mine: bool = False,
               progress: Progress | None = None) -> MergeSummary:
    """Bring another copy's content in: nothing twice, nothing deleted; then judge what came in.

    A copy under this wallet's own key is the learner's. Of any other, unless she says that it is hers, only
    what speaks for itself is believed: its documents are its sender's word, its credentials have come today,
    and whom it believes stays there. The bringing is one transaction. Stopping while what came in is judged
    leaves it in, with the verdicts it had.

    Args:
        session: The present wallet.
        source: As `compare`.
        secret: As `compare`.
        mine: Whether she says that another wallet is, or was, her own.
        progress: Of reading the copy, and of judging what came in.

    Raises:
        VaultError: As `compare`, and VAULT_READ_ONLY, DISK_FULL; nothing was changed then.
    """
    watched = progress or SilentProgress()
    stop_if_cancelled(watched)
    with _opened(session, source, secret, watched) as other:
        own = mine or is_own(session.vault, other)
        held = StoreRows(other.database)
        rows: Source = held if own else StrangerRows(held, session.arrival())
        merged = merge_rows(session.vault, rows, now=session.now(), label=_key_label(session),
                            parts=tuple(name for name in PARTS if own or name not in ON_TRUST),
                            newest=other.generation if own and other.id == session.vault.id else 0)
    unjudged = judge_added(session, merged.added, watched)
    changes = Changes(frozenset(merged.added), evidence=merged.changed, shares=merged.changed,
                      settings=merged.changed)
    return MergeSummary(merged, changes, unjudged)


def is_own(here: Vault, there: Vault) -> bool:
    """Whether another copy is under the very key of the present one: nobody else can have made it."""
    return here.id == there.id and hmac.compare_digest(here.keys.header, there.keys.header)


def find_conflict_copies(folder: Path) -> tuple[Path, ...]:
    """Return copies of this wallet's store that a synchronised folder laid beside it."""
    return conflict_copies(folder)


def diverged(session: Session) -> tuple[Reason, ...]:
    """Return a note for each copy that another computer left beside the open wallet; for `warnings`."""
    return tuple(reason(ReasonCode.VAULT_DIVERGED, name=path.name)
                 for path in conflict_copies(session.vault.folder))


def judge_added(session: Session, ids: tuple[str, ...], progress: Progress) -> int:
    """Judge what came in, and return how many could not be."""
    unjudged = 0
    for number, credential_id in enumerate(ids):
        progress.step(number, len(ids), "")
        try:
            stop_if_cancelled(progress)
            check_again(session, (credential_id,))
        except CancelledError:
            return unjudged + len(ids) - number
        except WalletError as error:
            # Bytes that cannot be read stay as they came; a vault that cannot be written is another thing.
            if isinstance(error, VaultError) and error.reason.code is not ReasonCode.VAULT_DAMAGED:
                raise
            unjudged += 1
    progress.step(len(ids), len(ids), "")
    return unjudged


@contextmanager
def _opened(session: Session, source: Path, secret: Secret | None,
            progress: Progress | None) -> Iterator[Vault]:
    step = stepping(progress)
    with opened_copy(session.vault, source, secret, now=session.now(), step=step) as other:
        yield other


def _compared(here: Vault, there: Vault) -> Comparison:
    mine, theirs = _by_content(here), _by_content(there)
    only_here = tuple(_copy(mine[one]) for one in mine if one not in theirs)
    only_there = tuple(_copy(theirs[one]) for one in theirs if one not in mine)
    counts = [(name, _count(here, name), _count(there, name)) for name in _BESIDE]
    beside = tuple(row for row in counts if row[1] != row[2])
    return Comparison(_relation(here, there, only_here, only_there), only_here, only_there,
                      len(mine.keys() & theirs.keys()), beside, here.generation, there.generation,
                      is_own(here, there))


def _relation(here: Vault, there: Vault, only_here: tuple[Copy, ...],
              only_there: tuple[Copy, ...]) -> Relation:
    if here.id != there.id:
        return Relation.OTHER_WALLET
    if only_here and only_there:
        return Relation.DIVERGED
    if only_here or only_there:
        return Relation.OLDER if only_here else Relation.NEWER
    if here.generation == there.generation:
        return Relation.SAME
    return Relation.OLDER if here.generation > there.generation else Relation.NEWER


def _by_content(vault: Vault) -> dict[str, StoredCredential]:
    return {one.sha256: one for one in (*vault.list(), *vault.list(binned=True))}


def _copy(stored: StoredCredential) -> Copy:
    return Copy(stored.title, stored.issuer_name or stored.issuer_id, stored.added_at, stored.sha256,
                stored.binned_at is not None)


def _count(vault: Vault, table: str) -> int:
    return sum(1 for _ in StoreRows(vault.database).rows(table))


def _key_label(session: Session) -> str:
    return f"from another wallet, {session.now():%Y-%m-%d}"
