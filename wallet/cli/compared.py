"""What a check had before it: what the file says there, and what there was to hold against it.

Lines of the numbered argument, each behind a word of ours; everything that a file says goes through `tidy`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from wallet.model.credential import Credential, Endorsement, Identifier, JsonObject, Presentation, Securing
from wallet.model.report import Check, CheckId, Report
from wallet.operations.argument import algorithm_of
from wallet.wording.labels import friendly_time, tidy

if TYPE_CHECKING:
    from datetime import datetime

    from wallet.operations.checking import Desk, Expectation

Content: TypeAlias = Credential | Presentation

_MAX_LINES: Final = 20  # of one check; a pack may hold hundreds of entries
_MAX_CHARS: Final = 300
_PLACES: Final = ("statusListIndex", "revocationListIndex", "idx")
_LISTS: Final = ("statusListCredential", "revocationListCredential", "uri", "id")


def found_in(check: CheckId, content: Content) -> tuple[str, ...]:
    """Return what the file says that this check looked at, without any judgement."""
    found = tuple(_found(check, content))
    more = (f"and {len(found) - _MAX_LINES} more",) if len(found) > _MAX_LINES else ()
    return tuple(tidy(line, _MAX_CHARS) for line in found[:_MAX_LINES]) + more


def given_for(check: Check, report: Report, desk: Desk, expectation: Expectation) -> tuple[str, ...]:
    """Return what was held against it and came from the person who checks, or from this computer."""
    return tuple(tidy(line, _MAX_CHARS) for line in _given(check.id, report, desk, expectation))


def proof_words(proof: JsonObject) -> str:
    """Return one embedded proof in a line: kind, purpose, date, and the key it names."""
    named = (str(proof.get(member, "")) for member in ("type", "cryptosuite", "proofPurpose", "created"))
    return f"{' '.join(filter(None, named))}, key: {proof.get('verificationMethod', 'not named')}"


def token_words(content: Content) -> str:
    """Return the header of a token or a COSE message in a line, "" where there is none."""
    if content.jws is not None:
        header, kind = content.jws.header, "token"
    elif content.cose is not None:
        header, kind = content.cose.protected, "COSE message"
    else:
        return ""
    named = header.get("kid")
    if isinstance(named, bytes):
        named = named.decode("utf-8", "replace")
    brought = ", ".join(member for member in ("jwk", "x5c") if member in header)
    key = str(named) if named else "not named"
    typed = f" of type {header['typ']}" if header.get("typ") else ""
    tail = f"; it brings {brought}" if brought else ""
    return f"{algorithm_of(content)} {kind}{typed}, key: {key}{tail}"


def entry_words(entry: JsonObject) -> str:
    """Return one status entry in a line: kind, purpose, place, list."""
    inner = entry.get("status_list")
    told: JsonObject = inner if isinstance(inner, dict) else entry
    kind = "status_list (token)" if told is inner else _text(entry.get("type"))
    place, kept = _first(told, _PLACES), _first(told, _LISTS)
    parts = [kind, _text(told.get("statusPurpose")), f"place {place}" if place else "",
             f"of list {kept}" if kept else ""]
    size = told.get("statusSize", 1)
    told_of = " ".join(filter(None, parts)) or "an entry of which nothing is shown"
    return told_of + (f", {size} bits each" if size != 1 else "")


def identifier_words(one: Identifier) -> str:
    """Return how one identifier of a subject is written down: openly, or as a hash."""
    kind = f"{one.kind} " if one.kind else ""
    if not one.hashed:
        return f"{kind}{one.value}, written openly"
    algorithm = one.value.partition("$")[0]
    return f"{kind}hidden as {algorithm}, {'with salt' if one.salt else 'without salt'}: {one.value}"


def _found(check: CheckId, content: Content) -> Iterator[str]:
    if check is CheckId.PROOF:
        yield from map(proof_words, content.proofs)
        if token_words(content):
            yield token_words(content)
    elif isinstance(content, Presentation):
        yield from _found_in_pack(check, content)
    else:
        yield from _found_in_credential(check, content)


def _found_in_pack(check: CheckId, content: Presentation) -> Iterator[str]:
    if check is CheckId.KEY_AUTHORITY:
        yield f"holder {content.holder or 'not named'}"
    elif check is CheckId.VALIDITY:
        yield from _dates(("made", content.created), ("from", content.begins), ("until", content.expires))
    elif check is CheckId.BINDING:
        yield f"challenge {content.challenge}" if content.challenge else "no challenge"
        yield f"for {', '.join(content.domain)}" if content.domain else "for nobody in particular"


def _found_in_credential(check: CheckId, content: Credential) -> Iterator[str]:
    if check in (CheckId.KEY_AUTHORITY, CheckId.RECOGNITION):
        named = f", calls itself {content.issuer.name}" if content.issuer.name else ""
        yield f"issuer {content.issuer.id or 'not named'}{named}"
        if check is CheckId.KEY_AUTHORITY and content.securing is Securing.JADES and content.jws is not None:
            stated = _first(content.jws.header, ("sigT", "iat"))
            yield f"sealed {stated or 'at no stated time'}, by its own word"
    elif check is CheckId.VALIDITY:
        yield from _dates(("from", content.valid_from), ("until", content.valid_until))
        yield from _seal_dates(content)
    elif check is CheckId.STATUS:
        yield from map(entry_words, content.statuses)
    elif check in (CheckId.RECIPIENT, CheckId.BINDING):
        if content.subject.id:
            yield f"issued to {content.subject.id}"
        if check is CheckId.RECIPIENT:
            yield from map(identifier_words, content.subject.identifiers)
    elif check is CheckId.SCHEMA:
        stated = content.document.get("credentialSchema", [])
        for one in stated if isinstance(stated, list) else [stated]:
            yield f"{_text(one.get('type'))} {_text(one.get('id'))}" if isinstance(one, dict) else _text(one)
    elif check is CheckId.ENDORSEMENTS:
        yield from map(_endorsement_words, content.endorsed)


def _seal_dates(content: Credential) -> Iterator[str]:
    for proof in content.proofs:
        for member in ("created", "expires"):
            if member in proof:
                yield f"seal {member} {_text(proof[member])}"


def _endorsement_words(endorsed: Endorsement) -> str:
    by = endorsed.credential
    who = by.issuer.id if isinstance(by, Credential) else "somebody who cannot be read"
    return f"by {who}, of {endorsed.of or 'this'}"


def _given(check: CheckId, report: Report, desk: Desk, expectation: Expectation) -> Iterator[str]:
    if check is CheckId.VALIDITY:
        yield f"the time {friendly_time(report.at)}"
    elif check is CheckId.RECOGNITION:
        lists = [one for one in desk.lists if not one.anchors]
        if not lists:
            yield "no list of issuers"
        for one in lists:
            yield f"the list “{one.name}”, " + (f"dated {friendly_time(one.date)}" if one.date else "undated")
    elif check is CheckId.STATUS and expectation.max_status_age is not None:
        yield f"a list may be {expectation.max_status_age.days} days old"
    elif check is CheckId.RECIPIENT:
        yield from expectation.identities or ("no address",)
    elif check is CheckId.BINDING and report.is_pack:
        yield f"challenge {expectation.challenge}" if expectation.challenge is not None else "no challenge"
        yield f"for {expectation.domain}" if expectation.domain is not None else "no audience"


def _dates(*named: tuple[str, datetime | None]) -> Iterator[str]:
    for name, moment in named:
        yield f"{name} {friendly_time(moment)}" if moment else f"{name}: not stated"


def _first(told: JsonObject, members: tuple[str, ...]) -> str:
    return next((_text(told[member]) for member in members if member in told), "")


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
