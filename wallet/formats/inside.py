"""Documents inside documents: the credentials of a record, and the endorsements that something carries.

Each is read like a file of its own, under its own bounds, and stays in its place with the reason if it cannot
be. How deep and how many is bounded; what is beyond is counted. Comprehensive Learner Record 2.0 §B.1, Open
Badges 3.0 §B.1 (`endorsement`, `endorsementJwt`). They are judged in `verify`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wallet.model.credential import (
    Credential,
    CredentialFormat,
    Endorsement,
    Parsed,
    Presentation,
    Unreadable,
)
from wallet.model.limits import MAX_ENDORSEMENTS, MAX_PACK_CREDENTIALS, MAX_RECORD_DEPTH
from wallet.model.reasons import ReasonCode, reason

from .members import identifier, many, objects, strings
from .openbadges3 import endorsed_nodes


def with_inside(parsed: Parsed) -> Parsed:
    """Return the same with what is inside it read."""
    if isinstance(parsed, Presentation):
        items = tuple(_opened(one, MAX_RECORD_DEPTH) for one in parsed.credentials)
        return replace(parsed, credentials=items)
    return _record(parsed, MAX_RECORD_DEPTH)


def _opened(item: Credential | Unreadable, depth: int) -> Credential | Unreadable:
    return item if isinstance(item, Unreadable) else _record(item, depth)


def _record(credential: Credential, depth: int) -> Credential:
    if credential.endorsements:
        credential = replace(credential, endorsed=_endorsements(credential))
    if credential.format is not CredentialFormat.CLR_2:
        return credential
    items = [one for subject in objects(credential.document.get("credentialSubject"))
             for one in _each(subject.get("verifiableCredential"))]
    if len(items) > MAX_PACK_CREDENTIALS:
        limit = reason(ReasonCode.LIMIT_ITEMS, what="verifiableCredential", limit=str(MAX_PACK_CREDENTIALS),
                       found=str(len(items)))
        return replace(credential, problems=(limit, *credential.problems))
    if not depth:
        uncounted = reason(ReasonCode.INNER_NOT_CHECKED, count=str(len(items)))
        return replace(credential, notes=(*credential.notes, uncounted))
    return replace(credential, inside=tuple(_opened(read_item(one), depth - 1) for one in items))


def _each(value: Any) -> Iterator[Any]:
    """Yield one or many values; arrays in arrays are one set (JSON-LD 1.1 §4.3)."""
    for one in many(value):
        yield from _each(one) if isinstance(one, list) else (one,)


def _endorsements(credential: Credential) -> tuple[Endorsement, ...]:
    """Read the first few; an endorsement of an endorsement is counted only."""
    found: list[Endorsement] = []
    for value, of in _carried(credential):
        if len(found) == MAX_ENDORSEMENTS:
            break
        found.append(Endorsement(read_item(value), of))
    return tuple(found)


def read_item(item: Any) -> Credential | Unreadable:
    """Read one thing that stands inside another. Never raises for it."""
    from . import presentation  # noqa: PLC0415 - loaded for the first file with something inside

    return presentation.read_item(item)


def _carried(credential: Credential) -> Iterator[tuple[Any, str]]:
    for holder in endorsed_nodes(credential.document):
        for value in (*objects(holder.get("endorsement")), *strings(holder.get("endorsementJwt"))):
            yield value, identifier(holder)
