"""Words for the network: what is asked for, what a host learns, how it ended, what changed. Templates only.

What went wrong is in `requesting`. Nothing here says that something is wrong with a credential because a host
did not answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallet.model.changes import ChangeKind
from wallet.model.network import FetchOutcome, Permission, Purpose

from .text import Translate, fill, keep

PURPOSES: Final[dict[Purpose, str]] = {
    Purpose.ISSUER_KEY: "keys of an issuer",
    Purpose.STATUS_LIST: "a withdrawal list",
    Purpose.BADGE_RECORD: "the web record of a badge",
    Purpose.REGISTRY: "a list of issuers",
    Purpose.CREDENTIAL: "the address you gave",
    Purpose.PROFILE: "the public list you gave",
    Purpose.RENEWAL: "a newer version of a credential",
    Purpose.PICTURE: "the picture of a badge",
    Purpose.LOOKUP: "what a federation says of an issuer",
}

#: What a host learns by one request, beside the internet address and the time.
LEARNS: Final[dict[Purpose, str]] = {
    Purpose.ISSUER_KEY: "that somebody has something from this issuer, but not what.",
    Purpose.STATUS_LIST: "that somebody looks at the whole list, but not at which of its entries.",
    Purpose.BADGE_RECORD: "that somebody looks at this very badge.",
    Purpose.REGISTRY: "that somebody uses this list.",
    Purpose.CREDENTIAL: "that somebody opened this address.",
    Purpose.PROFILE: "that somebody opened this public list.",
    Purpose.RENEWAL: "that somebody who has this very credential asks for a newer one.",
    Purpose.PICTURE: "that somebody looks at this badge.",
    Purpose.LOOKUP: "from which issuer somebody has something, but not what.",
}

#: The same of several documents at one host.
PURPOSES_MANY: Final[dict[Purpose, str]] = {
    Purpose.ISSUER_KEY: "keys of issuers",
    Purpose.STATUS_LIST: "withdrawal lists",
    Purpose.BADGE_RECORD: "the web records of badges",
    Purpose.REGISTRY: "lists of issuers",
    Purpose.CREDENTIAL: "the addresses you gave",
    Purpose.PROFILE: "the public lists you gave",
    Purpose.RENEWAL: "newer versions of credentials",
    Purpose.PICTURE: "the pictures of badges",
    Purpose.LOOKUP: "what a federation says of issuers",
}
LEARNS_MANY: Final[dict[Purpose, str]] = LEARNS | {
    Purpose.ISSUER_KEY: "that somebody has something from these issuers, but not what.",
    Purpose.STATUS_LIST: "that somebody looks at whole lists, but not at which of their entries.",
    Purpose.BADGE_RECORD: "that somebody looks at these very badges.",
    Purpose.REGISTRY: "that somebody uses these lists.",
    Purpose.CREDENTIAL: "that somebody opened these addresses.",
    Purpose.PROFILE: "that somebody opened these public lists.",
    Purpose.PICTURE: "that somebody looks at these badges.",
    Purpose.LOOKUP: "from which issuers somebody has something, but not what.",
}

OUTCOMES: Final[dict[FetchOutcome, str]] = {
    FetchOutcome.ASKED: "not known: it was interrupted",
    FetchOutcome.FETCHED: "came",
    FetchOutcome.UNCHANGED: "unchanged",
    FetchOutcome.MISSING: "nothing there",
    FetchOutcome.GONE: "taken down",
    FetchOutcome.REFUSED: "refused here",
    FetchOutcome.UNREACHABLE: "not reached",
    FetchOutcome.TIMED_OUT: "no answer in time",
    FetchOutcome.TOO_LARGE: "too large",
    FetchOutcome.DENIED: "the site said no",
    FetchOutcome.FAILED: "the site failed",
}

PERMISSIONS: Final[dict[Permission, str]] = {
    Permission.ONCE: "you, this once",
    Permission.HOST: "you, for this site",
    Permission.SETTING: "your setting",
    Permission.COMMAND: "your command",
}

CHANGES: Final[dict[ChangeKind, str]] = {
    ChangeKind.SPOILED: "no longer passes its check",
    ChangeKind.WITHDRAWN: "withdrawn",
    ChangeKind.ON_HOLD: "put on hold",
    ChangeKind.ENDED: "ended",
    ChangeKind.DOUBTFUL: "cannot be decided any more",
    ChangeKind.LIFTED: "no longer on hold",
    ChangeKind.REINSTATED: "no longer withdrawn",
    ChangeKind.BEGUN: "counts from now on",
    ChangeKind.CONFIRMED: "confirmed",
    ChangeKind.OTHER: "changed",
}

_SHEET: Final = "{n} documents from {count} sites."
_SHEET_ONE: Final = "1 document from {host}."
_SHEET_HOST: Final = "{n} documents from {host}."
_SHEET_NONE: Final = "There is nothing to ask."
_KEYS: Final = "{issuer} lists other keys than before. The earlier ones stay here, with their dates."
_COUNTED: Final = "{n} {what}"
_SAME: Final = "Nothing changed"
_SILENT: Final = "{n} sites not reached"
_SILENT_ONE: Final = "1 site not reached"


def purpose_word(purpose: Purpose, translate: Translate = keep, *, many: bool = False) -> str:
    """Return what is asked for."""
    return translate((PURPOSES_MANY if many else PURPOSES)[purpose])


def learns(purpose: Purpose, translate: Translate = keep, *, many: bool = False) -> str:
    """Return what the host learns by such a request, or by several."""
    return translate((LEARNS_MANY if many else LEARNS)[purpose])


def outcome_word(outcome: FetchOutcome, translate: Translate = keep) -> str:
    """Return how a request ended."""
    return translate(OUTCOMES[outcome])


def permission_word(permission: Permission, translate: Translate = keep) -> str:
    """Return by whose leave a request was made."""
    return translate(PERMISSIONS[permission])


def change_word(kind: ChangeKind, translate: Translate = keep) -> str:
    """Return what became of a credential."""
    return translate(CHANGES[kind])


def sheet_title(documents: int, hosts: tuple[str, ...], translate: Translate = keep) -> str:
    """Return how much would be asked, of how many sites."""
    if not documents:
        return translate(_SHEET_NONE)
    template = _SHEET_ONE if documents == 1 else _SHEET
    host = hosts[0] if hosts else ""
    if documents > 1 and len(hosts) == 1:
        template = _SHEET_HOST
    return fill(template, {"n": str(documents), "count": str(len(hosts)), "host": host}, translate)


def keys_changed(issuer: str, translate: Translate = keep) -> str:
    """Return what is told when an issuer lists other keys than before."""
    return fill(_KEYS, {"issuer": issuer}, translate)


def refresh_sentence(changes: Mapping[ChangeKind, int], silent_hosts: int,
                     translate: Translate = keep) -> str:
    """Return what one pass found, in one line."""
    parts = [fill(_COUNTED, {"n": str(changes[kind]), "what": change_word(kind, translate)}, translate)
             for kind in ChangeKind if changes.get(kind)] or [translate(_SAME)]
    if silent_hosts:
        parts.append(fill(_SILENT_ONE if silent_hosts == 1 else _SILENT, {"n": str(silent_hosts)}, translate))
    return f"{', '.join(parts)}."
