"""Contexts to compiled term tables: what each member of an object becomes, worked out once.

An active context is a state: entering a node of certain types, going into a member, or meeting a context
array leads to another state, and each step is remembered. Only contexts that ship with the program are
compiled, and every table is bounded, because the document chooses types and context arrays. Specification:
JSON-LD 1.1 Processing Algorithms §4 and §5. What contexts mean is worked out in `definitions`; documents
are read in `fast`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto, unique
from functools import lru_cache
from typing import Any, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode, reason

from .contexts import ContextSet
from .definitions import INITIAL, Definitions, NotExpressibleError, TermDefinition, merged
from .document import own_contexts
from .names import READ, is_renamed, is_renamed_type, read_iris
from .plans import Plans
from .quads import LANGUAGE_TAG, absolute_iri, literal

_MAX_SETS: Final = 8  # compiled context sets that are kept
_MAX_STATES: Final = 400  # of one set; a document with all of Open Badges in it needs about 60
_MAX_STEPS: Final = 64  # type combinations, and context arrays, remembered for one state
_MAX_IRIS: Final = 4096  # expanded texts, over all states; one issuer's badges repeat theirs
_MAX_IRI_CHARS: Final = 256  # of those


@unique
class Role(Enum):
    """What a member of an object is for."""

    CONTEXT = auto()
    ID = auto()
    TYPE = auto()
    PROPERTY = auto()


@unique
class Container(Enum):
    """How the values of a property are held together."""

    SET = auto()
    LIST = auto()
    GRAPH = auto()
    LANGUAGE = auto()


@unique
class Coercion(Enum):
    """What a scalar under a property is."""

    LITERAL = auto()
    IRI = auto()
    TERM_OR_IRI = auto()
    JSON = auto()


@unique
class Way(Enum):
    """How the value of a member is written: looked up once, since it is asked for each member."""

    NOTHING = auto()  # it is no property
    TEXT = auto()  # a set of literals, whose ordinary texts need nothing but quotes
    SET = auto()  # another set of values
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Member:
    """What one member name means in one state.

    Attributes:
        role: What it is for; the rest is for properties only.
        name: As the document writes it, for reasons.
        predicate: As N-Quads write it.
        container: How its values are held.
        coercion: What its scalars are.
        suffix: Behind the quoted text of its literals: a datatype or a language.
        datatype: Of its literals, "" for none.
        has_direction: Whether its texts get a base direction, which nothing seals.
        inside: The state for node objects in it.
        reference: The state for its scalars, and for objects that are an id and nothing else.
        way: How its value is written; follows from the others.
        head, tail: What stands between subject and text, and behind the text, in the line of a literal.
    """

    role: Role
    name: str = ""
    predicate: str = ""
    container: Container = Container.SET
    coercion: Coercion = Coercion.LITERAL
    suffix: str = ""
    datatype: str = ""
    has_direction: bool = False
    inside: ActiveContext | None = None
    reference: ActiveContext | None = None
    way: Way = Way.NOTHING
    head: str = ""
    tail: str = ""


_CONTEXT: Final = Member(Role.CONTEXT)
_ID: Final = Member(Role.ID)
_TYPE: Final = Member(Role.TYPE)
_KEYWORD_MEMBERS: Final = {"@context": _CONTEXT, "@id": _ID, "@type": _TYPE}
_CONTAINERS: Final = {
    (): Container.SET,
    ("@set",): Container.SET,
    ("@list",): Container.LIST,
    ("@graph",): Container.GRAPH,
    ("@graph", "@set"): Container.GRAPH,
    ("@language",): Container.LANGUAGE,
    ("@language", "@set"): Container.LANGUAGE,
}
_COERCIONS: Final = {"@id": Coercion.IRI, "@vocab": Coercion.TERM_OR_IRI, "@json": Coercion.JSON}


class ActiveContext:
    """One state: an active context with what was looked up in it so far.

    Attributes:
        members: Member names that were met, to what they mean.
        type_keys: The names that stand for `@type` here.
        id_keys: The names that stand for `@id` here.
        steps: Types that were met, to the state inside such a node and the types' IRIs.
    """

    __slots__ = ("_arrays", "_set", "definitions", "id_keys", "members", "previous", "steps", "type_keys")

    def __init__(
        self, compiled_set: CompiledContexts, definitions: Definitions, previous: ActiveContext | None
    ) -> None:
        self._set = compiled_set
        self._arrays: dict[tuple[str, ...], ActiveContext] = {}
        self.definitions = definitions
        self.previous = previous
        self.members: dict[str, Member] = dict(_KEYWORD_MEMBERS)
        self.steps: dict[str | tuple[str, ...], tuple[ActiveContext, tuple[str, ...]]] = {}
        aliases = definitions.terms.items()
        self.type_keys = ("@type", *(name for name, term in aliases if term.iri == "@type"))
        self.id_keys = ("@id", *(name for name, term in aliases if term.iri == "@id"))

    def member(self, name: str) -> Member:
        """Look up a member name that `members` does not have yet.

        Raises:
            LinkedDataError: UNDEFINED_TERM or KEYWORD_IN_DATA.
            NotExpressibleError: It means something that only the reference path knows.
        """
        term = self.definitions.terms.get(name)
        if term is None:
            return self._undefined(name)
        if name not in READ and term.iri in self._set.read_iris:
            raise LinkedDataError(reason(ReasonCode.UNDEFINED_TERM, term=name[:200]))
        if term.iri in ("@id", "@type"):
            member = _ID if term.iri == "@id" else _TYPE
        else:
            member = self._property(name, term)
        self.members[name] = member  # only names that a context defines: their number is bounded
        return member

    def entered(self, element: JsonObject) -> ActiveContext:
        """Return the state behind an object's own `@context`.

        Raises:
            LinkedDataError: What is wrong with its array of contexts.
            NotExpressibleError: The contexts do not go together, or cannot be compiled.
        """
        value = element["@context"]
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            known = self._arrays.get(tuple(value))
            if known is not None:
                return known
        addresses = own_contexts(element)
        state = self
        for address in addresses:
            state = self._set.state(state, address, previous=state.previous)
        if len(self._arrays) < _MAX_STEPS:
            self._arrays[addresses] = state
        return state

    def typed(self, types: str | tuple[str, ...]) -> tuple[ActiveContext, tuple[str, ...]]:
        """Return the state inside a node of these types, and their IRIs.

        Raises:
            LinkedDataError: UNDEFINED_TERM, RELATIVE_IRI or BAD_IRI.
            NotExpressibleError: A type means something that only the reference path knows.
        """
        names = (types,) if isinstance(types, str) else types
        if not names or not all(isinstance(name, str) for name in names):
            raise NotExpressibleError
        state = self
        for name in sorted(names):
            if ":" in name and self._set.is_renamed_type(name):
                raise LinkedDataError(reason(ReasonCode.UNDEFINED_TERM, term=name[:200]))
            term = self.definitions.terms.get(name)
            if term is not None and term.scoped:
                if not isinstance(term.context, dict):
                    raise NotExpressibleError
                state = self._set.state(state, term.context, previous=state.previous or self)
        step = (state, tuple(self.iri(name, "@type", vocab=True) for name in names))
        if len(self.steps) < _MAX_STEPS:
            self.steps[types] = step
        return step

    def iri(self, value: str, name: str, *, vocab: bool = False) -> str:
        """Expand a text to an IRI, as N-Quads write it. There is never a base.

        Raises:
            LinkedDataError: RELATIVE_IRI or BAD_IRI.
            NotExpressibleError: A keyword, or a name for a blank node.
        """
        if len(value) <= _MAX_IRI_CHARS:
            return _remembered_iri(self, value, name, vocab)
        return self.expanded(value, name, vocab=vocab)

    def expanded(self, value: str, name: str, *, vocab: bool) -> str:
        """Do the same without memory."""
        terms = self.definitions.terms
        if value.startswith(("@", "_")):
            raise NotExpressibleError
        if vocab and value in terms:
            return _usable(terms[value].iri, name)
        prefix, colon, suffix = value.partition(":")
        if colon:
            if prefix in terms and terms[prefix].prefix and not suffix.startswith("//"):
                return _usable((terms[prefix].iri or "") + suffix, name)
        elif vocab and self.definitions.vocab:
            return absolute_iri(self.definitions.vocab + value, name)
        return absolute_iri(value, name)

    def _undefined(self, name: str) -> Member:
        if name.startswith("@"):
            raise LinkedDataError(reason(ReasonCode.KEYWORD_IN_DATA, term=name[:100]))
        if ":" in name and self._set.is_renamed(name):
            raise LinkedDataError(reason(ReasonCode.UNDEFINED_TERM, term=name[:200]))
        if ":" in name or self.definitions.vocab:
            return self._property(name, TermDefinition(self._bare_iri(name)))
        raise LinkedDataError(reason(ReasonCode.UNDEFINED_TERM, term=name[:200]))

    def _bare_iri(self, name: str) -> str:
        if ":" in name:
            return self.iri(name, name)[1:-1]
        return self.definitions.vocab + name

    def _property(self, name: str, term: TermDefinition) -> Member:
        container = _CONTAINERS.get(tuple(sorted(term.container)))
        if container is None or term.others or (term.scoped and _names(term.context, name)):
            raise NotExpressibleError
        if term.coercion == "@json" and (term.scoped or container is not Container.SET):
            raise NotExpressibleError
        outer = self.previous or self
        inside, reference = outer, self
        if term.scoped:
            inside = self._set.state(outer, term.context, previous=outer.previous, override=True)
            reference = self._set.state(self, term.context, previous=self.previous, override=True)
        scalars = reference.definitions.terms.get(name) if term.scoped else term
        return _literals(
            Member(
                Role.PROPERTY, name, _usable(term.iri, name), container, inside=inside, reference=reference
            ),
            scalars or TermDefinition(None),
            reference.definitions,
        )


class CompiledContexts:
    """The states that one set of contexts leads to.

    Attributes:
        initial: Where a document begins.
        plans: How objects were read in these states.
        read_iris: What words that readers look for stand for.
    """

    def __init__(self, contexts: ContextSet) -> None:
        self._contexts = contexts
        self.read_iris = read_iris(contexts)
        self._documents: Mapping[str, Any] = {
            document.address: document.document["@context"] for document in contexts.documents
        }
        self._states: dict[tuple[int, int | str, int, bool], tuple[ActiveContext, Any]] = {}
        self.initial = ActiveContext(self, INITIAL, None)
        self.plans = Plans()

    def state(
        self, state: ActiveContext, local: Any, *, previous: ActiveContext | None, override: bool = False
    ) -> ActiveContext:
        """Return the state behind a local context, worked out once.

        Raises:
            NotExpressibleError: The context is wrong, or says something a term table cannot hold.
        """
        if isinstance(local, dict) and "@propagate" in local:
            raise NotExpressibleError
        key = (id(state), local if isinstance(local, str) else id(local), id(previous), override)
        known = self._states.get(key)
        if known is None:
            if len(self._states) >= _MAX_STATES:
                self._forget()
            definitions = merged(state.definitions, local, self._load, override=override)
            if local is None:
                previous = None
            # What the key is made of is kept, so that no number in it can come to mean something else.
            known = (ActiveContext(self, definitions, previous), (state, local, previous))
            self._states[key] = known
        return known[0]

    def is_renamed(self, name: str) -> bool:
        """Return whether an IRI stands where a word belongs that readers look for."""
        return is_renamed(name, self._contexts)

    def is_renamed_type(self, name: str) -> bool:
        """Return whether an IRI stands where the name of a type belongs that documents are read by."""
        return is_renamed_type(name, self._contexts)

    def _forget(self) -> None:
        """Start over. Who is still reading a document keeps the old states until it is done."""
        self._states.clear()
        self.plans.forget()
        self.initial = ActiveContext(self, INITIAL, None)

    def _load(self, address: str) -> Any:
        if address not in self._documents:
            raise NotExpressibleError
        return self._documents[address]


@lru_cache(maxsize=_MAX_IRIS)
def _remembered_iri(state: ActiveContext, value: str, name: str, vocab: bool) -> str:  # noqa: FBT001 - a key
    return state.expanded(value, name, vocab=vocab)


@lru_cache(maxsize=_MAX_SETS)
def compiled(contexts: ContextSet) -> CompiledContexts:
    """Return the compiled form of a set of contexts.

    Raises:
        NotExpressibleError: One of them did not come with the program.
    """
    if not all(document.shipped for document in contexts.documents):
        raise NotExpressibleError
    return CompiledContexts(contexts)


def _literals(member: Member, term: TermDefinition, defaults: Definitions) -> Member:
    """Complete a property with what its scalars are."""
    coercion = _COERCIONS.get(term.coercion, Coercion.LITERAL)
    language = defaults.language if term.language is None else term.language
    direction = defaults.direction if term.direction is None else term.direction
    datatype = "" if term.coercion.startswith("@") else term.coercion
    if datatype:
        absolute_iri(datatype, member.name)
        language = direction = ""
    if language and not LANGUAGE_TAG.fullmatch(language):
        raise NotExpressibleError
    suffix = literal("", datatype=datatype, language=language)[2:]
    return Member(
        member.role,
        member.name,
        member.predicate,
        member.container,
        coercion,
        suffix,
        datatype,
        bool(direction),
        member.inside,
        member.reference,
        _way(member.container, coercion, has_direction=bool(direction)),
        f' {member.predicate} "',
        f'"{suffix} .\n',
    )


def _way(container: Container, coercion: Coercion, *, has_direction: bool) -> Way:
    if container is not Container.SET or coercion is Coercion.JSON:
        return Way.OTHER
    return Way.TEXT if coercion is Coercion.LITERAL and not has_direction else Way.SET


def _usable(iri: str | None, name: str) -> str:
    if iri is None or iri.startswith(("@", "_")):
        raise NotExpressibleError
    return absolute_iri(iri, name)


def _names(context: Any, name: str) -> bool:
    """Whether the context of a term defines that term anew: processors differ in which of the two counts."""
    if isinstance(context, list):
        return True
    return isinstance(context, dict) and name in context
