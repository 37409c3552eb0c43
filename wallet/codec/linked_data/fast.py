"""A document to statements in one pass over compiled contexts; safe mode is part of the pass.

It answers only where it is sure. Whatever would be dropped, invented or changed is a named error, and
whatever it does not know is `NotExpressibleError`; in both cases the caller asks the reference path before
anybody is told. Each scalar it passes becomes a statement or ends the pass, so nothing is left to count.
Specifications: JSON-LD 1.1 Processing Algorithms §5.1, §5.3 and §8, VC Data Integrity 1.0 §2.4.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from wallet.codec.jcs import canonical_json
from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_JSON_DEPTH, MAX_QUADS
from wallet.model.reasons import Reason, ReasonCode, reason

from .compiler import ActiveContext, Coercion, Container, Member, Role, Way, compiled
from .contexts import ContextSet
from .definitions import NotExpressibleError
from .document import addresses_in
from .plans import Plan, Plans
from .quads import (
    LANGUAGE_TAG,
    RDF_FIRST,
    RDF_JSON,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    check_aside,
    literal,
    scalar_literal,
)
from .rdfc import Dataset

_VALUE_MEMBERS: Final = frozenset({"@value", "@type", "@language", "@direction"})
# Members of enumerations are looked up once: this is the innermost loop of the program.
_NOTHING: Final = Way.NOTHING
_TEXT: Final = Way.TEXT
_OTHER: Final = Way.OTHER
_LITERAL: Final = Coercion.LITERAL


class Said(NamedTuple):  # and no dataclass: one is made for every document, and soon dropped
    """What a document says, as far as it can be written before blank nodes have their names.

    Attributes:
        dataset: The statements.
        notes: What is said but not sealed.
        may_use_keywords: Whether a node may be named by `@id` instead of its term; False is certain.
    """

    dataset: Dataset
    notes: tuple[Reason, ...] = ()
    may_use_keywords: bool = True


def fast_statements(document: JsonObject, contexts: ContextSet, *, plain: bool = False) -> Said:
    """Turn a document into statements with compiled contexts.

    Args:
        document: What is read.
        contexts: Its contexts.
        plain: Whether it is known that no text in it needs an escape.

    Raises:
        LinkedDataError: What is wrong with it, by the same names as on the reference path.
        NotExpressibleError: The reference path has to look at it.
    """
    compiled_set = compiled(contexts)
    writer = _Writer(compiled_set.plans, plain=plain)
    if "@context" not in document:
        raise LinkedDataError(reason(ReasonCode.CONTEXT_MISSING))
    writer.node(document, compiled_set.initial, "", 1)
    if not len(writer.dataset):
        raise LinkedDataError(reason(ReasonCode.NOTHING_SIGNED))
    if writer.has_inner_document:
        addresses_in(document)  # where contexts may stand, and what JSON literals hold
    notes = (reason(ReasonCode.QUIRK_UNSEALED_DIRECTION),) if writer.has_direction else ()
    return Said(writer.dataset, notes, writer.has_inner_document or writer.has_id_keyword)


class _Writer:
    """Collects the statements of one document."""

    __slots__ = ("_add", "_blanks", "_plain", "_plans", "_root", "dataset", "has_direction", "has_id_keyword",
                 "has_inner_document")

    def __init__(self, plans: Plans, *, plain: bool) -> None:
        self.dataset = Dataset()
        self._add = self.dataset.add
        self._plans = plans
        self._plain = plain
        self.has_direction = False
        self.has_id_keyword = False
        self.has_inner_document = False
        self._blanks = 0
        self._root = ""

    def node(self, element: JsonObject, state: ActiveContext, graph: str, depth: int) -> str:
        """Write a node object and return the term that stands for it."""
        if "@context" in element:
            if "context" in element:  # a keyword beside the word that looks like it
                raise NotExpressibleError
            self.has_inner_document |= depth > 1
            state = state.entered(element)
        plan = None if graph else self._plans.of(element, state)
        if plan is not None:
            return self._as_planned(element, plan, depth)
        inner, types = _typed(state, element)
        subject = self._subject(element, inner)
        if depth == 1:
            self._root = subject
        elif depth > MAX_JSON_DEPTH or len(self.dataset.lines) + len(self.dataset.linking) > 2 * MAX_QUADS:
            raise NotExpressibleError
        elif subject == self._root and not graph:
            return self._aside(element, inner, types, depth)
        self._members(element, inner, types, subject, graph, depth)
        if not graph:
            self._plans.remember(element, state, inner, types)
        return subject

    def _as_planned(self, element: JsonObject, plan: Plan, depth: int) -> str:
        """Write a node of the default graph whose shape was read before: only its values are new."""
        dataset = self.dataset
        self._blanks += 1
        subject = _named(element[plan.id_key], plan.state) if plan.id_key else f"_:b{self._blanks}"
        if depth == 1:
            self._root = subject
        elif depth > MAX_JSON_DEPTH or len(dataset.lines) + len(dataset.linking) > 2 * MAX_QUADS:
            raise NotExpressibleError
        elif subject == self._root:
            return self._aside(element, plan.state, plan.types, depth)
        if subject[0] == "_":
            own = dataset.own[subject] = [*plan.typed]
            write, begins = own.append, "_:a"
        else:
            write, begins = dataset.lines.append, subject
            for name in plan.types:
                write(f"{subject} {RDF_TYPE} {name} .\n")
        plain = self._plain
        for member, value in zip(plan.members, element.values(), strict=True):
            way = member.way
            if way is _NOTHING:
                continue
            kind = value.__class__
            if kind is str and way is _TEXT and (
                    plain or ('"' not in value and "\\" not in value and value.isprintable())):
                write(f"{begins}{member.head}{value}{member.tail}")
            elif way is _OTHER:
                self._property(subject, member, value, "", depth)
            else:
                self._values(value if kind is list else (value,), member, subject, "", depth, write, begins)
        return subject

    def _aside(self, element: JsonObject, state: ActiveContext, types: tuple[str, ...], depth: int) -> str:
        """Write what a member says about the document itself."""
        lines, linking = self.dataset.lines, self.dataset.linking
        before = len(lines), len(linking)
        self._members(element, state, types, self._root, "", depth)
        check_aside((line.split(" ", 3)[:3] for line in lines[before[0]:]), self._root)  # IRIs hold no space
        check_aside(linking[before[1]:], self._root)
        return self._root

    def _members(self, element: JsonObject, state: ActiveContext, types: tuple[str, ...], subject: str,
                 graph: str, depth: int) -> None:
        write, begins = self._begun(subject, types, graph)
        known = state.members.get
        for key, value in element.items():
            member = known(key) or state.member(key)
            way = member.way
            if way is _NOTHING:
                continue
            if value.__class__ is str and way is _TEXT:
                if write and '"' not in value and "\\" not in value and value.isprintable():
                    write(f"{begins}{member.head}{value}{member.tail}")
                else:
                    self._add(subject, member.predicate, self._text(value, member), graph)
            elif way is _OTHER:
                self._property(subject, member, value, graph, depth)
            else:
                self._values(value if value.__class__ is list else (value,), member, subject, graph, depth,
                             write, begins)

    def _values(self, values: Iterable[Any], member: Member, subject: str, graph: str, depth: int,
                write: Callable[[str], None] | None, begins: str) -> None:
        """Write each value of a set; of the default graph without asking where a statement belongs."""
        predicate = member.predicate
        for item in values:
            if item.__class__ is dict:
                term = self._inner(item, member, graph, depth + 1)
            elif item.__class__ is str:
                term = self._text(item, member)
            elif item is None:
                continue
            else:
                term = self._object(item, member, graph, depth)
            if not write:
                self._add(subject, predicate, term, graph)
            elif term[0] == "_":
                self.dataset.linking.append((subject, predicate, term, ""))
            else:
                write(f"{begins} {predicate} {term} .\n")

    def _begun(self, subject: str, types: tuple[str, ...],
               graph: str) -> tuple[Callable[[str], None] | None, str]:
        """Write the types of a node; return how its other lines are written, and how they begin."""
        if graph:
            for name in types:
                self._add(subject, RDF_TYPE, name, graph)
            return None, ""
        if subject[0] == "_":
            own: list[str] = []
            self.dataset.own[subject] = own
            write, begins = own.append, "_:a"
        else:
            write, begins = self.dataset.lines.append, subject
        for name in types:
            write(f"{begins} {RDF_TYPE} {name} .\n")
        return write, begins

    def _subject(self, element: JsonObject, state: ActiveContext) -> str:
        subject = ""
        for key in state.id_keys:
            if key in element:
                if subject:
                    raise NotExpressibleError  # two names for the id
                if key == "@id":
                    self.has_id_keyword = True
                subject = _named(element[key], state)
        return subject or self._blank()

    def _property(self, subject: str, member: Member, value: Any, graph: str, depth: int) -> None:
        """Write a property whose values are no set."""
        container = member.container
        if member.coercion is Coercion.JSON:
            self.has_inner_document = True
            self._add(subject, member.predicate, _json_literal(value), graph)
        elif container is Container.LIST:
            self._list(subject, member, value, graph, depth)
        elif container is Container.GRAPH:
            self._graphs(subject, member, value, graph, depth)
        elif isinstance(value, dict):
            self._language_map(subject, member, value, graph)
        else:
            for item in value if isinstance(value, list) else [value]:
                if item is not None:
                    self._add(subject, member.predicate, self._object(item, member, graph, depth), graph)

    def _object(self, value: Any, member: Member, graph: str, depth: int) -> str:
        """Return the term of one value, after writing what is inside it."""
        if value.__class__ is str:
            return self._text(value, member)
        if value.__class__ is dict:
            return self._inner(value, member, graph, depth + 1)
        if isinstance(value, list):
            raise NotExpressibleError  # an array in an array
        return scalar_literal(value, member.datatype, "", member.name)

    def _text(self, value: str, member: Member) -> str:
        if member.coercion is _LITERAL:
            if member.has_direction:
                self.has_direction = True
            if '"' in value or "\\" in value or not value.isprintable():
                return literal(value) + member.suffix
            return f'"{value}"{member.suffix}'
        state = _state(member.reference)
        return state.iri(value, member.name, vocab=member.coercion is Coercion.TERM_OR_IRI)

    def _inner(self, value: JsonObject, member: Member, graph: str, depth: int) -> str:
        # What has a plan is a node, but for what is nothing but a name, or brings contexts of its own.
        if len(value) > 1 and not graph and "@context" not in value:
            plan = self._plans.of(value, member.inside)
            if plan is not None:
                return self._as_planned(value, plan, depth)
        if "@value" in value:
            return self._value_object(value, member)
        if len(value) == 1:
            key = next(iter(value))
            state = _state(member.reference)
            if key in state.id_keys:
                return self._subject(value, state)
        if "@context" not in value:
            return self.node(value, _state(member.inside), graph, depth)
        before = len(self.dataset)
        subject = self.node(value, _state(member.inside), graph, depth)
        if len(self.dataset) == before and len(value) > 1:
            raise NotExpressibleError  # a document inside that says nothing
        return subject

    def _value_object(self, value: JsonObject, member: Member) -> str:
        content, datatype, language = value["@value"], value.get("@type", ""), value.get("@language", "")
        if not value.keys() <= _VALUE_MEMBERS or not isinstance(content, (str, int, float)):
            raise NotExpressibleError
        if not isinstance(datatype, str) or not isinstance(language, str):
            raise NotExpressibleError
        if "@direction" in value:
            if value["@direction"] not in ("ltr", "rtl") or datatype:
                raise NotExpressibleError
            self.has_direction = True
        if "@language" in value:
            if not LANGUAGE_TAG.fullmatch(language):
                raise LinkedDataError(reason(ReasonCode.BAD_LANGUAGE, found=language[:100], term=member.name))
            if datatype or not isinstance(content, str):
                raise NotExpressibleError
        if "@type" in value:
            datatype = _state(member.reference).iri(datatype, member.name, vocab=True)[1:-1]
        if not isinstance(content, str):
            return self._object(content, Member(Role.PROPERTY, member.name, datatype=datatype), "", 0)
        return literal(content, datatype=datatype, language=language.lower())

    def _list(self, subject: str, member: Member, value: Any, graph: str, depth: int) -> None:
        if value is None:
            return
        values = value if isinstance(value, list) else [value]
        items = [self._object(item, member, graph, depth) for item in values if item is not None]
        rest = RDF_NIL
        for item in reversed(items):
            cell = self._blank()
            self._add(cell, RDF_FIRST, item, graph)
            self._add(cell, RDF_REST, rest, graph)
            rest = cell
        self._add(subject, member.predicate, rest, graph)

    def _graphs(self, subject: str, member: Member, value: Any, graph: str, depth: int) -> None:
        """Write each node of a graph container into a graph of its own, named by a blank node."""
        for item in value if isinstance(value, list) else [value]:
            if item is None:
                continue
            if not isinstance(item, dict) or "@value" in item:
                raise NotExpressibleError
            name = self._blank()
            before = len(self.dataset)
            self.node(item, _state(member.inside), name, depth + 1)
            if len(self.dataset) == before:
                raise NotExpressibleError  # a graph without a statement: its id would be lost
            self._add(subject, member.predicate, name, graph)

    def _language_map(self, subject: str, member: Member, value: JsonObject, graph: str) -> None:
        for language, texts in value.items():
            if not LANGUAGE_TAG.fullmatch(language):
                raise LinkedDataError(reason(ReasonCode.BAD_LANGUAGE, found=language[:100], term=member.name))
            if language in _state(member.reference).definitions.terms or member.has_direction:
                raise NotExpressibleError  # it may stand for `@none`
            for text in texts if isinstance(texts, list) else [texts]:
                if not isinstance(text, str):
                    raise NotExpressibleError
                said = literal(text, language=language.lower())
                self._add(subject, member.predicate, said, graph)

    def _blank(self) -> str:
        self._blanks += 1
        return f"_:b{self._blanks}"


def _typed(state: ActiveContext, element: JsonObject) -> tuple[ActiveContext, tuple[str, ...]]:
    """Return the state inside a node of the types that it states, and their IRIs."""
    value: Any = None
    for key in state.type_keys:
        if key in element:
            if value is not None:  # two names for the types
                raise NotExpressibleError
            value = element[key]
            if value.__class__ is list:
                value = tuple(value)
            elif value.__class__ is not str:
                raise NotExpressibleError
    if value is None:
        return state, ()
    try:
        return state.steps.get(value) or state.typed(value)
    except TypeError:  # an object among the types
        raise NotExpressibleError from None


def _named(value: Any, state: ActiveContext) -> str:
    """Return the term of what names a node."""
    if value.__class__ is not str:
        raise LinkedDataError(reason(ReasonCode.LINKED_DATA, found="invalid @id value"))
    return state.iri(value, "@id")


def _state(state: ActiveContext | None) -> ActiveContext:
    if state is None:
        raise NotExpressibleError
    return state


def _json_literal(value: Any) -> str:
    return literal(canonical_json(value).decode(), datatype=RDF_JSON)
