"""Words for what a learner believes about an issuer, by her own act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Stance(StrEnum):
    """What she decided. Values are part of the vault's format."""

    NONE = "none"  # she only gave it a name
    PINNED = "pinned"  # she compared its key with what the issuer itself told her
    DISTRUSTED = "distrusted"


@dataclass(frozen=True, slots=True)
class Belief:
    """What she believes about one issuer.

    Attributes:
        issuer_id: Its exact identifier.
        thumbprints: Of the keys she pinned (RFC 7638, SHA-256); empty unless pinned.
        name: What she calls it, "" if nothing.
        note: In her own words: how she found out.
        at: When.
    """

    issuer_id: str
    at: datetime
    stance: Stance = Stance.NONE
    thumbprints: tuple[str, ...] = ()
    name: str = ""
    note: str = ""
