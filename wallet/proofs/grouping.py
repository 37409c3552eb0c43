"""Statements under the issuer's own names: canonicalise, rename, sort, and find a selection among them.

An issuer of the selective suites seals every statement on its own, with blank nodes named by a secret, so
that hidden statements cannot be guessed from the names of shown ones. Whoever holds the secret repeats that
naming here; a verifier gets the names as a map. List cells and proof graphs have no place for an identifier
in a document: they are recognised by what they hold. Specifications: VC-DI-ECDSA §3.4, VC-DI-BBS §3.2.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from wallet.codec.encoding import base64url_encode
from wallet.codec.linked_data.canonical import canonicalise
from wallet.codec.linked_data.contexts import ContextSet
from wallet.codec.linked_data.rdfc import Quad, canonical_labels, canonical_nquads
from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError, ProofError
from wallet.model.reasons import ReasonCode, reason

from .selective import NAME_PREFIX, name_objects, select, wrong_pointer

#: From canonical names (`c14n0`) to the issuer's, both without `_:`.
Labels: TypeAlias = dict[str, str]
#: Makes the issuer's names from the canonical ones.
Labelling: TypeAlias = Callable[[Iterable[str]], Labels]

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST: Final = f"<{_RDF}first>"
_REST: Final = f"<{_RDF}rest>"
_BLANK: Final = "_:"
_TERM: Final = r'<[^>]*>|_:[^ ]+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?'
_STATEMENT: Final = re.compile(rf"({_TERM}) ({_TERM}) ({_TERM})(?: ({_TERM}))? \.")
# Whole terms, so that a text or an address that looks like a name is passed over.
_NAMES: Final = re.compile(r'<[^>]*>|"(?:[^"\\]|\\.)*"|_:(c14n[0-9]+)')
_NAMED: Final = re.compile(rf"<{NAME_PREFIX}([^>]*)>")


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of the statements.

    Attributes:
        indexes: Their places among all, in order.
        labels: From the canonical names of the part alone to the issuer's.
    """

    indexes: tuple[int, ...]
    labels: Labels


@dataclass(frozen=True, slots=True)
class Statements:
    """Every statement of a document under the issuer's names.

    Attributes:
        lines: In order, each with its line end.
    """

    lines: tuple[str, ...]
    _named: JsonObject = field(repr=False)
    _contexts: ContextSet = field(repr=False)
    _labels: Labels = field(repr=False)  # from names given here to the issuer's

    def selection(self, pointers: Sequence[str]) -> Selection:
        """Find what the pointers select.

        Raises:
            ProofError: POINTER_WRONG: one names nothing, or a part of something that is sealed as one.
            LinkedDataError: The part states nothing, or something else than the whole.
        """
        if not pointers:
            return Selection((), {})
        quads = _quads(select(self._named, pointers), self._contexts)
        places = {line: index for index, line in enumerate(self.lines)}
        try:
            indexes = sorted(places[line] for line in _lines(quads, self._labels))
        except KeyError:  # a list cut short, or one half of a text and its language
            raise wrong_pointer(" ".join(pointers)) from None
        canonical = canonical_labels(quads)
        labels = {name[2:]: self._labels[own] for own, name in canonical.items()}
        return Selection(tuple(indexes), labels)


def label_statements(document: JsonObject, contexts: ContextSet, labelling: Labelling) -> Statements:
    """Canonicalise a document without its proofs and rename its blank nodes.

    Raises:
        LinkedDataError: As `canonicalise`; NOT_SELECTABLE: a blank node cannot be told from another.
    """
    named = name_objects(document, contexts)
    quads = _quads(named, contexts)
    # The names must not have changed what is said.
    if canonical_nquads(quads) != canonicalise(document, contexts):
        raise _not_selectable()
    canonical = canonical_labels(quads)
    issuers = labelling(name[2:] for name in canonical.values())
    labels = {own: issuers[name[2:]] for own, name in canonical.items()}
    return Statements(tuple(sorted(_lines(quads, labels))), named, contexts, labels)


