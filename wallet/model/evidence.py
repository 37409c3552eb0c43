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
    FETCHED_PLAIN = "fetched_plain"  # from that very address over an open line: somebody may have changed it
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
    PICTURE = "picture"  # of a badge, kept when it was asked for
    OTHER = "other"


@unique
class Verified(StrEnum):
    """How it was found out that a document is what it should be. Values are part of the vault's format."""

    SHIPPED = "shipped"  # compared with the hash that the program carries
    TLS = "tls"  # the connection was to the host that the address names
    OWN_SEAL = "own_seal"  # its own seal holds, by a key its sealer lists
    BY_HAND = "by_hand"  # by nothing but the word of the person who supplied it


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody else's evidence pack says about a document: shown as his word, and never more.

    Attributes:
        grade: What it was to him.
        source: The host he names, "" if none.
        fetched_at: When he says he got it.
    """

    grade: Grade
    source: str = ""
    fetched_at: datetime | None = None


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
        fetched_at: When it last got here; None where nobody knows (its own dates may tell).
        valid_from, valid_until: Of the document itself, where it says so.
        verified: How that was found out, in the order of the enum.
        said: What the pack says that brought it, None for one that came by itself.
        first_at: When these very bytes first got here; None where that is `fetched_at`.
    """

    address: str
    kind: EvidenceKind
    data: bytes
    sha256: str
    grade: Grade
    source: str
    fetched_at: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    verified: tuple[Verified, ...] = ()
    said: Said | None = None
    first_at: datetime | None = None

    @property
    def first_seen(self) -> datetime | None:
        """When this version first got here, by our own clock."""
        return self.first_at or self.fetched_at

    @property
    def as_of(self) -> datetime | None:
        """The moment by which versions are ordered: what a pack brought is as old as the pack says.

        Where the pack does not say, nobody knows: then it goes before nothing that is dated.
        """
        if self.said is None:
            return self.fetched_at
        said = self.said.fetched_at
        return min(said, self.fetched_at) if said and self.fetched_at else said


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
