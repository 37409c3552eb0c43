"""A learner's own order: titles, notes, tags and bundles, each act one transaction with its undo.

What the records are is in `labels` and `bundles`, what is remembered for taking back in `undo`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from . import bundles, labels
from .bundles import KeptBundle
from .labels import Labels
from .store import Vault
from .undo import Act, Undone, last_act, remember, take_back


@dataclass(frozen=True, slots=True)
class Curation:
    """The learner's own words and order over a vault.

    Ids are the wallet's own; a bundle is named by its id or its name. Every method that changes something
    raises as `Vault.transaction`, and LABEL_REFUSED, CREDENTIAL_NOT_FOUND or BUNDLE_NOT_FOUND; nothing was
    changed then.
    """

    vault: Vault

    # --- labels ---

    def labels(self, credential_id: str) -> Labels:
        """Return one credential's labels."""
        return labels.labels_of(self.vault.database, credential_id)

    def all_labels(self) -> dict[str, Labels]:
        """Return the labels of every credential that has any, by its id."""
        return labels.all_labels(self.vault.database)

    def tags(self) -> tuple[tuple[str, int], ...]:
        """Return every tag, and on how many credentials outside the bin it is."""
        return labels.known_tags(self.vault.database)

    def set_title(self, credential_id: str, title: str, *, now: datetime) -> None:
        """Give a credential a title of one's own; an empty one shows its own again."""
        with self._acting(Act.TITLED, now, credentials=(credential_id,)):
            self._relabel((credential_id,), lambda old: replace(old, title=" ".join(title.split())))

    def set_note(self, credential_id: str, note: str, *, now: datetime) -> None:
        """Write a note on a credential; an empty one removes it."""
        with self._acting(Act.NOTED, now, credentials=(credential_id,)):
            self._relabel((credential_id,), lambda old: replace(old, note=note.strip()))

    def add_tags(self, ids: Sequence[str], tags: Sequence[str], *, now: datetime) -> None:
        """Put tags on credentials."""
        new = tuple(tag for tag in map(labels.tidy_tag, tags) if tag)
        with self._acting(Act.TAGGED, now, credentials=tuple(ids)):
            self._relabel(ids, lambda old: replace(old, tags=tuple(sorted({*old.tags, *new}))))

    def remove_tags(self, ids: Sequence[str], tags: Sequence[str], *, now: datetime) -> None:
        """Take tags off credentials."""
        gone = {labels.tidy_tag(tag) for tag in tags}
        with self._acting(Act.UNTAGGED, now, credentials=tuple(ids)):
            self._relabel(ids, lambda old: replace(old, tags=tuple(sorted({*old.tags} - gone))))

    # --- bundles ---

    def bundles(self) -> tuple[KeptBundle, ...]:
        """Return all bundles, by name."""
        return bundles.kept_bundles(self.vault.database)

    def bundle(self, named: str) -> KeptBundle:
        """Return one bundle by its id or its name."""
        return bundles.find_bundle(self.vault.database, named)

    def make_bundle(self, name: str, ids: Sequence[str] = (), *, note: str = "", now: datetime) -> KeptBundle:
        """Make a bundle."""
        made = KeptBundle(bundles.new_bundle_id(), " ".join(name.split()), note.strip(), now, _once(ids))
        return self._put(Act.BUNDLE_MADE, made, now)

    def rename_bundle(self, named: str, name: str, *, now: datetime) -> KeptBundle:
        """Give a bundle another name."""
        return self._put(Act.BUNDLE_RENAMED, replace(self.bundle(named), name=" ".join(name.split())), now)

    def note_bundle(self, named: str, note: str, *, now: datetime) -> KeptBundle:
        """Write a note on a bundle; an empty one removes it."""
        return self._put(Act.BUNDLE_NOTED, replace(self.bundle(named), note=note.strip()), now)

    def fill_bundle(self, named: str, ids: Sequence[str], *, now: datetime) -> KeptBundle:
        """Put credentials at the end of a bundle; those in it stay where they are."""
        old = self.bundle(named)
        return self._put(Act.BUNDLE_FILLED, replace(old, items=_once((*old.items, *ids))), now)

    def empty_bundle(self, named: str, ids: Sequence[str], *, now: datetime) -> KeptBundle:
        """Take credentials out of a bundle; they stay in the wallet."""
        old = self.bundle(named)
        left = tuple(one for one in old.items if one not in set(ids))
        return self._put(Act.BUNDLE_EMPTIED, replace(old, items=left), now)

    def order_bundle(self, named: str, ids: Sequence[str], *, now: datetime) -> KeptBundle:
        """Put these credentials first, in this order; the others follow as they were."""
        old = self.bundle(named)
        first = [one for one in _once(ids) if one in old.items]
        rest = [one for one in old.items if one not in first]
        return self._put(Act.BUNDLE_ORDERED, replace(old, items=(*first, *rest)), now)

    def delete_bundle(self, named: str, *, now: datetime) -> KeptBundle:
        """Remove a bundle; the credentials in it stay."""
        old = self.bundle(named)
        with self._acting(Act.BUNDLE_DELETED, now, bundles=(old.id,)):
            bundles.drop_bundle(self.vault.database, old.id)
        return old

    # --- undo ---

    def next_undo(self) -> Undone | None:
        """Return what would be taken back next, None if there is nothing."""
        return last_act(self.vault.database)

    def undo(self) -> Undone:
        """Take the newest act back.

        Raises:
            VaultError: NOTHING_TO_UNDO, and as `Vault.transaction`.
        """
        with self.vault.transaction():
            undone = take_back(self.vault.database)
            if undone is None:
                raise VaultError(reason(ReasonCode.NOTHING_TO_UNDO))
        return undone

    def _put(self, act: Act, bundle: KeptBundle, now: datetime) -> KeptBundle:
        bundles.demand_credentials(self.vault.database, bundle.items)
        with self._acting(act, now, bundles=(bundle.id,)):
            bundles.put_bundle(self.vault.database, bundle)
        return bundle

    def _relabel(self, ids: Sequence[str], change: Callable[[Labels], Labels]) -> None:
        database = self.vault.database
        for one in ids:
            labels.put_labels(database, one, change(labels.labels_of(database, one)))

    @contextmanager
    def _acting(self, act: Act, now: datetime, *, credentials: tuple[str, ...] = (),
                bundles: tuple[str, ...] = ()) -> Iterator[None]:
        with self.vault.transaction():
            remember(self.vault.database, act, now, credentials=credentials, bundles=bundles)
            yield


def _once(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
