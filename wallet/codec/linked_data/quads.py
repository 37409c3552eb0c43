"""Expanded JSON-LD to statements, in one safe pass: nothing is dropped, nothing is invented.

Whatever has no place in RDF is a named error, with one exception that the data model allows: the base
direction of a text, which is noted as unsealed. Specifications: JSON-LD 1.1 Processing Algorithms §8, RDF
Dataset Canonicalization §5 (escapes), VC Data Integrity 1.0 §2.4.3 (no data loss).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from wallet.codec.jcs import canonical_json
from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_QUADS
from wallet.model.reasons import Reason, ReasonCode, reason

from .rdfc import Quad

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE: Final = f"<{_RDF}type>"
RDF_FIRST: Final = f"<{_RDF}first>"
RDF_REST: Final = f"<{_RDF}rest>"
RDF_NIL: Final = f"<{_RDF}nil>"
RDF_JSON: Final = f"{_RDF}JSON"
_XSD_STRING: Final = f"{_XSD}string"
_XSD_DOUBLE: Final = f"{_XSD}double"

_OF_A_CREDENTIAL: Final = "<https://www.w3.org/2018/credentials#"

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
# N-Quads IRIREF, and no control character of the upper range either.
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\x9f]*", re.ASCII)
#: BCP 47 as far as its form goes.
LANGUAGE_TAG: Final = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", re.ASCII)
# RDF-CANON §5: short escapes where they exist, \uXXXX for other controls and for what XML 1.1 cannot hold.
_ESCAPED: Final = re.compile('[\\x00-\\x1f"\\\\\\x7f\\ufffe\\uffff]')
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
# ECMAScript writes whole numbers from here on with an exponent; JSON-LD then calls them doubles.
_DOUBLE_FROM: Final = 1e21
_MAX_NUMBERS: Final = 512  # that are remembered as written: credits and grades repeat
_SAFE_INTEGER: Final = 2**53 - 1  # beyond, other engines round: one document would have two meanings
_VALUE_MEMBERS: Final = frozenset({"@value", "@type", "@language", "@direction"})


@dataclass(frozen=True, slots=True)
class Statements:
    """What a document says.

    Attributes:
        quads: The statements, blank nodes named arbitrarily.
        leaves: How many scalars of the document they carry; the caller compares it with its own count.
        notes: What is said but not sealed.
    """

    quads: tuple[Quad, ...]
    leaves: int
    notes: tuple[Reason, ...] = ()


def statements(expanded: list[Any]) -> Statements:
    """Turn an expanded document into quads.

    Raises:
        LinkedDataError: RELATIVE_IRI, BAD_IRI, BAD_LANGUAGE, KEYWORD_IN_DATA, DATA_LOSS, LINKED_DATA or
            LIMIT_CANONICALISATION.
    """
    writer = _Writer()
    for element in expanded:
        if not isinstance(element, dict) or "@value" in element or "@list" in element:
            raise _error(ReasonCode.DATA_LOSS, term="@graph")
        if "@graph" in element:
            raise _error(ReasonCode.KEYWORD_IN_DATA, term="@graph")
        writer.node(element, "")
    notes = (reason(ReasonCode.QUIRK_UNSEALED_DIRECTION),) if writer.has_direction else ()
    return Statements(tuple(writer.quads), writer.leaves, notes)


def check_aside(quads: Iterable[Sequence[str]], root: str) -> None:
    """Refuse what a member says about the document itself, where that belongs to the document.

    An endorsement may name what it endorses, and so point back to it. An end or a withdrawal that stands
    there is sealed like one at the top, and no reader looks for it there.

    Raises:
        LinkedDataError: DATA_LOSS.
    """
    for subject, predicate, value, *_ in quads:
        if subject == root and (predicate if predicate != RDF_TYPE else value).startswith(_OF_A_CREDENTIAL):
            raise _error(ReasonCode.DATA_LOSS, term=predicate[1:-1][:200])


def literal(text: str, *, datatype: str = "", language: str = "") -> str:
    """Write a literal as canonical N-Quads do."""
    quoted = f'"{_ESCAPED.sub(_escape, text)}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^<{datatype}>" if datatype not in ("", _XSD_STRING) else quoted


def count_leaves(value: Any) -> int:
    """Count the scalars of a JSON value; null says nothing and counts nothing.

    The members that qualify a text instead of stating something (its language, direction and datatype) and
    contexts do not count.
    """
    if isinstance(value, dict):
        is_value = "@value" in value
        return sum(
            count_leaves(member)
            for key, member in value.items()
            if key not in ("@context", "@language", "@direction") and not (is_value and key == "@type")
        )
    if isinstance(value, list):
        return sum(count_leaves(item) for item in value)
    return 0 if value is None else 1


class _Writer:
    """Collects the statements of one document."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self.leaves = 0
        self.has_direction = False
        self._blanks = 0
        self._named_blanks: dict[str, str] = {}
        self._root = ""

    def node(self, element: JsonObject, graph: str, *, referenced: bool = False) -> str:
        """Write a node object and return the term that stands for it."""
        subject = self._subject(element)
        self._root = self._root or subject
        before = len(self.quads)
        for key, value in element.items():
            if key == "@type":
                for name in _array(value):
                    self._add(subject, RDF_TYPE, self._leaf(absolute_iri(name, "@type")), graph)
            elif key == "@graph":
                self._graph(value, subject)
            elif key != "@id":
                self._property(subject, key, value, graph)
        if referenced and subject == self._root and not graph:
            check_aside(self.quads[before:], subject)
        # An id that nothing is said about, and nothing refers to, would vanish.
        if "@id" in element and (referenced or len(self.quads) > before):
            self.leaves += 1
        return subject

    def _subject(self, element: JsonObject) -> str:
        if "@id" not in element:
            return self._blank()
        name = element["@id"]
        if isinstance(name, str) and name.startswith("_:"):
            if name not in self._named_blanks:
                self._named_blanks[name] = self._blank()
            return self._named_blanks[name]
        return absolute_iri(name, "@id")

    def _graph(self, value: Any, name: str) -> None:
        for element in _array(value):
            if not isinstance(element, dict) or "@value" in element or "@list" in element:
                raise _error(ReasonCode.DATA_LOSS, term="@graph")
            self.node(element, name)

    def _property(self, subject: str, key: str, values: Any, graph: str) -> None:
        if key.startswith("@"):
            code = ReasonCode.DATA_LOSS if key == "@index" else ReasonCode.KEYWORD_IN_DATA
            raise _error(code, term=key)
        if key.startswith("_:"):
            raise _error(ReasonCode.DATA_LOSS, term=key)
        predicate = absolute_iri(key, key)
        for value in _array(values):
            self._add(subject, predicate, self._object(value, key, graph), graph)

    def _object(self, value: Any, term: str, graph: str) -> str:
        if not isinstance(value, dict):
            raise _error(ReasonCode.DATA_LOSS, term=term)
        if "@value" in value:
            return self._literal(value, term)
        if "@list" in value:
            return self._list(value, term, graph)
        return self.node(value, graph, referenced=True)

    def _list(self, value: JsonObject, term: str, graph: str) -> str:
        if len(value) != 1:
            raise _error(ReasonCode.DATA_LOSS, term=term)
        items = [self._object(item, term, graph) for item in _array(value["@list"])]
        rest = RDF_NIL
        for item in reversed(items):
            cell = self._blank()
            self._add(cell, RDF_FIRST, item, graph)
            self._add(cell, RDF_REST, rest, graph)
            rest = cell
        return rest

    def _literal(self, value: JsonObject, term: str) -> str:
        if not value.keys() <= _VALUE_MEMBERS:
            raise _error(ReasonCode.DATA_LOSS, term=term)
        datatype, content = value.get("@type", ""), value["@value"]
        if datatype == "@json":
            self.leaves += count_leaves(content)
            return literal(canonical_json(content).decode(), datatype=RDF_JSON)
        if datatype:
            absolute_iri(datatype, term)
        self.has_direction |= "@direction" in value
        return self._leaf(scalar_literal(content, datatype, value.get("@language", ""), term))

    def _leaf(self, term: str) -> str:
        self.leaves += 1
        return term

    def _blank(self) -> str:
        self._blanks += 1
        return f"_:b{self._blanks}"

    def _add(self, subject: str, predicate: str, value: str, graph: str) -> None:
        self.quads.append((subject, predicate, value, graph))
        if len(self.quads) > 2 * MAX_QUADS:  # repeated statements are only merged later
            raise _error(ReasonCode.LIMIT_CANONICALISATION, what="quads", limit=str(MAX_QUADS))


