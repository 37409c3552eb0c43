"""Check 7: recipient and binding. Is it about the person who is meant, and did its holder show it?

A recipient is compared with every identifier that the person who checks brings; nothing is guessed from
the credential. A presentation is compared with the challenge and the audience she gave. Open Badges 3.0
§B.1 (IdentityObject), VC Data Integrity 1.0 §2.1 (`challenge`, `domain`).
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import Final

from wallet.model.credential import Identifier, Subject
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome

_ALGORITHMS: Final = ("sha256", "md5")  # those the standard names
_WEAK: Final = ("md5",)
_MAIL_KINDS: Final = ("email", "emailaddress")  # of Open Badges 2.0 and 3.0; the older may be an address
_COMPARED: Final = 8  # identifiers of one subject that are held against those of another; other subjects


class _Sort(Enum):
    """Of what sort an identifier is: one of a sort says nothing against one of another."""

    KEY = "key"
    MAIL = "mail"
    PAGE = "page"
    WORD = "word"  # a name, a number


_NOT_NAMED: Final = Check(CheckId.RECIPIENT, Outcome.NOT_APPLICABLE, reason(ReasonCode.RECIPIENT_NOT_NAMED))
_OPEN: Final = Check(CheckId.RECIPIENT, Outcome.UNDETERMINED, reason(ReasonCode.RECIPIENT_NOT_COMPARED))
_UNKNOWN: Final = Check(CheckId.RECIPIENT, Outcome.UNDETERMINED, reason(ReasonCode.RECIPIENT_UNKNOWN))


def check_recipient(subject: Subject, identities: tuple[str, ...]) -> Check:
    """Answer check 7 for a credential.

    Of several people it is the first whose achievement is shown: to be another of them says nothing of that.
    """
    if not subject.id and not subject.identifiers and not any(
            one.id or one.identifiers for one in subject.others):
        return _NOT_NAMED
    notes = tuple(_warnings(subject)) if subject.identifiers else ()
    given = tuple([identity for identity in identities if identity.strip()])
    if not given:
        return _not_compared(subject, notes)
    matched = _matched(subject, given)
    if matched is not None:
        return _answer(Outcome.PASSED, matched, notes)
    for one in subject.others[:_COMPARED]:
        other = _matched(one, given)
        if other is not None:
            another = reason(ReasonCode.RECIPIENT_ANOTHER, identity=other["identity"])
            return _answer(Outcome.UNDETERMINED, another, notes)
    if not _comparable(subject, given) or len(subject.others) > _COMPARED:
        return _not_compared(subject, notes)
    return _answer(Outcome.FAILED, reason(ReasonCode.RECIPIENT_MISMATCH), notes)


def _matched(subject: Subject, given: tuple[str, ...]) -> Reason | None:
    """Return by which of the identities that were given somebody is meant, None if by none."""
    if subject.id and (subject.id in given or _named(subject.id) in given):
        return reason(ReasonCode.RECIPIENT_MATCH, identity=subject.id)
    for code, identity, value in _readings(given):
        if any(_matches(identifier, value) for identifier in subject.identifiers):
            return reason(code, identity=identity)
    loose = {_loosely(one.value) for one in subject.identifiers if not one.hashed}
    found = next((identity for identity in given if _loosely(identity) in loose), None)
    return None if found is None else reason(ReasonCode.RECIPIENT_VARIANT, identity=found)


def _loosely(value: str) -> str:
    return unicodedata.normalize("NFC", value).strip().lower()


def check_binding(*, found_challenge: str, found_domain: tuple[str, ...], challenge: str | None,
                  domain: str | None, may_name_others: bool = False) -> Check:
    """Answer check 7 for a presentation: does it answer what the person who checks asked?

    Args:
        found_challenge: The challenge that the proof says it answers.
        found_domain: For whom the proof says it is.
        challenge: What was asked; None if nothing was. Equality is exact.
        domain: Who asked; None if she did not say.
        may_name_others: Whether it may be for others, too: the audience of a token is whoever is among those
            it names (RFC 7519 §4.1.3).
    """
    # An empty challenge can be answered by anybody, so nothing answers it.
    if challenge is not None and not (challenge and _equal(challenge, found_challenge)):
        return Check(CheckId.BINDING, Outcome.FAILED,
                     reason(ReasonCode.CHALLENGE_WRONG, found=found_challenge))
    # VC Data Integrity 1.0 §4.4: the same strings, no fewer and no more.
    is_meant = domain in found_domain if may_name_others else set(found_domain) == {domain}
    if domain is not None and not is_meant:
        return Check(CheckId.BINDING, Outcome.FAILED,
                     reason(ReasonCode.DOMAIN_WRONG, found=", ".join(found_domain), wanted=domain))
    matched = (reason(ReasonCode.DOMAIN_MATCHES, domain=domain),) if domain is not None else ()
    if challenge is not None:
        return Check(CheckId.BINDING, Outcome.PASSED, reason(ReasonCode.CHALLENGE_MATCHES), notes=matched)
    unproven = reason(ReasonCode.HOLDER_NOT_PROVEN)
    if matched:
        return Check(CheckId.BINDING, Outcome.PASSED, matched[0], notes=(unproven,))
    return Check(CheckId.BINDING, Outcome.NOT_APPLICABLE, reason(ReasonCode.BINDING_NOT_ASKED),
                 notes=(unproven,))


def check_item_holder(subject_id: str, holder: str, *, live: bool) -> Check:
    """Say of a credential inside a presentation whether it names the key that answered. Never decides.

    Args:
        subject_id: Whom the credential names, "" for nobody by key.
        holder: Who signed the presentation; "" if that is not proven.
        live: Whether that signature holds and answers a challenge that was given.
    """
    if holder and subject_id.startswith("did:") and _named(subject_id) != holder:
        return Check(CheckId.BINDING, Outcome.UNDETERMINED,
                     reason(ReasonCode.HOLDER_KEY_MISMATCH, subject=subject_id, holder=holder))
    if not live:
        return Check(CheckId.BINDING, Outcome.NOT_APPLICABLE, reason(ReasonCode.HOLDER_NOT_PROVEN))
    if subject_id and _named(subject_id) == holder:
        return Check(CheckId.BINDING, Outcome.PASSED, reason(ReasonCode.HOLDER_PROVEN, holder=holder))
    return Check(CheckId.BINDING, Outcome.NOT_APPLICABLE, reason(ReasonCode.HOLDER_LIVE_UNBOUND))


def within_record(checks: tuple[Check, ...], subject: Subject, outer: Subject) -> tuple[Check, ...]:
    """Point out, of the checks of what a record holds, that it names its recipient otherwise than the record.

    Anybody can put somebody else's award into a record of his own. A person may have several names, too.
    """
    if not _names_otherwise(subject, outer):
        return checks
    otherwise = reason(ReasonCode.INNER_NAMED_OTHERWISE)
    return tuple([replace(one, notes=(*one.notes, otherwise)) if one.id is CheckId.RECIPIENT else one
                  for one in checks])


def _names_otherwise(one: Subject, other: Subject) -> bool:
    """Whether two subjects can be compared and have no name in common."""
    keys = {_named(each.id) for each in (one, other) if each.id.startswith("did:")}
    has_keys = one.id.startswith("did:") and other.id.startswith("did:")
    pairs = [(name, plain) for names, plains in ((one, other), (other, one))
             for name in names.identifiers[:_COMPARED] for plain in plains.identifiers[:_COMPARED]
             if not plain.hashed and name.kind == plain.kind]
    shared = any(_matches(name, value) for name, plain in pairs
                 for value in (plain.value, plain.value.strip().lower()))
    return bool((has_keys or pairs) and not shared and not (has_keys and len(keys) == 1))


def _named(subject_id: str) -> str:
    """Return whom a subject's id names: some issuers write the name of her key there, not hers."""
    return subject_id.partition("#")[0] if subject_id.startswith("did:") else subject_id


