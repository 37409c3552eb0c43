"""Words for handing credentials to another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Channel(StrEnum):
    """How something left."""

    PACK = "pack"
    QR = "qr"
    LINKEDIN = "linkedin"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class ShareTerms:
    """For whom a presentation is, and for how long.

    Attributes:
        audience: Free text for people and the log ("Harbor Ltd, junior analyst").
        domain: What goes into the proof's `domain`, "" for none.
        challenge: The employer's nonce, "" if none was given.
        expires: End of the presentation, UTC; None for none.
    """

    audience: str = ""
    domain: str = ""
    challenge: str = ""
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revealed:
    """One line of the preview: exactly what the receiver will be able to read.

    Attributes:
        path: JSON Pointer into the credential.
        value: The value as text.
    """

    path: str
    value: str


@dataclass(frozen=True, slots=True)
class PartChoice:
    """One member of a credential that its holder may show or leave out.

    Attributes:
        pointer: JSON Pointer into the credential.
        value: Its own words, in short.
        is_fixed: Whether the issuer lets nobody leave it out.
    """

    pointer: str
    value: str
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class QrFrame:
    """One QR picture of a payload.

    Attributes:
        text: What the code holds.
        png: The picture.
        index, total: 1-based place in the sequence.
    """

    text: str
    png: bytes
    index: int
    total: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """A signed presentation, ready to leave.

    Attributes:
        presentation: The signed presentation's exact bytes.
        pack: The `.vcpack` file's bytes.
        payload: The compact payload for QR and links.
        terms: For whom and how long.
        credential_ids: The wallet's own ids of what is inside.
    """

    presentation: bytes
    pack: bytes
    payload: bytes
    terms: ShareTerms
    credential_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkedInEntry:
    """The link that opens LinkedIn's form, and the same values to copy by hand.

    Attributes:
        url: Percent-encoded, never opened by itself.
        fields: Label and value, in the order of the form.
    """

    url: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShareRecord:
    """One line of the log of everything that left."""

    id: str
    at: datetime
    channel: Channel
    audience: str
    credential_ids: tuple[str, ...]
    titles: tuple[str, ...]
    expires: datetime | None = None
