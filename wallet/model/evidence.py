"""Words for evidence: the documents that can prove something, their grade and their dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Grade(StrEnum):
    """How a document got here, best first. Shown with every answer that rests on it."""

    SHIPPED = "shipped"  # came with the program
    FETCHED = "fetched"  # over TLS from that very address
    SUPPLIED = "supplied"  # by the person who checks
    SENDER = "sender"  # inside, or together with, the thing to be checked: never says whose key it is


@unique
class EvidenceKind(StrEnum):
    """What a document is, told from its content and never from its name."""

    DID_DOCUMENT = "did_document"
    ISSUER_PROFILE = "issuer_profile"  # an Open Badges profile that lists keys
    KEY = "key"  # a single key document: JWK, Multikey, CryptographicKey
    JWK_SET = "jwk_set"
    STATUS_LIST = "status_list"  # a credential or token that carries a list
    REVOCATION_LIST = "revocation_list"  # plain JSON of a host, unsealed by its standard
    BADGE_RECORD = "badge_record"  # an assertion or a badge class of Open Badges before 3.0
    CONTEXT = "context"
    REGISTRY = "registry"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """One version of one document.

    Attributes:
        address: URL or DID it answers for, byte-exact.
        kind: What it is.
        data: The bytes as they came.
        sha256: Of `data`, lower-case hex.
        grade: How it got here.
        source: In words for details: a host, "supplied by you", a shipped set's name.
        fetched_at: When it got here; None where nobody knows (its own dates may tell).
    """

    address: str
    kind: EvidenceKind
    data: bytes
    sha256: str
    grade: Grade
    source: str
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EvidenceUsed:
    """What a check rests on: enough to say it in a sentence and to find the document again.

    Attributes:
        dated: The document's own date (a list's `validFrom`), if it has one.
    """

    address: str
    kind: EvidenceKind
    grade: Grade
    sha256: str
    fetched_at: datetime | None = None
    dated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address whose document would have answered a check.

    Attributes:
        address: URL or DID.
        kind: What is expected there.
        host: Who would learn of the request.
    """

    address: str
    kind: EvidenceKind
    host: str
