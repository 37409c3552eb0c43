"""Two contents of the same contexts under which a document says the same, so that one tells for both.

Publishers have changed what stands under one address, mostly by terms that a given document does not use.
A term has a part in what a document says only if the document has its name, as a member, as a value or in
front of a colon, or if the definition of such a term has it. Where none of those differs, the other content
gives the same statements or refuses the document altogether. More names than necessary are taken for used,
never fewer. Specification: JSON-LD 1.1 Processing Algorithms §4.2 and §5.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, Final, NamedTuple

from .contexts import ContextSet

_MAX_PAIRS: Final = 64  # of contents that were compared
_MAX_SETS: Final = 16
_ABSENT: Final = object()


class _Named(NamedTuple):
    """What the definitions of a set of contexts name.

    Attributes:
        always: By what is in force for every term, as a vocabulary is.
        by_term: By the definitions of each term, wherever it is defined.
    """

    always: frozenset[str]
    by_term: dict[str, frozenset[str]]


def names_in(values: Iterable[Any]) -> frozenset[str]:
    """Return every text of JSON values: the members' names, and what may be the name of something."""
    found: set[str] = set()
    stack = list(values)
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            found.update(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, str):
            found.add(value)
    return frozenset(found)


def reads_alike(names: frozenset[str], known: ContextSet, other: ContextSet) -> bool:
    """Return whether a document of these names says the same under both contents, or is refused by the other.

    Args:
        names: As `names_in` of the document and of whatever is read with it.
        known: The content under which it was found to say something.
        other: Another content of the same addresses.
    """
    telling = _telling(known, other)
    return telling is not None and not any(_is_among(name, telling) for name in names)


@lru_cache(maxsize=_MAX_PAIRS)
def _telling(known: ContextSet, other: ContextSet) -> frozenset[str] | None:
    """Return every name that leads to a term that differs, None if everything a document says may differ."""
    differing = _differing(known, other)
    if differing is None:
        return None
    named = _named(known)
    found, before = set(differing), -1
    while len(found) > before:
        before = len(found)
        found.update(name for name, leads_to in named.by_term.items()
                     if any(_is_among(one, found) for one in leads_to))
    return None if any(_is_among(one, found) for one in named.always) else frozenset(found)


def _is_among(name: str, names: AbstractSet[str]) -> bool:
    """Whether a name is one of these, or has one in front of its colon."""
    return name in names or (":" in name and name.partition(":")[0] in names)


@lru_cache(maxsize=_MAX_PAIRS)
def _differing(one: ContextSet, other: ContextSet) -> frozenset[str] | None:
    """Return the terms whose definitions differ anywhere, None if more than terms does."""
    if [document.address for document in one.documents] != [document.address for document in other.documents]:
        return None
    found: set[str] = set()
    for left, right in zip(one.documents, other.documents, strict=True):
        if left.sha256 != right.sha256 and not _compare(
                left.document.get("@context"), right.document.get("@context"), found):
            return None
    return frozenset(found)


def _compare(left: Any, right: Any, found: set[str]) -> bool:
    """Collect the terms that two contexts define differently; False if they differ in anything else."""
    if left == right:
        return True
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return all(_compare(one, other, found) for one, other in zip(left, right, strict=True))
    if not isinstance(left, dict) or not isinstance(right, dict):
        return False
    for name in left.keys() | right.keys():
        one, other = left.get(name, _ABSENT), right.get(name, _ABSENT)
        if one == other:
            continue
        if name.startswith("@"):
            return False
        if not _differ_inside_only(one, other) or not _compare(one["@context"], other["@context"], found):
            found.add(name)
    return True


def _differ_inside_only(one: Any, other: Any) -> bool:
    """Whether two definitions are the same but for the contexts that they bring for what is below."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    if "@context" not in one or "@context" not in other:
        return False
    return one | {"@context": None} == other | {"@context": None}


@lru_cache(maxsize=_MAX_SETS)
def _named(contexts: ContextSet) -> _Named:
    always: set[str] = set()
    by_term: dict[str, set[str]] = {}
    stack: list[Any] = [document.document.get("@context") for document in contexts.documents]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            for name, definition in value.items():
                if name.startswith("@"):
                    always |= names_in([definition])
                    continue
                own = definition
                if isinstance(definition, dict) and "@context" in definition:
                    stack.append(definition["@context"])
                    own = {key: part for key, part in definition.items() if key != "@context"}
                by_term.setdefault(name, set()).update(names_in([own]))
    return _Named(frozenset(always), {name: frozenset(named) for name, named in by_term.items()})
