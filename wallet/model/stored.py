"""Words for what rests in the vault."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .credential import Carrier, CredentialFormat, EvidenceClass, Original
from .evidence import EvidenceDocument
from .report import Report


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A credential about to be kept, with everything the list and the search need.

    Attributes:
        sha256: Of the payload's bytes: the same credential twice is recognised by it.
        issuer_id, credential_id: The standard's equality pair; a newer one is a replacement.
        evidence: The documents the verdict rests on; kept beside the credential.
    """

    original: Original
    sha256: str
    format: CredentialFormat
    evidence_class: EvidenceClass
    title: str
    issuer_id: str
    issuer_name: str
    credential_id: str
    skills: tuple[str, ...]
    text: str
    valid_from: datetime | None
    valid_until: datetime | None
    report: Report
    evidence: tuple[EvidenceDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredCredential:
    """One row of the library; the bytes are loaded apart.

    Attributes:
        id: The wallet's own short id.
        replaced_by: Id of a newer one with the same issuer and id, "" if none.
        binned_at: When it went to the bin, None if it is in the library.
    """

    id: str
    title: str
    issuer_id: str
    issuer_name: str
    credential_id: str
    format: CredentialFormat
    evidence_class: EvidenceClass
    carrier: Carrier
    sha256: str
    added_at: datetime
    valid_from: datetime | None
    valid_until: datetime | None
    report: Report
    skills: tuple[str, ...] = ()
    replaced_by: str = ""
    binned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a mutating operation changed; views decide for themselves whether they care."""

    credentials: frozenset[str] = field(default_factory=frozenset)
    evidence: bool = False
    shares: bool = False
    settings: bool = False

    def __or__(self, other: Changes) -> Changes:
        """Return both together."""
        return Changes(self.credentials | other.credentials, self.evidence or other.evidence,
                       self.shares or other.shares, self.settings or other.settings)