def scalar_literal(content: Any, datatype: str, language: str, term: str) -> str:
    """Write a text, a number or a truth value as a literal.

    Raises:
        LinkedDataError: DATA_LOSS for anything else; UNSAFE_INTEGER or BAD_LANGUAGE.
    """
    if isinstance(content, bool):
        return literal("true" if content else "false", datatype=datatype or f"{_XSD}boolean")
    if isinstance(content, (int, float)):
        if isinstance(content, int) and abs(content) > _SAFE_INTEGER:
            raise _error(ReasonCode.UNSAFE_INTEGER, found=str(content)[:40])
        return _number(content, datatype)
    if not isinstance(content, str):
        raise _error(ReasonCode.DATA_LOSS, term=term)
    if language and not LANGUAGE_TAG.fullmatch(language):
        raise _error(ReasonCode.BAD_LANGUAGE, found=language[:100], term=term)
    return literal(content, datatype=datatype, language=language)


def _number(value: float, datatype: str) -> str:
    # Zero has two signs, and Python takes both for one key.
    return _remembered_number(value, datatype) if value else _written_number(value, datatype)


@lru_cache(maxsize=_MAX_NUMBERS, typed=True)
def _remembered_number(value: float, datatype: str) -> str:
    return _written_number(value, datatype)


def _written_number(value: float, datatype: str) -> str:
    """Write a number as JSON-LD 1.1 §8.2.2 demands: whole ones as integers, others as canonical doubles."""
    is_double = value != int(value) or abs(value) >= _DOUBLE_FROM
    if not is_double and datatype != _XSD_DOUBLE:
        return literal(str(int(value)), datatype=datatype or f"{_XSD}integer")
    mantissa, _, exponent = f"{value:.15E}".partition("E")
    mantissa = mantissa.rstrip("0")
    mantissa += "0" if mantissa.endswith(".") else ""
    return literal(f"{mantissa}E{int(exponent)}", datatype=datatype or _XSD_DOUBLE)


def absolute_iri(value: Any, term: str) -> str:
    """Write an absolute IRI as N-Quads do.

    Raises:
        LinkedDataError: RELATIVE_IRI or BAD_IRI, naming the term it is the value of.
    """
    if not isinstance(value, str):
        raise _error(ReasonCode.RELATIVE_IRI, found=str(value or "")[:200], term=term[:200])
    if _IRI.fullmatch(value):
        return f"<{value}>"
    code = ReasonCode.BAD_IRI if _SCHEME.match(value) else ReasonCode.RELATIVE_IRI
    raise _error(code, found=value[:200], term=term[:200])


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def _array(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _error(code: ReasonCode, **params: str) -> LinkedDataError:
    return LinkedDataError(reason(code, **params))