def _readings(identities: tuple[str, ...]) -> Iterator[tuple[ReasonCode, str, str]]:
    """Each identity as it was given; after all of these, the variants that people and systems write."""
    for identity in identities:
        yield ReasonCode.RECIPIENT_MATCH, identity, identity
    for identity in identities:
        composed = unicodedata.normalize("NFC", identity)
        for value in dict.fromkeys((composed, composed.strip(), _loosely(identity))):
            if value != identity:
                yield ReasonCode.RECIPIENT_VARIANT, identity, value


def _matches(identifier: Identifier, value: str) -> bool:
    if not identifier.hashed:
        return _equal(identifier.value, value)
    algorithm, _, digest = identifier.value.partition("$")
    if algorithm.lower() not in _ALGORITHMS:
        return False
    computed = hashlib.new(algorithm.lower(), (value + identifier.salt).encode("utf-8", "surrogatepass"),
                           usedforsecurity=False)
    return _equal(computed.hexdigest(), digest.lower())


def _comparable(subject: Subject, given: tuple[str, ...]) -> bool:
    """Whether anything that was given is of a kind the credential names."""
    asked = {_sort_of(identity) for identity in given}
    if subject.id.startswith("did:") and _Sort.KEY in asked:
        return True
    return any(_stated_sort(one) in asked - {_Sort.KEY} for one in subject.identifiers
               if not one.hashed or one.value.partition("$")[0].lower() in _ALGORITHMS)


def _stated_sort(stated: Identifier) -> _Sort:
    """Return of what sort an identifier is: as its kind says, or as it looks. A bare hash is of a mail."""
    kind = stated.kind.lower()
    if not kind:
        return _Sort.MAIL if stated.hashed else _sort_of(stated.value)
    if kind.endswith(_MAIL_KINDS):
        return _Sort.MAIL
    return _Sort.PAGE if kind.endswith("url") else _Sort.WORD


def _sort_of(value: str) -> _Sort:
    if value.startswith("did:"):
        return _Sort.KEY
    if value.lower().startswith(("https://", "http://")):
        return _Sort.PAGE
    return _Sort.MAIL if "@" in value else _Sort.WORD


def _not_compared(subject: Subject, notes: tuple[Reason, ...]) -> Check:
    """Say that it is open whose it is, and whether that stands there for everybody to read."""
    if not subject.identifiers:
        return _OPEN
    check = _UNKNOWN if any(one.hashed for one in subject.identifiers) else _OPEN
    return replace(check, notes=notes) if notes else check


def _warnings(subject: Subject) -> Iterator[Reason]:
    hashed = [one for one in subject.identifiers if one.hashed]
    if any(not one.salt for one in hashed):
        yield reason(ReasonCode.RECIPIENT_GUESSABLE)
    if any(one.value.partition("$")[0].lower() in _WEAK for one in hashed):
        yield reason(ReasonCode.RECIPIENT_WEAK_HASH)


def _equal(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))


def _answer(outcome: Outcome, why: Reason, notes: tuple[Reason, ...]) -> Check:
    return Check(CheckId.RECIPIENT, outcome, why, notes=notes)
