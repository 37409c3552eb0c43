"""Words for the network: what is asked for and why, what came back, and the line the ledger keeps of it.

Nothing here opens anything. The door is in `net`; whether it may be opened is asked in `operations`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Purpose(StrEnum):
    """Why a request is made: shown before it, kept in the ledger. Values are part of the vault's format."""

    ISSUER_KEY = "issuer_key"  # whose key: a DID document, a JWK set, an issuer's profile
    STATUS_LIST = "status_list"  # whether something was withdrawn; always the whole list
    BADGE_RECORD = "badge_record"  # an issuer's web record of a badge
    REGISTRY = "registry"  # who is known to whom
    CREDENTIAL = "credential"  # an address the learner pasted
    PROFILE = "profile"  # a public list of badges the learner pasted
    RENEWAL = "renewal"  # a newer version of a credential, where the issuer announced one
    PICTURE = "picture"  # the image of a badge
    LOOKUP = "lookup"  # what a federation says of one issuer


@unique
class Permission(StrEnum):
    """By what a request was allowed. Values are part of the vault's format."""

    ONCE = "once"  # on the sheet, for this wish
    HOST = "host"  # for this host, until taken back
    SETTING = "setting"  # by the learner's standing setting
    COMMAND = "command"  # `--online` or a command that says so in its name


@unique
class FetchOutcome(StrEnum):
    """How a request ended. Values are part of the vault's format."""

    ASKED = "asked"  # nothing is known of its end: the program stopped in between
    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    MISSING = "missing"  # 404
    GONE = "gone"  # 410
    REFUSED = "refused"  # by our own rules; nothing was sent, or nothing was believed
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    DENIED = "denied"  # by the host: 401, 403, 429
    FAILED = "failed"  # by the host: 5xx, or an answer that is none


@dataclass(frozen=True, slots=True)
class Order:
    """One request, before it is made.

    Attributes:
        address: An https address (http only where `legacy_http`).
        purpose: Why.
        accept: Media types that are believed, most wanted first; empty for any.
        max_bytes: The largest answer, decoded.
        same_origin: Whether a redirect to another origin ends it (DID documents).
        legacy_http: Whether plain http is taken, with a warning (hosted badges from before 2016).
        etag: Of the version at hand, "" if none: the host may answer that nothing changed.
    """

    address: str
    purpose: Purpose
    accept: tuple[str, ...] = ()
    max_bytes: int = 4 * 1024 * 1024
    same_origin: bool = False
    legacy_http: bool = False
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back.

    Attributes:
        address: As it was asked for.
        final_address: Where it came from after redirects.
        host: Who answered.
        data: The bytes, decoded.
        media_type: As the host named it, without parameters, lower case; "" if it did not.
        etag: The host's mark of this version, "" if none.
        unchanged: Whether the host said that the version at hand is still the one; `data` is empty then.
        secure: Whether it came over TLS.
    """

    address: str
    final_address: str
    host: str
    data: bytes
    media_type: str = ""
    etag: str = ""
    unchanged: bool = False
    secure: bool = True


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger of requests.

    Attributes:
        bytes: Of the answer.
    """

    at: datetime
    host: str
    address: str
    purpose: Purpose
    allowed: Permission
    outcome: FetchOutcome
    bytes: int = 0
