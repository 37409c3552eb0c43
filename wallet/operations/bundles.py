"""Bundles: credentials put together under a name, in the learner's order, for one purpose.

A bundle is only an order over what is kept: making one shares nothing, deleting one deletes no credential.
"""

from __future__ import annotations

from collections.abc import Sequence

from wallet.model.stored import StoredCredential
from wallet.vault.bundles import KeptBundle
from wallet.vault.curation import Curation

from .library import credentials
from .session import Session

__all__ = ["KeptBundle", "add_to_bundle", "bundle", "bundle_items", "bundles", "delete_bundle", "make_bundle",
           "note_bundle", "remove_from_bundle", "rename_bundle", "reorder_bundle"]


def bundles(session: Session) -> tuple[KeptBundle, ...]:
    """Return all bundles, by name."""
    return Curation(session.vault).bundles()


def bundle(session: Session, named: str) -> KeptBundle:
    """Return one bundle by its id or its name. Raises VaultError: BUNDLE_NOT_FOUND."""
    return Curation(session.vault).bundle(named)


def bundle_items(session: Session, named: str) -> tuple[StoredCredential, ...]:
    """Return what is in a bundle, in its order, with verdicts of this moment; without what is in the bin."""
    kept = {one.id: one for one in credentials(session)}
    return tuple(kept[one] for one in bundle(session, named).items if one in kept)


def make_bundle(session: Session, name: str, ids: Sequence[str] = (), *, note: str = "") -> KeptBundle:
    """Make a bundle.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND, LABEL_REFUSED, VAULT_READ_ONLY, DISK_FULL; nothing was changed then.
    """
    return Curation(session.vault).make_bundle(name, _resolved(session, ids), note=note, now=session.now())


def rename_bundle(session: Session, named: str, name: str) -> KeptBundle:
    """Give a bundle another name. Raises as `bundle` and `make_bundle`."""
    return Curation(session.vault).rename_bundle(named, name, now=session.now())


def note_bundle(session: Session, named: str, note: str) -> KeptBundle:
    """Write a note on a bundle; an empty one removes it. Raises as `bundle` and `make_bundle`."""
    return Curation(session.vault).note_bundle(named, note, now=session.now())


def add_to_bundle(session: Session, named: str, ids: Sequence[str]) -> KeptBundle:
    """Put credentials at the end of a bundle. Raises as `bundle` and `make_bundle`."""
    return Curation(session.vault).fill_bundle(named, _resolved(session, ids), now=session.now())


def remove_from_bundle(session: Session, named: str, ids: Sequence[str]) -> KeptBundle:
    """Take credentials out of a bundle; they stay in the wallet. Raises as `bundle` and `make_bundle`."""
    return Curation(session.vault).empty_bundle(named, _resolved(session, ids), now=session.now())


def reorder_bundle(session: Session, named: str, ids: Sequence[str]) -> KeptBundle:
    """Put these first, in this order; the others follow. Raises as `bundle` and `make_bundle`."""
    return Curation(session.vault).order_bundle(named, _resolved(session, ids), now=session.now())


def delete_bundle(session: Session, named: str) -> KeptBundle:
    """Remove a bundle; the credentials in it stay. Raises as `bundle`."""
    return Curation(session.vault).delete_bundle(named, now=session.now())


def _resolved(session: Session, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(session.vault.get(one).id for one in ids)
