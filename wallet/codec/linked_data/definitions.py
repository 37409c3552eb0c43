"""Context processing: what every term means after a local context has been merged into an active one.

Written from JSON-LD 1.1 Processing Algorithms §4.1 (context processing) and §4.2 (term definitions), for
contexts that are pinned. What a term table cannot hold (imports, a base, scoped contexts by address) is not
refused here for good: it is a signal that the document goes the slow way. Tables are in `compiler`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from wallet.model.credential import JsonObject


class NotExpressibleError(Exception):
    """Not an answer: the reference path has to look at this."""


@dataclass(frozen=True, slots=True)
class TermDefinition:
    """What a context says about one term (§4.2).

    Attributes:
        iri: What it stands for: an IRI or a keyword; None if it was taken out.
        prefix: Whether compact IRIs may start with it.
        protected: Whether later contexts must leave it as it is.
        coercion: Type mapping, "" for none.
        container: Container mapping.
        language: Language mapping; None if it has none of its own, "" if it clears the default.
        direction: Direction mapping, likewise.
        scoped: Whether it brings a context for what is inside it.
        context: That context; None takes every term out.
        others: What only the reference path knows (`@reverse`, `@index`, `@nest`), for comparison.
    """

    iri: str | None
    prefix: bool = False
    protected: bool = False
    coercion: str = ""
    container: tuple[str, ...] = ()
    language: str | None = None
    direction: str | None = None
    scoped: bool = False
    context: Any = None
    others: tuple[tuple[str, str], ...] = ()


Terms: TypeAlias = dict[str, TermDefinition]


@dataclass(frozen=True, slots=True)
class Definitions:
    """An active context: its terms and its defaults. Treated as immutable."""

    terms: Terms = field(default_factory=dict)
    vocab: str = ""
    language: str = ""
    direction: str = ""


INITIAL: Final = Definitions()

_CONTAINERS: Final = frozenset({"@graph", "@id", "@index", "@language", "@list", "@set", "@type"})
_CONTEXT_MEMBERS: Final = frozenset(
    {"@direction", "@language", "@propagate", "@protected", "@version", "@vocab"}
)
_TERM_MEMBERS: Final = frozenset({"@container", "@context", "@direction", "@id", "@index", "@language"}) | {
    "@nest", "@prefix", "@protected", "@reverse", "@type"
}
_KEYWORDS: Final = (
    _CONTAINERS
    | _CONTEXT_MEMBERS
    | _TERM_MEMBERS
    | {"@base", "@import", "@included", "@json", "@none", "@value"}
    | {"@default", "@embed", "@explicit", "@first", "@omitDefault", "@preserve", "@requireAll"}  # framing
)
_LIKE_A_KEYWORD: Final = re.compile(r"@[a-zA-Z]+")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S*", re.ASCII)
_GEN_DELIMITERS: Final = tuple(":/?#[]@")
_FORM_OF_AN_IRI: Final = re.compile(r"(:[^:])|/")
_OTHERS: Final = ("@reverse", "@index", "@nest")
_MAX_ADDRESSES: Final = 8  # contexts that name contexts


def merged(
    active: Definitions, local: Any, load: Callable[[str], Any], *, override: bool = False, depth: int = 0
) -> Definitions:
    """Return the active context that results from a local one (§4.1).

    Args:
        active: Before; stays as it is.
        local: A context: an object, null, an address, or an array of these.
        load: Gives the `@context` of an address.
        override: Whether protected terms may be changed, as the context of a property may.
        depth: How many addresses led here.

    Raises:
        NotExpressibleError: The context is wrong, or says something a term table cannot hold.
    """
    for one in local if isinstance(local, list) else [local]:
        if one is None:
            if not override and any(term.protected for term in active.terms.values()):
                raise NotExpressibleError
            active = INITIAL
        elif isinstance(one, str):
            if override or depth > _MAX_ADDRESSES:
                raise NotExpressibleError
            active = merged(active, load(one), load, depth=depth + 1)
        elif isinstance(one, dict):
            active = _Merging(active, one).run(override=override)
        else:
            raise NotExpressibleError
    return active


class _Merging:
    """One local context on its way into a copy of the active one."""

    def __init__(self, active: Definitions, local: JsonObject) -> None:
        self._local = local
        self._terms = dict(active.terms)
        self._active = active
        self._vocab = active.vocab
        self._defined: dict[str, bool] = {}

    def run(self, *, override: bool) -> Definitions:
        local = self._local
        if any(key in _KEYWORDS and key not in _CONTEXT_MEMBERS and key != "@type" for key in local):
            raise NotExpressibleError  # an import, a base, or a keyword that is given another meaning
        if local.get("@version", 1.1) != 1.1 or not isinstance(local.get("@protected", False), bool):
            raise NotExpressibleError
        self._vocab = self._default("@vocab", self._active.vocab)
        if self._vocab and not _ABSOLUTE.fullmatch(self._vocab):
            raise NotExpressibleError
        language = self._default("@language", self._active.language).lower()
        direction = self._default("@direction", self._active.direction)
        for term in local:
            if term not in _CONTEXT_MEMBERS:
                self._define(term, override=override)
        return Definitions(self._terms, self._vocab, language, direction)

    def _default(self, name: str, inherited: str) -> str:
        value = self._local.get(name, inherited)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise NotExpressibleError
        return value

    def _define(self, term: str, *, override: bool = False) -> None:
        """Create one term definition (§4.2)."""
        if self._defined.get(term) is not None:
            if self._defined[term]:
                return
            raise NotExpressibleError  # a circle
        self._defined[term] = False
        value = self._local[term]
        if term == "@type":  # may only be said to be a set or protected, which changes no statement
            if not isinstance(value, dict) or not value.keys() <= {"@container", "@protected"}:
                raise NotExpressibleError
            return
        if not term or _LIKE_A_KEYWORD.fullmatch(term):
            raise NotExpressibleError
        previous = self._terms.pop(term, None)
        simple = value is None or isinstance(value, str)
        definition = {"@id": value} if simple else value
        if not isinstance(definition, dict) or not definition.keys() <= _TERM_MEMBERS:
            raise NotExpressibleError
        made = self._made(term, definition, simple=simple)
        if previous is not None and previous.protected and not override:
            made = replace(made, protected=True)
            if made != previous:
                raise NotExpressibleError
        self._terms[term] = made
        self._defined[term] = True

    def _made(self, term: str, definition: JsonObject, *, simple: bool) -> TermDefinition:
        iri, prefix = self._iri_mapping(term, definition, simple=simple)
        if "@prefix" in definition:
            if not isinstance(definition["@prefix"], bool) or ":" in term or "/" in term:
                raise NotExpressibleError
            prefix = definition["@prefix"]
        coercion = self._type_mapping(definition)
        return TermDefinition(
            iri=iri,
            prefix=prefix,
            protected=bool(definition.get("@protected", self._local.get("@protected", False))),
            coercion=coercion,
            container=_container(definition),
            language=None if coercion else _own_default(definition, "@language"),
            direction=_own_default(definition, "@direction"),
            scoped="@context" in definition,
            context=definition.get("@context"),
            others=tuple((name, str(definition[name])) for name in _OTHERS if name in definition),
        )

    def _iri_mapping(self, term: str, definition: JsonObject, *, simple: bool) -> tuple[str | None, bool]:
        if "@reverse" in definition:
            return "@reverse", False
        stated = definition.get("@id", term)
        if stated is None:
            return None, False
        if not isinstance(stated, str):
            raise NotExpressibleError
        if stated == term:
            return self._own_iri(term), False
        iri = self._expanded(stated)
        if iri is None or iri == "@context" or not (iri in _KEYWORDS or _ABSOLUTE.fullmatch(iri)):
            raise NotExpressibleError
        if _FORM_OF_AN_IRI.search(term) and self._own_iri(term) != iri:
            raise NotExpressibleError
        return iri, simple and ":" not in term and iri.endswith(_GEN_DELIMITERS)

    def _own_iri(self, term: str) -> str:
        """Return what a term stands for by its own spelling: a compact IRI, an IRI, or under `@vocab`."""
        prefix, colon, suffix = term.partition(":")
        if prefix and colon:
            self._define_first(prefix)
            known = self._terms.get(prefix)
            return (known.iri or "") + suffix if known is not None else term
        if not self._vocab:
            raise NotExpressibleError
        return self._vocab + term

    def _type_mapping(self, definition: JsonObject) -> str:
        if "@type" not in definition:
            return ""
        stated = definition["@type"]
        if not isinstance(stated, str):
            raise NotExpressibleError
        if stated in ("@id", "@vocab", "@json", "@none"):
            return stated
        iri = self._expanded(stated)
        if iri is None or not _ABSOLUTE.fullmatch(iri):
            raise NotExpressibleError
        return iri

    def _expanded(self, value: str) -> str | None:
        """Expand an IRI against what is being defined (§5.2), relative to the vocabulary."""
        if value in _KEYWORDS:
            return value
        if _LIKE_A_KEYWORD.fullmatch(value):
            raise NotExpressibleError
        self._define_first(value)
        if value in self._terms:
            return self._terms[value].iri
        prefix, colon, suffix = value.partition(":")
        if prefix and colon:
            if prefix == "_":
                raise NotExpressibleError
            if suffix.startswith("//"):
                return value
            self._define_first(prefix)
            known = self._terms.get(prefix)
            if known is not None and known.prefix:
                return (known.iri or "") + suffix
            if _ABSOLUTE.fullmatch(value):
                return value
        return self._vocab + value if self._vocab else None

    def _define_first(self, term: str) -> None:
        if term in self._local and term not in _KEYWORDS and not self._defined.get(term):
            self._define(term)


def _container(definition: JsonObject) -> tuple[str, ...]:
    stated = definition.get("@container", [])
    container = tuple(stated) if isinstance(stated, list) else (stated,)
    if not all(isinstance(one, str) and one in _CONTAINERS for one in container):
        raise NotExpressibleError
    return container


def _own_default(definition: JsonObject, name: str) -> str | None:
    if name not in definition:
        return None
    value = definition[name]
    if value is not None and not isinstance(value, str):
        raise NotExpressibleError
    return (value or "").lower()
