"""The learner's own words on credentials: a title, a note, tags; and taking the last act back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wallet.model.stored import Changes
from wallet.vault.curation import Curation
from wallet.vault.labels import Labels
from wallet.vault.undo import Act, Undone

from .logged import logged
from .session import Session

__all__ = ["Act", "Labels", "Undone", "add_tags", "all_labels", "labels", "next_undo", "remove_tags",
           "set_note", "set_title", "tags", "undo"]


def labels(session: Session, credential_id: str) -> Labels:
    """Return what the learner calls one credential. Raises VaultError: CREDENTIAL_NOT_FOUND."""
    return Curation(session.vault).labels(session.vault.get(credential_id).id)


def all_labels(session: Session) -> Mapping[str, Labels]:
    """Return the labels of every credential that has any, by its id: for lists."""
    return Curation(session.vault).all_labels()


def tags(session: Session) -> tuple[tuple[str, int], ...]:
    """Return every tag, and on how many credentials outside the bin it is."""
    return Curation(session.vault).tags()


@logged
def set_title(session: Session, credential_id: str, title: str) -> Changes:
    """Give a credential a title of one's own; an empty one shows its own again.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND, LABEL_REFUSED, VAULT_READ_ONLY, DISK_FULL; nothing was changed then.
    """
    resolved = session.vault.get(credential_id).id
    Curation(session.vault).set_title(resolved, title, now=session.now())
    return Changes(frozenset((resolved,)))


@logged
def set_note(session: Session, credential_id: str, note: str) -> Changes:
    """Write a note on a credential; an empty one removes it. Raises as `set_title`."""
    resolved = session.vault.get(credential_id).id
    Curation(session.vault).set_note(resolved, note, now=session.now())
    return Changes(frozenset((resolved,)))


@logged
def add_tags(session: Session, ids: Sequence[str], wanted: Sequence[str]) -> Changes:
    """Put tags on credentials, as one act. Raises as `set_title`."""
    resolved = tuple(dict.fromkeys(session.vault.get(one).id for one in ids))
    Curation(session.vault).add_tags(resolved, wanted, now=session.now())
    return Changes(frozenset(resolved))


@logged
def remove_tags(session: Session, ids: Sequence[str], unwanted: Sequence[str]) -> Changes:
    """Take tags off credentials, as one act. Raises as `set_title`."""
    resolved = tuple(dict.fromkeys(session.vault.get(one).id for one in ids))
    Curation(session.vault).remove_tags(resolved, unwanted, now=session.now())
    return Changes(frozenset(resolved))


def next_undo(session: Session) -> Undone | None:
    """Return what `undo` would take back, None if there is nothing: for a menu entry."""
    return Curation(session.vault).next_undo()


@logged
def undo(session: Session) -> Undone:
    """Take back the newest act on titles, notes, tags or bundles.

    Raises:
        VaultError: NOTHING_TO_UNDO, VAULT_READ_ONLY, DISK_FULL.
    """
    return Curation(session.vault).undo()
