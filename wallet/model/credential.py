"""Words for credentials: what came in, what it says, who is named. Values only; parsing is in `formats`.

`document` members hold the parsed JSON that was signed. They are read-only by agreement of the whole
program: nothing writes into them, canonicalisation works on copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from typing import Any, TypeAlias

from .reasons import Reason

JsonObject: TypeAlias = dict[str, Any]


@unique
class EvidenceClass(StrEnum):
    """What a thing is worth as proof; always shown, first after the title."""

    SEALED = "sealed"
    HOSTED = "hosted"
    DOCUMENT = "document"
    OWN = "self"


@unique
class CredentialFormat(StrEnum):
    """The family a credential belongs to. Values are shown in technical details and JSON."""

    OPEN_BADGE_3 = "Open Badges 3.0"
    OPEN_BADGE_2 = "Open Badges 2.0"
    CLR_2 = "CLR 2.0"
    ENDORSEMENT = "Open Badges 3.0 endorsement"
    STATUS_LIST = "status list"
    CREDENTIAL = "Verifiable Credential"
    BLOCKCERTS = "Blockcerts"
    EUROPEAN = "European Digital Credential"
    SD_JWT = "SD-JWT"
    DOCUMENT = "document"  # a file or a link, and what the learner says of it
    STATEMENT = "own statement"
    OTHER = "other"


@unique
class Securing(StrEnum):
    """How the bytes are secured."""

    EMBEDDED = "embedded proof"
    JWS = "compact JWS"
    SD_JWT = "SD-JWT"
    KEY_BINDING = "SD-JWT with key binding"  # of a presentation: the holder's answer over one SD-JWT
    COSE = "COSE_Sign1"
    JADES = "JAdES"
    ANCHORED = "Merkle proof"  # whose root is said to stand in a public chain
    NONE = "none"
    UNSUPPORTED = "unsupported"


@unique
class Carrier(StrEnum):
    """What file the credential came in."""

    JSON = "json"
    JWS = "jws"
    PNG = "png"
    SVG = "svg"
    PACK = "pack"
    QR = "qr"
    FILE = "file"  # any file that is no credential: what is said of it is in the payload


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes as they came, kept for ever.

    Attributes:
        data: The whole file (a picture, with everything in it), exactly.
        media_type: Of `data`.
        payload: The credential text inside it (JSON or compact JWS), exactly. Equal to `data` where
            the file is the credential.
        carrier: What kind of file `data` is.
    """

    data: bytes
    media_type: str
    payload: bytes
    carrier: Carrier


