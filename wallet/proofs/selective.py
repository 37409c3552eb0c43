"""Which part of a document is shown: JSON pointers, and selecting by them without changing what is said.

A selection keeps what places a value: the identifiers, types and contexts of every object on the way. For
`grouping` each object gets a name of its own first, so that its statements can be told apart in any
selection. Specifications: RFC 6901, VC-DI-ECDSA §3.4.11 to §3.4.13. Nothing is signed or canonicalised here.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from wallet.codec.linked_data.contexts import ContextSet
from wallet.model.credential import JsonObject
from wallet.model.errors import ProofError
from wallet.model.limits import MAX_DISCLOSURES, MAX_URL_CHARS
from wallet.model.reasons import ReasonCode, reason

#: In front of the names that objects get while they are told apart.
NAME_PREFIX: Final = "urn:bnid:"

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_BAD_ESCAPE: Final = re.compile(r"~(?![01])")
# Members of an object on the way that are shown with it: without them the rest would say something else.
_PLACING: Final = ("@context", "id", "@id", "type", "@type")
_BLANK: Final = "_:"
# Containers whose objects are maps by key and no things of their own.
_MAPS: Final = frozenset({"@language", "@index", "@id", "@type"})

_Tree: TypeAlias = dict[str, "_Tree | None"]  # token to what is shown below it; None stands for all


def parse_pointer(pointer: str) -> tuple[str, ...]:
    """Split a JSON pointer into its tokens; the empty pointer is the whole document.

    Raises:
        ProofError: POINTER_WRONG.
    """
    if not pointer:
        return ()
    if not pointer.startswith("/") or len(pointer) > MAX_URL_CHARS or _BAD_ESCAPE.search(pointer):
        raise wrong_pointer(pointer)
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def select(document: JsonObject, pointers: Iterable[str]) -> JsonObject:
    """Return the part of a document that the pointers name, in the document's own order.

    Raises:
        ProofError: POINTER_WRONG: one names nothing, or is no pointer; LIMIT_ITEMS.
    """
    tree: _Tree = {}
    paths = [(pointer, parse_pointer(pointer)) for pointer in pointers]
    if len(paths) > MAX_DISCLOSURES:
        raise ProofError(reason(ReasonCode.LIMIT_ITEMS, what="pointers", limit=str(MAX_DISCLOSURES)))
    for pointer, tokens in paths:
        _check_target(document, tokens, pointer)
    if any(not tokens for _, tokens in paths):
        return copy.deepcopy(document)
    for tokens in sorted((tokens for _, tokens in paths), key=len):
        _grow(tree, tokens)
    picked: JsonObject = _pick(document, tree)
    return picked


def name_objects(document: JsonObject, contexts: ContextSet) -> JsonObject:
    """Return a copy in which every object that has no identifier has one (skolemisation).

    Objects that are no things of their own are left alone: values with a language or type, JSON literals
    and maps by key. Lists are arrays here and never named, which is where other libraries stumble.
    """
    namer = _Namer(_closed_terms(contexts))
    named: JsonObject = namer.named(document)
    return named


def wrong_pointer(pointer: str) -> ProofError:
    """Build the refusal of a pointer."""
    return ProofError(reason(ReasonCode.POINTER_WRONG, pointer=pointer[:200]))


def _check_target(value: Any, tokens: Sequence[str], pointer: str) -> None:
    for token in tokens:
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and _INDEX.fullmatch(token) and int(token) < len(value):
            value = value[int(token)]
        else:
            raise wrong_pointer(pointer)


def _grow(tree: _Tree, tokens: tuple[str, ...]) -> None:
    """Add a path, shorter ones first; below something that is shown whole there is nothing to add."""
    for token in tokens[:-1]:
        inner = tree.setdefault(token, {})
        if inner is None:
            return
        tree = inner
    tree[tokens[-1]] = None


def _pick(value: Any, tree: _Tree | None) -> Any:
    if tree is None:
        return copy.deepcopy(value)
    if isinstance(value, list):
        return [_pick(value[index], tree[str(index)]) for index in sorted(map(int, tree))]
    return {
        name: copy.deepcopy(member) if name in _PLACING else _pick(member, tree[name])
        for name, member in value.items()
        if name in tree or _places(name, member)
    }


def _places(name: str, member: Any) -> bool:
    is_blank = name in ("id", "@id") and isinstance(member, str) and member.startswith(_BLANK)
    return name in _PLACING and not is_blank


class _Namer:
    """Counts the names it gives."""

    def __init__(self, closed: frozenset[str]) -> None:
        self._closed = closed
        self._count = 0

    def named(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.named(item) for item in value]
        if not isinstance(value, dict) or "@value" in value:
            return value
        own = "id" if "id" in value else "@id"
        result = {}
        if value.get(own) is None:
            result["@id"] = f"{NAME_PREFIX}{self._count}"
            self._count += 1
        for name, member in value.items():
            if name == own:
                if isinstance(member, str):
                    result[name] = _absolute(member)
            else:
                is_open = name not in self._closed and not name.startswith("@")
                result[name] = self.named(member) if is_open else member
        return result


def _absolute(name: str) -> str:
    """Turn a label that holds in this document only into a name, too."""
    return f"{NAME_PREFIX}label-{name.removeprefix(_BLANK)}" if name.startswith(_BLANK) else name


def _closed_terms(contexts: ContextSet) -> frozenset[str]:
    """List the terms that somewhere stand for JSON literals or for maps by key."""
    return frozenset(
        term
        for version in contexts.documents
        for term, definition in _definitions(version.document.get("@context"))
        if definition.get("@type") == "@json" or _MAPS & set(_array(definition.get("@container")))
    )


def _definitions(context: Any) -> Iterator[tuple[str, JsonObject]]:
    stack = [context]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        elif isinstance(value, dict):
            for term, definition in value.items():
                if isinstance(definition, dict):
                    yield term, definition
                    stack.append(definition.get("@context"))


def _array(value: Any) -> list[Any]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
