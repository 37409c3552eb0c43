"""What of an answer is believed: its status, its media type, its size. Nothing here opens anything.

RFC 9110 §15 (status codes) and §8.3 (media types). A kind that says nothing is tolerated: static hosts serve
a `did.json` as `text/plain`, as octets, or name no type at all. Whoever reads the bytes is strict about them,
so that the type is a guard against the wrong page (a log-in page, a picture), never what makes data believed.
"""

from __future__ import annotations

import re
from typing import Final

from wallet.model.network import FetchOutcome
from wallet.model.reasons import ReasonCode, reason

from .fetch import FetchError

#: Types that say nothing about what is inside.
_SILENT: Final = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
_GONE: Final = 410
_WITHDRAWN: Final = re.compile(rb'"revoked"\s*:\s*(?:true|"true")', re.IGNORECASE)
_JSON: Final = frozenset({"application/json", "text/json"})


def media_type_of(header: str) -> str:
    """Return the media type of a Content-Type header: lower case, without parameters."""
    return header.partition(";")[0].strip().lower()


def is_believed(media_type: str, accept: tuple[str, ...]) -> bool:
    """Tell whether an answer of this type may be what was asked for.

    Args:
        media_type: As the host named it, "" if it did not.
        accept: What was asked for; empty for any. `image/*` stands for every picture.
    """
    if not accept or media_type in _SILENT:
        return True
    family = media_type.partition("/")[0] + "/*"
    if media_type in accept or family in accept or "*/*" in accept:
        return True
    # One format under many names: did+json, ld+json, jwk-set+json and plain JSON all mean one document.
    return _is_json(media_type) and any(map(_is_json, accept))


def _is_json(media_type: str) -> bool:
    return media_type in _JSON or media_type.endswith("+json")


def refusal(status: int, host: str) -> FetchError | None:
    """Return what a status code says against an answer, None if the answer can be read.

    Args:
        status: Of the last answer, after redirects.
        host: Who answered.
    """
    found = str(status)
    if status in (200, 203, 304):
        return None
    if status == 404:
        return FetchError(reason(ReasonCode.ANSWER_MISSING, host=host), FetchOutcome.MISSING)
    if status == 410:
        return FetchError(reason(ReasonCode.ANSWER_GONE, host=host), FetchOutcome.GONE)
    if status == 429:
        return FetchError(reason(ReasonCode.ANSWER_TOO_OFTEN, host=host), FetchOutcome.DENIED)
    if status in (401, 402, 403, 407, 451):
        return FetchError(reason(ReasonCode.ANSWER_DENIED, host=host, found=found), FetchOutcome.DENIED)
    return FetchError(reason(ReasonCode.ANSWER_FAILED, host=host, found=found), FetchOutcome.FAILED)


def is_withdrawal(status: int, data: bytes) -> bool:
    """Tell whether an answer that something is gone is the record that it was withdrawn.

    Open Badges 2.0 §4.1 (`revoked`): what was withdrawn is answered with 410 and a short record. It is an
    answer like any other, for whoever reads records.
    """
    return status == _GONE and bool(_WITHDRAWN.search(data))


def too_large(host: str, limit: int) -> FetchError:
    """Return the error of an answer beyond its bound, packed or unpacked."""
    return FetchError(reason(ReasonCode.ANSWER_TOO_LARGE, host=host, limit=str(limit)),
                      FetchOutcome.TOO_LARGE)


def wrong_type(host: str, media_type: str) -> FetchError:
    """Return the error of an answer of another kind."""
    return FetchError(reason(ReasonCode.ANSWER_TYPE, host=host, found=media_type), FetchOutcome.FAILED)
