"""What a learner's own belief about an issuer says of one seal: pinned, another key, distrusted, named.

A fingerprint is a short form of a key's thumbprint (RFC 7638) that two people can compare over the
telephone. What a belief means for a report is in `verify.believing`: for the verdict, nothing.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final

from wallet.codec.encoding import base64url_decode
from wallet.model.beliefs import Belief, Stance
from wallet.model.errors import CodecError

_FINGERPRINT_BYTES: Final = 10  # 80 bits: nobody finds a second key with the same ones
_GROUP: Final = 4
_SEPARATORS: Final = re.compile(r"[\s:\-]+")


@unique
class Stand(StrEnum):
    """How a seal stands to a belief."""

    SILENT = "silent"  # nothing is believed that concerns it
    PINNED = "pinned"
    OTHER_KEY = "other_key"
    DISTRUSTED = "distrusted"


def stand(belief: Belief | None, thumbprint: str) -> Stand:
    """Return how a seal by that key stands to what is believed.

    Args:
        belief: About the issuer; None if nothing is.
        thumbprint: Of the key that opened the seal, "" where there is none (a web record, an unopened seal).
    """
    if belief is None or belief.stance is Stance.NONE:
        return Stand.SILENT
    if belief.stance is Stance.DISTRUSTED:
        return Stand.DISTRUSTED
    if not thumbprint:
        return Stand.SILENT
    return Stand.PINNED if thumbprint in belief.thumbprints else Stand.OTHER_KEY


def fingerprint(thumbprint: str) -> str:
    """Return the short form of a thumbprint: five groups of four digits from 0 to F."""
    try:
        digits = base64url_decode(thumbprint)[:_FINGERPRINT_BYTES].hex().upper()
    except CodecError:
        return ""
    return " ".join(digits[start:start + _GROUP] for start in range(0, len(digits), _GROUP))


def of_fingerprint(written: str, thumbprints: Iterable[str]) -> str:
    """Return the thumbprint that somebody's written fingerprint belongs to, "" if to none of these."""
    wanted = _SEPARATORS.sub("", written).upper()
    found = ""
    for one in thumbprints:
        short = fingerprint(one).replace(" ", "")
        if short and hmac.compare_digest(short.encode(), wanted.encode("utf-8", "replace")):
            found = one
    return found
