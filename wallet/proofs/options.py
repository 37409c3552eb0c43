"""A proof's options as canonical statements. An issuer's proofs differ in their date: the rest is remembered.

Only what compiled contexts said is remembered, and only where the date is one literal in a line of its own,
whose place among the others does not depend on it. Everything else is written anew each time. Which contexts
options may be read with is in `prepared`. Specification: VC-DI-EDDSA §3.2.5.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, TypeAlias

from wallet.codec.linked_data.canonical import canonical_form
from wallet.codec.linked_data.contexts import ContextSet
from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_DATE_CHARS

_Members: TypeAlias = tuple[tuple[str, str], ...]

_DATE: Final = re.compile(r"[0-9TZ:.+\-]+", re.ASCII)  # nothing that a literal would escape
_PROBE: Final = "0001-02-03T04:05:06Z"
_MAX_REMEMBERED: Final = 256  # issuers' options
_MAX_MEMBERS: Final = 12
_MAX_CHARS: Final = 512  # of one value


def written_options(options: JsonObject, contexts: ContextSet, *, algorithm: str = "SHA-256") -> bytes:
    """Return the canonical statements of a proof without its value.

    Raises:
        LinkedDataError: As `canonical_form`.
    """
    created = options.get("created")
    if created.__class__ is str and len(created) <= MAX_DATE_CHARS and _DATE.fullmatch(created):
        listed, *members = options.items()
        around = _around(contexts, algorithm, listed[1], members) if listed[0] == "@context" else None
        if around is not None:
            return created.encode().join(around)
    return canonical_form(options, contexts, algorithm=algorithm).nquads


def _around(contexts: ContextSet, algorithm: str, listed: object,
            members: list[tuple[str, object]]) -> tuple[bytes, bytes] | None:
    """Return what stands around the date, None where it cannot be told or is not worth being remembered."""
    if listed.__class__ is not list or len(members) > _MAX_MEMBERS:
        return None
    others = []
    for member in members:
        value = member[1]
        if value.__class__ is not str or len(value) > _MAX_CHARS:
            return None
        if member[0] != "created":
            others.append(member)
    try:
        return _remembered(contexts, algorithm, tuple(listed), tuple(others))
    except TypeError:  # a context that is no address cannot be a key
        return None


@lru_cache(maxsize=_MAX_REMEMBERED)
def _remembered(contexts: ContextSet, algorithm: str, listed: tuple[str, ...],
                others: _Members) -> tuple[bytes, bytes] | None:
    document = {"@context": list(listed), "created": _PROBE} | dict(others)
    try:
        form = canonical_form(document, contexts, algorithm=algorithm)
    except LinkedDataError:
        return None
    around = form.nquads.split(_PROBE.encode())
    lines = form.nquads.splitlines()
    terms = [line.split(b" ", 2) for line in lines]
    dated = [term for term in terms if _PROBE.encode() in term[-1]]
    if not form.is_compiled or len(around) != 2 or len(dated) != 1 or len({term[0] for term in terms}) != 1:
        return None
    is_literal = around[0].endswith(b'"') and around[1].startswith(b'"^^<')
    # Lines are sorted by subject and predicate before any value counts, if no other line has this predicate.
    is_alone = sum(term[1] == dated[0][1] for term in terms) == 1
    return (around[0], around[1]) if is_literal and is_alone else None
