"""Bringing what another vault holds into this one: nothing twice, nothing deleted, every contradiction named.

One transaction, and merging the same again changes nothing. What is the same is told by content: a credential
by the hash of its bytes, a share by its id, a line of a log by all of it. Where both sides say something
about one thing, the present vault's word stands and the other's is reported, or kept beside it where there is
room. What counts as consent, or as a shortcut of one computer, stays there (`NOT_TAKEN`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .merge_credentials import (
    bring_bundles,
    bring_credentials,
    bring_evidence,
    bring_labels,
    bring_links,
    bring_pins,
    bring_tags,
)
from .merge_records import (
    bring_beliefs,
    bring_events,
    bring_keys,
    bring_lists,
    bring_requests,
    bring_settings,
    bring_shares,
)
from .merging import Conflict, ConflictKind, Merging
from .rows import Source
from .schema import set_meta
from .store import Vault
from .undo import forget_undo

__all__ = ["NOT_TAKEN", "PARTS", "Conflict", "ConflictKind", "Merged", "merge"]

#: Never taken over: consent that was given on one computer, the marks hosts gave their answers, seals that
#: were computed there, and what can be taken back there.
NOT_TAKEN: Final = frozenset({"meta", "permission", "answer", "verdict", "previous_report", "undo"})
#: What is brought, in order: the table that it is named after, and how.
PARTS: Final = {
    "credential": bring_credentials,
    "evidence": bring_evidence,
    "pinned": bring_pins,
    "label": bring_labels,
    "tag": bring_tags,
    "link": bring_links,
    "bundle": bring_bundles,
    "share": bring_shares,
    "request": bring_requests,
    "event": bring_events,
    "belief": bring_beliefs,
    "issuer_list": bring_lists,
    "setting": bring_settings,
    "holder_key": bring_keys,
}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did.

    Attributes:
        added: The wallet's own ids of credentials that came in.
        counts: What else came in, by table, only what is more than nothing.
        conflicts: What the two say differently, in the order it was found.
    """

    added: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    conflicts: tuple[Conflict, ...]

    @property
    def changed(self) -> bool:
        """Whether anything came in."""
        return bool(self.added or self.counts)


def merge(vault: Vault, source: Source, *, now: datetime, label: str = "",
          fresh: frozenset[str] = frozenset(), parts: tuple[str, ...] | None = None,
          newest: int = 0) -> Merged:
    """Bring everything a source holds into a vault.

    Args:
        vault: Where it comes to.
        source: Where it comes from; not changed.
        now: When keys that come in are laid by.
        label: What those keys are called, in words for the learner.
        fresh: See `Merging`.
        parts: The names in `PARTS` to bring; None for all.
        newest: The generation of another copy of this very vault; this one counts on from the higher.

    Raises:
        VaultError: VAULT_READ_ONLY, VAULT_BUSY, DISK_FULL, VAULT_DAMAGED; nothing was changed then.
    """
    with vault.transaction():
        merging = Merging(vault.database, source, now, label, fresh)
        for name, part in PARTS.items():
            if parts is None or name in parts:
                part(merging)
        if merging.counts or merging.added:
            # What could be taken back was the state before; putting it back would drop what came in.
            forget_undo(vault.database)
        if newest > vault.generation:
            set_meta(vault.database, "generation", newest)
    counts = tuple(sorted((table, count) for table, count in merging.counts.items() if count))
    return Merged(tuple(merging.added), counts, tuple(merging.conflicts))
