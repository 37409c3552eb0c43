"""Check 4, recognition: who knows the owner of the key? It never decides; being unknown is no fault.

Three answers are kept apart: on a list, as of its date; on none of them; nobody could look. What a list is,
and in which order lists speak, is in `trust.registry`. The name in a credential is the sealer's own.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from typing import Final

from wallet.codec.dates import format_datetime
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.trust.issuer_keys import is_pure, wanted_document
from wallet.trust.registry import Answer, IssuerList, Listing, Recognition, recognise

_SMALL: Final = frozenset({"the", "of", "and", "for", "de", "la", "le", "der", "die", "das", "und", "et", "y",
                           "inc", "ltd", "llc", "gmbh"})
_NOBODY: Final = Recognition(None)
_MAX_REMEMBERED: Final = 1024  # issuers
_MAX_REMEMBERED_CHARS: Final = 512  # of an address with its name
_MAX_TOLD: Final = 3  # names of lists in one sentence


def check_recognition(lists: tuple[IssuerList, ...], issuer_id: str, name: str, *, at: datetime) -> Check:
    """Answer check 4.

    Args:
        lists: In force, the most authoritative first.
        issuer_id: Byte for byte.
        name: What the credential calls its issuer.
        at: The report's time.
    """
    if not lists and len(issuer_id) + len(name) <= _MAX_REMEMBERED_CHARS:
        return _unasked(issuer_id, name)
    found = recognise(lists, issuer_id, at)
    best = found.best
    notes = tuple(_unchecked(found))
    if best and best.issuer and best.listing is Listing.LISTED:
        why = reason(ReasonCode.ISSUER_LISTED, list=best.list, date=_date(best.date), name=best.issuer.name,
                     issuer=issuer_id, origin=best.origin, legal=best.issuer.legal_name, ror=best.issuer.ror)
        other = _mismatch(best, issuer_id, name)
        return Check(CheckId.RECOGNITION, Outcome.PASSED, why, best.evidence, (*other, *notes))
    if best and best.issuer and best.listing is Listing.ENDED:
        ended = reason(ReasonCode.ISSUER_LIST_ENDED, list=best.list, date=_date(best.date),
                       until=_date(best.until), name=best.issuer.name, issuer=issuer_id)
        return Check(CheckId.RECOGNITION, Outcome.UNDETERMINED, ended, best.evidence, notes)
    if best and best.issuer and best.listing is Listing.DOMAIN:
        return _by_domain(best, issuer_id, name, notes)
    return Check(CheckId.RECOGNITION, Outcome.UNDETERMINED, _unknown(found, issuer_id, name), notes=notes)


@lru_cache(maxsize=_MAX_REMEMBERED)
def _unasked(issuer_id: str, name: str) -> Check:
    """Answer where there is no list: always the same of one issuer."""
    return Check(CheckId.RECOGNITION, Outcome.UNDETERMINED, _unknown(_NOBODY, issuer_id, name))


def _by_domain(best: Answer, issuer_id: str, name: str, notes: tuple[Reason, ...]) -> Check:
    """The web address is known. A place inside it may be a member's, and is then not called by its name."""
    if best.issuer is None:  # an answer by domain always has one
        return Check(CheckId.RECOGNITION, Outcome.UNDETERMINED, reason(ReasonCode.ISSUER_LISTS_MISSING))
    host = wanted_document(issuer_id).host
    if best.issuer.note:
        shared = reason(ReasonCode.ISSUER_DOMAIN_SHARED, host=best.issuer.id, name=best.issuer.name)
        why = reason(ReasonCode.ISSUER_UNLISTED, host=issuer_id, name=name)
        return Check(CheckId.RECOGNITION, Outcome.UNDETERMINED, why, best.evidence, (shared, *notes))
    why = reason(ReasonCode.ISSUER_DOMAIN_KNOWN, host=host, domain=best.issuer.id, name=best.issuer.name,
                 list=best.list, date=_date(best.date), claimed=name, ror=best.issuer.ror, issuer=issuer_id)
    other = _mismatch(best, issuer_id, name)
    return Check(CheckId.RECOGNITION, Outcome.UNDETERMINED, why, best.evidence, (*other, *notes))


def _unknown(found: Recognition, issuer_id: str, name: str) -> Reason:
    if is_pure(issuer_id):
        return reason(ReasonCode.ISSUER_SELF_MADE, issuer=issuer_id, name=name)
    if not found.asked:
        return reason(ReasonCode.ISSUER_LISTS_MISSING, issuer=issuer_id)
    # What a host gives to its members is not the host: `did:web` with a path is named whole.
    has_path = issuer_id.startswith("did:web:") and ":" in issuer_id.removeprefix("did:web:")
    host = issuer_id if has_path else wanted_document(issuer_id).host or issuer_id
    return reason(ReasonCode.ISSUER_UNLISTED, host=host, name=name)


def _unchecked(found: Recognition) -> list[Reason]:
    """Name the lists nobody could look into: "on none of them" would be too much said."""
    if not found.unchecked:
        return []
    names = [one.list for one in found.unchecked]
    told = ", ".join(names[:_MAX_TOLD]) + (f" (+{len(names) - _MAX_TOLD})" if len(names) > _MAX_TOLD else "")
    first = found.unchecked[0].because
    return [reason(ReasonCode.ISSUER_LISTS_UNCHECKED, lists=told, because=first.code.value if first else "")]


def _mismatch(best: Answer, issuer_id: str, name: str) -> tuple[Reason, ...]:
    """Say so where the name inside has nothing in common with the name that others know."""
    known = [one for one in (best.issuer.name, best.issuer.legal_name) if one] if best.issuer else []
    if not name or not known or any(_alike(name, one) for one in known):
        return ()
    host = wanted_document(issuer_id).host or issuer_id
    return (reason(ReasonCode.ISSUER_NAME_MISMATCH, name=name, host=host, known=known[0]),)


def _alike(one: str, other: str) -> bool:
    """Tell names that share a word, or one of which is made of the other's first letters."""
    words, others = _words(one), _words(other)
    if set(words) & set(others) or not words or not others:
        return True
    initials = ("".join(word[0] for word in words), "".join(word[0] for word in others))
    return initials[0] == "".join(others) or initials[1] == "".join(words)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word for word in re.findall(r"\w+", letters) if word not in _SMALL]


def _date(moment: datetime | None) -> str:
    return format_datetime(moment) if moment else ""
