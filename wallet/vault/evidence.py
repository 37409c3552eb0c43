"""The evidence store inside the vault: the documents a learner keeps, all versions, by address.

What is pinned beside single credentials is not found here: it came for one credential only
(`store.Vault.evidence`). A version that lists other keys than the last one leaves a line in the log, and so
does a web record of a badge that says something else, is gone, or is back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from wallet.model.events import Event, EventKind, KeyChange
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.limits import MIB
from wallet.trust.key_changes import key_change
from wallet.trust.record_changes import record_change

from .credentials import serial_of
from .documents import (
    document_of,
    every_document,
    in_order,
    keep_document,
    kept_documents,
    kept_size,
    newest_arrival,
    pinned_serials,
    pinned_to,
    remove_documents,
    seen_at,
)
from .events import change_details, keep_event, record_details
from .store import Vault

_MAX_BYTES: Final = 16 * MIB  # of documents that one pass holds in memory
_UNDATED: Final = datetime(1970, 1, 1, tzinfo=UTC)  # of a change that nobody can date


@dataclass(frozen=True, slots=True)
class VaultEvidence:
    """An `EvidenceStore` (see `wallet.trust.evidence_store`) that can also be written to."""

    vault: Vault

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return the versions kept for an address, newest first; undated ones last."""
        return kept_documents(self.vault.database, address)

    def all(self) -> tuple[EvidenceDocument, ...]:
        """Return every kept document by address, the versions of one newest first."""
        return kept_documents(self.vault.database)

    def size(self) -> int:
        """Return how many bytes the kept documents have."""
        return kept_size(self.vault.database)

    def everything(self) -> tuple[EvidenceDocument, ...]:
        """Return every kept document, and those that are only pinned beside a credential."""
        return every_document(self.vault.database)

    def pinned_to(self, address: str) -> tuple[tuple[str, str, str], ...]:
        """Return what the versions at an address are pinned beside: hash, credential's id, its title."""
        return pinned_to(self.vault.database, address)

    def seen_at(self, sha256: str) -> datetime | None:
        """Return when a credential with these bytes was first kept here."""
        return seen_at(self.vault.database, sha256)

    def newest_arrival(self) -> datetime | None:
        """Return when the last document got here."""
        return newest_arrival(self.vault.database)

    def add(self, document: EvidenceDocument) -> KeyChange | None:
        """Keep a document; other versions stay. Return the change of keys that it brings, None if none.

        Raises:
            VaultError: As `Vault.transaction`.
        """
        database = self.vault.database
        with self.vault.transaction():
            believed = [one for one in kept_documents(database, document.address)
                        if one.grade is not Grade.SENDER]
            change = key_change(believed[0], document) if believed else None
            keep_document(database, document)
            if change is not None:
                keep_event(database, Event(document.fetched_at or _UNDATED, EventKind.KEY_CHANGED,
                                           change.issuer_id, change_details(change)))
            elif believed and (told := record_change(believed[0], document)):
                keep_event(database, Event(document.fetched_at or _UNDATED, told.kind, told.address,
                                           record_details(told)))
        return change

    def remove(self, address: str) -> None:
        """Forget every version at an address; what is pinned beside a credential stays.

        Raises:
            VaultError: As `Vault.transaction`.
        """
        with self.vault.transaction():
            remove_documents(self.vault.database, address)


@dataclass(slots=True)
class PinnedEvidence:
    """What is pinned beside credentials, for one pass over many: a document beside several is read once."""

    vault: Vault
    _read: dict[int, EvidenceDocument] = field(default_factory=dict)
    _bytes: int = 0

    def beside(self, credential_id: str) -> tuple[EvidenceDocument, ...]:
        """Return what is pinned beside a credential, newest first.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND.
        """
        database = self.vault.database
        with database.snapshot():
            serials = pinned_serials(database, serial_of(database, credential_id))
            return in_order([self._document(serial) for serial in serials])

    def _document(self, serial: int) -> EvidenceDocument:
        known = self._read.get(serial)
        if known is None:
            known = document_of(self.vault.database, serial)
            if self._bytes + len(known.data) > _MAX_BYTES:
                self._read.clear()
                self._bytes = 0
            self._read[serial] = known
            self._bytes += len(known.data)
        return known
