"""Edits to a sealed credential that may leave its statements as they are, and what of it people are shown.

JSON-LD has many forms for one statement, and a seal over statements covers them all. Each edit here takes
one value somewhere in a document and writes it, or says it, otherwise; whether the seal survives is for the
verifier to tell. None may change what is shown while it does.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from tests.simulators.issuer import OB_2_0, V2
from wallet.model.credential import Credential, JsonObject, Parsed, Presentation, Unreadable

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
#: As the vocabulary of Open Badges writes them.
_OF_BADGES: Final = tuple(f"https://www.w3.org/2001/XMLSchema#{kind}"
                          for kind in ("float", "anyURI", "boolean"))
_CONTEXTS: Final = ("https://w3id.org/security/v2", "https://w3id.org/dcc/v1", "https://w3id.org/blockcerts/v3",
                    "http://data.europa.eu/snb/model/context/edc-ap", "https://www.w3.org/ns/did/v1", OB_2_0)
_MEMBERS: Final = ("validUntil", "name", "credentialStatus", "endorsement", "tag", "unheard")
LEARNER: Final = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


class Place(NamedTuple):
    """One value of a document: what holds it, under which name or number, and the document."""

    holder: Any
    key: Any
    value: Any
    root: JsonObject


Edit = Callable[[random.Random, Place], object]


def values_of(document: JsonObject) -> Iterator[Place]:
    """Yield every value but contexts."""
    stack: list[Any] = [document]
    while stack:
        holder = stack.pop()
        pairs = list(holder.items()) if isinstance(holder, dict) else list(enumerate(holder))
        for key, value in pairs:
            if key != "@context":
                yield Place(holder, key, value, document)
                if isinstance(value, dict | list):
                    stack.append(value)


def edited(document: JsonObject, chance: random.Random) -> JsonObject:
    """A copy after one or two edits somewhere."""
    changed = copy.deepcopy(document)
    for _ in range(chance.randint(1, 2)):
        chance.choice(EDITS)(chance, chance.choice(list(values_of(changed))))
    return changed


def _in_array(_: random.Random, one: Place) -> None:
    one.holder[one.key] = [one.value]


def _nested(_: random.Random, one: Place) -> None:
    one.holder[one.key] = [[one.value]]


def _out_of_array(_: random.Random, one: Place) -> None:
    if isinstance(one.value, list) and len(one.value) == 1:
        one.holder[one.key] = one.value[0]


def _turned(chance: random.Random, one: Place) -> None:
    if isinstance(one.value, list):
        chance.shuffle(one.value)
    elif isinstance(one.value, dict):
        names = chance.sample(list(one.value), len(one.value))
        one.holder[one.key] = {name: one.value[name] for name in names}


def _twice(_: random.Random, one: Place) -> None:
    several = one.value if isinstance(one.value, list) else [one.value]
    one.holder[one.key] = [*several, *copy.deepcopy(several[-1:])]


def _as_value(chance: random.Random, one: Place) -> None:
    if isinstance(one.value, str | int | float):
        kind = chance.choice(("", f"{_XSD}string", f"{_XSD}dateTime", *_OF_BADGES))
        one.holder[one.key] = {"@value": one.value} | ({"@type": kind} if kind else {})


def _as_text(_: random.Random, one: Place) -> None:
    if isinstance(one.value, bool | int | float):
        one.holder[one.key] = str(one.value).lower()


def _as_node(_: random.Random, one: Place) -> None:
    if isinstance(one.value, str) and one.key not in ("id", "type"):
        one.holder[one.key] = {"id": one.value}


def _named(chance: random.Random, one: Place) -> None:
    if isinstance(one.value, dict) and "id" not in one.value:
        one.value["id"] = f"_:b{chance.randrange(2)}"


def _nothing_more(chance: random.Random, one: Place) -> None:
    if isinstance(one.value, dict):
        one.value.setdefault(chance.choice(_MEMBERS), chance.choice((None, [], [None])))


def _another_context(chance: random.Random, one: Place) -> None:
    one.root["@context"].insert(chance.randint(1, len(one.root["@context"])), chance.choice(_CONTEXTS))


def _types_of(node: JsonObject) -> list[str]:
    stated = node.get("type", [])
    return [one for one in (stated if isinstance(stated, list) else [stated]) if isinstance(one, str)]


def _in_pieces(chance: random.Random, one: Place) -> None:
    if not isinstance(one.value, dict) or "id" not in one.value:
        return
    kept = {name for name in one.value if name in ("id", "type") or chance.random() < 0.5}
    others = one.value.keys() - kept | {"id", "type"}
    one.holder[one.key] = [{name: value for name, value in one.value.items() if name in names}
                           for names in chance.sample((kept, others), 2)]


def _told_elsewhere(chance: random.Random, one: Place) -> None:
    """Say something about a thing where else it is spoken of, under all of its types."""
    node = one.value
    if not isinstance(node, dict) or not isinstance(node.get("id"), str):
        return
    others = [each for each in values_of(one.root) if each.value is not node and node["id"] in (
        each.value, each.value.get("id") if isinstance(each.value, dict) else "") and each.key != "id"]
    if not others:
        return
    other = chance.choice(others)
    target = other.value if isinstance(other.value, dict) else {"id": node["id"]}
    other.holder[other.key] = target
    types = list(dict.fromkeys(_types_of(target) + _types_of(node)))
    target |= {"type": types} if types else {}
    for name in [name for name in node if name not in ("id", "type", "@context", "proof")]:
        if chance.random() < 0.5 and name not in target:
            target[name] = node.pop(name)


EDITS: Final[tuple[Edit, ...]] = (
    _in_array, _nested, _out_of_array, _turned, _twice, _as_value, _as_text, _as_node, _named, _nothing_more,
    _another_context, _in_pieces, _told_elsewhere, _told_elsewhere, _told_elsewhere)


def shown(parsed: Parsed | Unreadable | None) -> dict[str, object]:
    """What people are shown, in no order and each thing once.

    Left out is what publishers say of themselves in several places by right: whichever is read, it is theirs.
    """
    if not isinstance(parsed, Credential):
        assert not isinstance(parsed, Presentation)
        return {}
    found = parsed.achievement
    return {
        "format": parsed.format, "title": parsed.title, "id": parsed.id, "issuer": parsed.issuer.id,
        "subject": (parsed.subject.id, parsed.subject.name), "identifiers": set(parsed.subject.identifiers),
        "dates": (parsed.valid_from, parsed.valid_until), "types": set(parsed.types),
        "texts": (found.name, found.description, found.kind, found.criteria, found.criteria_url,
                  found.credits, found.language, found.picture, found.picture_url),
        "skills": set(found.skills), "results": set(found.results)}


def endorsement(of: str) -> JsonObject:
    """Somebody's good word, without a seal of its own."""
    return {"@context": [V2, OB_2_0], "id": f"urn:endorsement:{len(of)}", "issuer": "did:web:peer.example",
            "type": ["VerifiableCredential", "EndorsementCredential"], "validFrom": "2026-05-01T00:00:00Z",
            "credentialSubject": {"id": of, "type": ["EndorsementSubject"], "endorsementComment": "Sound."}}