def relabel(nquads: bytes, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Put the issuer's names into canonical statements, and sort them.

    Raises:
        ProofError: SIGNATURE_WRONG: the map names other blank nodes than there are.
    """
    used: set[str] = set()

    def renamed(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return match[0]
        used.add(name)
        return _BLANK + labels[name]

    try:
        text = _NAMES.sub(renamed, nquads.decode())
    except KeyError:
        raise labels_differ() from None
    if len(used) != len(labels):
        raise labels_differ()
    return tuple(sorted(text.splitlines(keepends=True)))


def part(lines: Sequence[str], indexes: Sequence[int]) -> tuple[list[str], list[str]]:
    """Split statements into those at the indexes and the others, both in order.

    Raises:
        ProofError: SIGNATURE_WRONG: an index is beyond the statements.
    """
    chosen = set(indexes)
    if indexes and max(indexes) >= len(lines):
        raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, what="indexes"))
    inside = [line for index, line in enumerate(lines) if index in chosen]
    return inside, [line for index, line in enumerate(lines) if index not in chosen]


def hash_of(lines: Iterable[str]) -> bytes:
    """Hash statements as one text."""
    return hashlib.sha256("".join(lines).encode()).digest()


def hmac_labels(key: bytes) -> Labelling:
    """Name blank nodes by an HMAC of their canonical names (VC-DI-ECDSA §3.4.4)."""

    def labelling(names: Iterable[str]) -> Labels:
        return {
            name: "u" + base64url_encode(hmac.digest(key, name.encode(), "sha256")) for name in names
        }

    return labelling


def shuffled_labels(key: bytes) -> Labelling:
    """Number blank nodes in the order of their HMACs (VC-DI-BBS §3.2.1)."""

    def labelling(names: Iterable[str]) -> Labels:
        by_name = hmac_labels(key)(names)
        order = sorted(by_name, key=by_name.__getitem__)
        return {name: f"b{number}" for number, name in enumerate(order)}

    return labelling


def labels_differ() -> ProofError:
    """Build the refusal of a map that does not fit the document."""
    return ProofError(reason(ReasonCode.SIGNATURE_WRONG, what="labels"))


def _quads(named: JsonObject, contexts: ContextSet) -> list[Quad]:
    """Read the canonical statements of a document whose objects are named, names made blank again."""
    text = canonicalise(named, contexts).decode()
    found: list[Quad] = []
    for line in text.splitlines():
        match = _STATEMENT.fullmatch(line)
        if match is None:
            raise _not_selectable()
        subject, predicate, value, graph = match.groups(default="")
        found.append((subject, predicate, value, graph))
    names = _Recogniser(found).names()
    return [
        (_own(subject, names), predicate, _own(value, names), _own(graph, names))
        for subject, predicate, value, graph in found
    ]


def _own(term: str, names: Mapping[str, str]) -> str:
    if term.startswith(_BLANK):
        return names[term]
    match = _NAMED.fullmatch(term)
    return f"{_BLANK}{match[1]}" if match else term


class _Recogniser:
    """Names what has no identifier in a document by what it holds: list cells and graphs of proofs."""

    def __init__(self, quads: list[Quad]) -> None:
        self._quads = quads
        cells = [quad for quad in quads if quad[0].startswith(_BLANK)]
        self._first = {quad[0]: quad[2] for quad in cells if quad[1] == _FIRST}
        self._rest = {quad[0]: quad[2] for quad in cells if quad[1] == _REST}
        self._names: dict[str, str] = {}

    def names(self) -> dict[str, str]:
        """Return a name for each blank node, the same in every selection it is whole in.

        Raises:
            LinkedDataError: NOT_SELECTABLE.
        """
        blanks = {term for quad in self._quads for term in quad if term.startswith(_BLANK)}
        for subject, predicate, value, graph in self._quads:
            if value in self._first and predicate != _REST and subject not in self._first:
                self._name_list(value, f"{subject} {predicate}")
            if graph.startswith(_BLANK) and graph not in self._names:
                self._name_graph(graph)
        if blanks - self._names.keys() or len(set(self._names.values())) < len(self._names):
            raise _not_selectable()
        return self._names

    def _name_list(self, head: str, owner: str) -> None:
        held = f"{owner} {self._content(head)}"
        cell, place = head, 0
        while cell in self._first:
            if cell in self._names:
                raise _not_selectable()
            self._names[cell] = _hashed(f"cell {place} {held}")
            if self._first[cell] in self._first:
                self._name_list(self._first[cell], self._names[cell])
            cell, place = self._rest.get(cell, ""), place + 1

    def _content(self, head: str) -> str:
        parts: list[str] = []
        cell = head
        while cell in self._first and len(parts) <= len(self._first):
            value = self._first[cell]
            parts.append(f"( {self._content(value)} )" if value in self._first else value)
            cell = self._rest.get(cell, "")
        return " ".join(parts)

    def _name_graph(self, graph: str) -> None:
        """Name a graph by the one thing in it that nothing else in it refers to."""
        inside = [quad for quad in self._quads if quad[3] == graph]
        roots = {quad[0] for quad in inside} - {quad[2] for quad in inside}
        if len(roots) != 1:
            raise _not_selectable()
        self._names[graph] = _hashed(f"graph {roots.pop()}")


def _hashed(text: str) -> str:
    return f"{_BLANK}{hashlib.sha256(text.encode()).hexdigest()}"


def _lines(quads: Iterable[Quad], labels: Mapping[str, str]) -> set[str]:
    def term(value: str) -> str:
        return _BLANK + labels[value] if value.startswith(_BLANK) else value

    return {" ".join([*(term(value) for value in quad if value), ".\n"]) for quad in quads}


def _not_selectable() -> LinkedDataError:
    return LinkedDataError(reason(ReasonCode.NOT_SELECTABLE))
