"""A statement under another name than the one that readers look for.

JSON-LD lets a member be written as a term, as a compact IRI or as the IRI itself; all three become one
statement, and one seal covers all three. Whoever reads a credential looks for the term: an end date or a
withdrawal that stands there as an IRI would be sealed and not seen. VC Data Model 2.0 §1.3 and §4.3: a
conforming document is compacted, so a member that has a term is written as that term. Keywords and
contexts inside a document are in `document`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode, reason

from .contexts import ContextSet

#: Where the words of credentials, badges, status lists and seals are defined, whichever context is named:
#: leaving a context out must not turn its words into strangers.
VOCABULARIES: Final = (
    "https://www.w3.org/2018/credentials#",
    "https://www.w3.org/ns/credentials",
    "https://w3id.org/security#",
    "https://w3id.org/vc/",
    "https://w3id.org/openbadges#",
    "https://purl.imsglobal.org/spec/",
    "https://imsglobal.github.io/openbadges-specification/",
    "http://data.europa.eu/snb/",
    "https://schema.org/",
    "http://schema.org/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",  # types and the cells of lists
)
#: Whose words end, withdraw or seal something: in a supplied context each may have its own name only.
_DECIDING: Final = VOCABULARIES[:4]
#: Whose types say how a document is read. A person of schema.org may be named as such anywhere.
_KINDS: Final = tuple(one for one in VOCABULARIES if "schema.org" not in one)
_TYPES: Final = ("type", "@type")
#: Words that readers look for, and that some contexts define a second time under another name: an end of a
#: seal called `expiration`, an award's results in a member named like their class.
READ: Final = frozenset({"achievement", "address", "created", "creator", "criteria", "expires", "geo",
                          "image", "result", "rubricCriterionLevel", "tag"})
_READ_EVERYWHERE: Final = READ - {"created"}  # where it is no proof, that word has other names by right
_MAX_STEPS: Final = 4  # prefixes that stand for prefixes
_MAX_MEANINGS: Final = 16  # of one name; in all contexts that are shipped together none has more than three


def check_ids(document: JsonObject) -> None:
    """Refuse `@id` for `id`: it seals the same, and hides whose the statements are.

    Raises:
        LinkedDataError: KEYWORD_IN_DATA.
    """
    stack: list[Any] = [document]
    found = False
    while stack and not found:
        one = stack.pop()
        if one.__class__ is dict:
            found = "@id" in one
            stack.extend([value for name, value in one.items() if name != "@context"] if "@context" in one
                         else one.values())
        elif one.__class__ is list:
            stack.extend(one)
    if found:
        raise LinkedDataError(reason(ReasonCode.KEYWORD_IN_DATA, term="@id"))


def check_names(document: JsonObject, contexts: ContextSet) -> None:
    """Refuse a word that readers look for, written as an IRI or under a name from a supplied context.

    Raises:
        LinkedDataError: UNDEFINED_TERM, naming the member.
    """
    supplied = ContextSet(tuple(one for one in contexts.documents if not one.shipped))
    doubles = _doubles(contexts, READ if "proofPurpose" in document else _READ_EVERYWHERE)
    for name in _names_in(document):
        if name.startswith("@"):
            continue
        if name in doubles or (":" in name and is_renamed(name, contexts)) or (
                supplied.documents and _is_alias(name, supplied)):
            raise LinkedDataError(reason(ReasonCode.UNDEFINED_TERM, term=name[:200]))
    for name in _types_in(document):
        if is_renamed_type(name, contexts):
            raise LinkedDataError(reason(ReasonCode.UNDEFINED_TERM, term=name[:200]))


@lru_cache(maxsize=16)
def read_iris(contexts: ContextSet) -> frozenset[str]:
    """Collect what words of readers stand for anywhere in these contexts.

    Another name for one of them hides what it says, also where the word itself is not defined, as in a node
    that does not state its type.

    Raises:
        LinkedDataError: LIMIT_CANONICALISATION: a word may stand for too many things.
    """
    stated = found = _collected(contexts, READ)
    for _ in range(_MAX_STEPS):  # with what stands in front of their colons
        prefixes = {iri.partition(":")[0] for iris in found.values() for iri in iris if "://" not in iri}
        if prefixes <= stated.keys():
            break
        found = _collected(contexts, frozenset(prefixes - stated.keys()))
        stated |= found
    return frozenset(iri for word in READ for one in stated.get(word, ()) for iri in _meanings(one, stated))


def is_renamed_type(name: str, contexts: ContextSet) -> bool:
    """Return whether a type written as an IRI is one that a document is read by."""
    stated = _stated(contexts)
    return ":" in name and name not in stated and any(
        iri.startswith(_KINDS) for iri in _meanings(name, stated))


def is_renamed(name: str, contexts: ContextSet) -> bool:
    """Return whether a member with a colon in its name is a word that has a name of its own."""
    stated = _stated(contexts)
    if name in stated:  # defined with its colon: then it is the term
        return False
    return any(iri.startswith(VOCABULARIES) or iri in _meant(contexts) for iri in _meanings(name, stated))


def _is_alias(name: str, supplied: ContextSet) -> bool:
    stated = _stated(supplied)
    iris = [iri for one in stated.get(name, ()) for iri in _meanings(one, stated)]
    iris += [vocabulary + name for vocabulary in stated.get("@vocab", ())]
    return any(iri.startswith(_DECIDING) and re.split("[#/]", iri)[-1] != name for iri in iris)


@lru_cache(maxsize=16)
def _doubles(contexts: ContextSet, read: frozenset[str]) -> frozenset[str]:
    """Collect the terms that somewhere in these contexts stand for the same as a word of readers."""
    stated = _stated(contexts)
    wanted = {iri for word in read for one in stated.get(word, ()) for iri in _meanings(one, stated)}
    return frozenset(name for name, iris in stated.items() if name not in read
                     if any(iri in wanted for one in iris for iri in _meanings(one, stated)))


def _names_in(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield from one
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)


def _types_in(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            if "@value" not in one:
                named = [one.get(key) for key in _TYPES]
                listed = [each for some in named for each in (some if isinstance(some, list) else [some])]
                yield from (each for each in listed if isinstance(each, str))
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)


def _meanings(name: str, stated: dict[str, frozenset[str]]) -> Iterator[str]:
    """Yield the IRIs that a name may stand for, whichever definition of its prefix is in force.

    Raises:
        LinkedDataError: LIMIT_CANONICALISATION: each step multiplies them, where somebody meant it to.
    """
    found = {name}
    for _ in range(_MAX_STEPS):
        if len(found) > _MAX_MEANINGS:
            limit = str(_MAX_MEANINGS)
            raise LinkedDataError(reason(ReasonCode.LIMIT_CANONICALISATION, what="meanings", limit=limit))
        yield from found
        found = {
            base + suffix
            for one in found
            for prefix, colon, suffix in (one.partition(":"),)
            if colon and not suffix.startswith("//")
            for base in stated.get(prefix, ())
        }


@lru_cache(maxsize=16)
def _stated(contexts: ContextSet) -> dict[str, frozenset[str]]:
    """Collect what each term, and `@vocab`, is said to stand for, wherever in these contexts."""
    return _collected(contexts, None)


def _collected(contexts: ContextSet, wanted: frozenset[str] | None) -> dict[str, frozenset[str]]:
    """Do so for these names, for all if none are given."""
    found: dict[str, set[str]] = {}
    stack: list[Any] = [document.document.get("@context") for document in contexts.documents]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            for term in value if wanted is None else wanted & value.keys():
                definition = value[term]
                iri = definition.get("@id") if isinstance(definition, dict) else definition
                if isinstance(iri, str) and (term == "@vocab" or not term.startswith("@")):
                    found.setdefault(term, set()).add(iri)
            stack.extend([one["@context"] for one in value.values()
                          if isinstance(one, dict) and "@context" in one])
    return {term: frozenset(iris) for term, iris in found.items()}


@lru_cache(maxsize=16)
def _meant(contexts: ContextSet) -> frozenset[str]:
    """Collect the IRIs that have a term in these contexts."""
    stated = _stated(contexts)
    return frozenset(iri for iris in stated.values() for one in iris for iri in _meanings(one, stated))
