"""The evidence store inside the vault: the documents a learner keeps, all versions, by address.

What is pinned beside single credentials is not found here: it came for one credential only
(`store.Vault.evidence`).
"""

from __future__ import annotations

from dataclasses import dataclass

from wallet.model.evidence import EvidenceDocument

from .documents import keep_document, kept_documents, remove_documents
from .store import Vault


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

    def add(self, document: EvidenceDocument) -> None:
        """Keep a document; other versions stay.

        Raises:
            VaultError: As `Vault.transaction`.
        """
        with self.vault.transaction():
            keep_document(self.vault.database, document)

    def remove(self, address: str) -> None:
        """Forget every version at an address; what is pinned beside a credential stays.

        Raises:
            VaultError: As `Vault.transaction`.
        """
        with self.vault.transaction():
            remove_documents(self.vault.database, address)