def enriched(document: JsonObject) -> JsonObject:
    """A badge in which everything that is shown is there, has a name, and is spoken of in several places."""
    subject, achievement = document["credentialSubject"], document["credentialSubject"]["achievement"]
    level = {"id": "urn:level", "type": ["RubricCriterionLevel"], "name": "Poor", "level": "1"}
    achievement |= {
        "tag": ["tables", "sql"], "achievementType": "Course", "creditsAvailable": 5, "inLanguage": "en",
        "criteria": {"id": achievement["id"], "narrative": "Two projects."},
        "image": {"id": "https://northbridge.example/i.png", "type": ["Image"]},
        "resultDescription": [{"id": "urn:exam", "type": ["ResultDescription"], "name": "Exam",
                               "resultType": "RubricCriterionLevel", "rubricCriterionLevel": [level]}],
        "endorsement": [endorsement(achievement["id"])]}
    subject |= {"id": LEARNER, "creditsEarned": 3, "result": [
        {"id": "urn:result", "type": ["Result"], "resultDescription": "urn:exam",
         "achievedLevel": "urn:level"},
        {"type": ["Result"], "value": "1.2", "status": "Failed"}]}
    document["endorsement"] = [endorsement(LEARNER), endorsement(document["id"])]
    document["evidence"] = [{"id": "urn:evidence", "type": ["Evidence"], "name": "Portfolio"}]
    return document