@dataclass(frozen=True, slots=True)
class CompactJws:
    """A compact JWS, taken apart strictly and not yet believed.

    Attributes:
        text: The whole token, exactly as it came.
        header: The protected header.
        payload: The payload's bytes, decoded.
        signing_input: What the signature covers.
        signature: Raw signature bytes.
    """

    text: str
    header: JsonObject
    payload: bytes
    signing_input: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class CoseSign1:
    """A COSE_Sign1 message, taken apart strictly and not yet believed.

    Attributes:
        protected: The protected header, whose integer labels have the names of RFC 9052.
        payload: What is signed for.
        signing_input: What the signature covers: the Sig_structure.
        signature: Raw signature bytes.
    """

    protected: JsonObject
    payload: bytes
    signing_input: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of a subject: plain, or hashed with a salt (Open Badges IdentityObject).

    Attributes:
        value: The plain value, or `alg$hex`.
        hashed: Whether `value` is a hash.
        salt: Added behind the value before hashing.
        kind: The standard's `identityType`.
    """

    value: str
    hashed: bool = False
    salt: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who the credential says sealed it. The name is the sealer's own claim."""

    id: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom it is about. Without `id` and identifiers it is a bearer credential.

    Attributes:
        others: Whom else it is about; what is shown of a credential is about the first.
    """

    id: str = ""
    name: str = ""
    identifiers: tuple[Identifier, ...] = ()
    others: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill the credential names: an alignment or a tag.

    Attributes:
        framework: Of the alignment, "" for a tag.
        url: Never opened by itself.
    """

    name: str
    framework: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved, as the issuer states it. Empty texts mean "not stated".

    Attributes:
        kind: The standard's achievement type (Course, Certification, …).
        criteria: How it was assessed, as text.
        results: One line per result (name and value).
        evidence: One line per piece of evidence (name, and address where given).
        picture: A data URI if the badge picture travels inside, else "".
        picture_url: A remote address of the picture; never loaded by itself.
    """

    name: str = ""
    description: str = ""
    kind: str = ""
    criteria: str = ""
    criteria_url: str = ""
    skills: tuple[Skill, ...] = ()
    results: tuple[tuple[str, str], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    credits: str = ""
    language: str = ""
    picture: str = ""
    picture_url: str = ""


@dataclass(frozen=True, slots=True)
class Credential:
    """One credential, read under the limits and not yet judged.

    Attributes:
        original: The kept bytes.
        format: The family.
        evidence_class: Sealed unless the family has no seal of its own.
        securing: How it is secured.
        document: The JSON that was signed (for a JWS: the credential inside its payload; for an SD-JWT:
            with what is shown put in its place, and nothing else).
        jws: The token, where it is one; of an SD-JWT the part that the issuer signed.
        cose: The COSE message, where it is one.
        id: The credential's own id, "" if it has none.
        version: "1.1", "2.0" or "".
        types: All its types, in order.
        title: What to call it: the achievement's name, else the credential's.
        valid_from, valid_until: Parsed dates in UTC, None where not stated.
        proofs: Its embedded proofs, in order.
        statuses: Its raw status entries, in order.
        endorsements: How many endorsements it carries, read or not.
        inside: The credentials that a record holds, each with its own seal.
        endorsed: The endorsements that were read.
        problems: What breaks the shape its types promise; each makes it malformed. Found when read,
            reported by check 1, so that a broken file still shows what it says.
        notes: Allowances made while reading.
    """

    original: Original
    format: CredentialFormat
    evidence_class: EvidenceClass
    securing: Securing
    document: JsonObject
    issuer: Issuer
    subject: Subject
    achievement: Achievement
    jws: CompactJws | None = None
    id: str = ""
    version: str = ""
    types: tuple[str, ...] = ()
    title: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    proofs: tuple[JsonObject, ...] = ()
    statuses: tuple[JsonObject, ...] = ()
    endorsements: int = 0
    inside: tuple[Credential | Unreadable, ...] = ()
    endorsed: tuple[Endorsement, ...] = ()
    problems: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    cose: CoseSign1 | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something inside a pack that could not be read, with the reason."""

    original: Original
    reason: Reason


@dataclass(frozen=True, slots=True)
class Endorsement:
    """An endorsement that a credential carries; a credential of its own, by somebody else.

    Attributes:
        of: Id of the thing it is attached to: the credential, its achievement or its issuer.
    """

    credential: Credential | Unreadable
    of: str


@dataclass(frozen=True, slots=True)
class Presentation:
    """Credentials shown together, usually signed by their holder.

    Attributes:
        holder: The DID that says it shows them, "" if unnamed.
        credentials: Each item, readable or not, in order.
        challenge, domain: What the proof says it answers and for whom; "" where absent.
        begins, expires: From when and until when the presentation itself may be shown.
        cover: The unsigned text beside it in a pack; inert.
    """

    original: Original
    document: JsonObject
    securing: Securing
    holder: str
    credentials: tuple[Credential | Unreadable, ...]
    jws: CompactJws | None = None
    id: str = ""
    proofs: tuple[JsonObject, ...] = ()
    challenge: str = ""
    domain: tuple[str, ...] = ()
    created: datetime | None = None
    begins: datetime | None = None
    expires: datetime | None = None
    cover: str = ""
    problems: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    cose: CoseSign1 | None = None


Parsed: TypeAlias = Credential | Presentation
