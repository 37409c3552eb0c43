"""Layouts: what the published schemas say, what others' credentials show, and what is told of a deviation."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.formats.layouts import LAYOUTS, SCHEMAS, Deviation, deviations

BADGE: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "id": "urn:uuid:6f0a", "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://issuer.example/", "type": ["Profile"], "name": "Issuer"},
    "validFrom": "2026-05-01T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "identifier": [{"type": "IdentityObject", "hashed": True, "identityHash": "sha256$00",
                        "identityType": "emailAddress"}],
        "achievement": {
            "id": "https://issuer.example/a/1", "type": ["Achievement"], "name": "Data",
            "description": "Analysis",
            "achievementType": "MicroCredential", "criteria": {"narrative": "Pass the test"},
            "alignment": [{"type": ["Alignment"], "targetName": "Statistics",
                           "targetUrl": "https://skills.example/1"}]}},
}
KINDS = {"string", "number", "boolean", "array"}


def changed(pointer: str, value: Any) -> dict[str, Any]:
    """The badge with one member set, or taken out for None."""
    document = deepcopy(BADGE)
    *path, last = pointer.strip("/").split("/")
    node: Any = document
    for step in path:
        node = node[int(step)] if isinstance(node, list) else node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return document


def test_a_badge_as_the_schema_says_deviates_nowhere() -> None:
    assert deviations(BADGE, "AchievementCredential") == ()


@pytest.mark.parametrize(("pointer", "value"), [
    ("/issuer", "https://issuer.example/"),
    ("/credentialSubject/achievement/name", {"en": "Data", "de": "Daten"}),
    ("/credentialSubject/achievement/alignment",
     {"type": "Alignment", "targetName": "S", "targetUrl": "https://skills.example/1"}),
    ("/credentialSubject/achievement/achievementType", "ext:Workshop"),
    ("/credentialSubject", [BADGE["credentialSubject"]]),
    ("/more", {"anything": 1}),
], ids=["string-issuer", "language-map", "one-for-many", "own-word", "array-of-one", "more"])
def test_other_ways_of_writing_the_same_are_no_deviation(pointer: str, value: Any) -> None:
    assert deviations(changed(pointer, value), "AchievementCredential") == ()


@pytest.mark.parametrize(("pointer", "value", "missing", "told"), [
    ("/id", None, True, "/id"),
    ("/validFrom", None, True, "/validFrom|issuanceDate"),
    ("/validFrom", "yesterday", False, "/validFrom"),
    ("/issuer/id", "not a URI", False, "/issuer/id"),
    ("/issuer", 7, False, "/issuer"),
    ("/credentialSubject/achievement/description", None, True, "/credentialSubject/achievement/description"),
    ("/credentialSubject/achievement/achievementType", "Trick", False,
     "/credentialSubject/achievement/achievementType"),
    ("/credentialSubject/achievement/alignment/0/targetUrl", None, True,
     "/credentialSubject/achievement/alignment/0/targetUrl"),
    ("/credentialSubject/identifier/0/hashed", "true", False, "/credentialSubject/identifier/0/hashed"),
    ("/credentialSubject/creditsEarned", True, False, "/credentialSubject/creditsEarned"),
    ("/credentialSubject/achievement/tag", 3, False, "/credentialSubject/achievement/tag"),
], ids=lambda value: str(value)[:40] if isinstance(value, str) and value.startswith("/") else "")
def test_a_deviation_says_where(pointer: str, value: Any, missing: bool, told: str) -> None:
    assert deviations(changed(pointer, value), "AchievementCredential") == (Deviation(told, missing),)


def test_no_more_are_told_than_asked_for() -> None:
    assert len(deviations({}, "ClrCredential")) == 5
    assert len(deviations({}, "ClrCredential", limit=2)) == 2


def test_every_layout_that_is_named_is_there() -> None:
    words = {"text", "uri", "moment", "date", "token", "number", "boolean", "node", "party", "achievement",
             "result", "state", "target", "identifier", "association"}
    for layout in LAYOUTS.values():
        assert set(layout.members.values()) <= words | LAYOUTS.keys()
    assert set(SCHEMAS.values()) <= LAYOUTS.keys()


def test_the_published_schema_says_the_same(vectors: Path) -> None:
    found = list(vectors.rglob("OpenBadgeV3_schema.json"))
    published = json.loads(found[0].read_text("utf-8"))["$defs"]
    compared = 0
    for name, layout in LAYOUTS.items():
        theirs = published.get(name)
        if theirs is None or name == "EndorsementCredential":  # its dates are those of an older model
            continue
        compared += 1
        assert set(layout.required) == set(theirs["required"]), name
        assert set(layout.members) == set(theirs["properties"]) - {"type"}, name
        for member, kind in layout.members.items():
            plain = theirs["properties"][member].get("type")
            assert {"number": "number", "boolean": "boolean"}.get(kind) == (
                plain if plain in ("number", "boolean") else None), (name, member)
    assert compared >= 15


NAMES = [*sorted({name for one in LAYOUTS.values() for name in one.members}), "type", "@context"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=20)


@given(ANYTHING)
def test_nothing_is_too_odd_to_be_compared(value: Any) -> None:
    for name in ("AchievementCredential", "EndorsementCredential", "ClrCredential"):
        document = value if isinstance(value, dict) else {"credentialSubject": value}
        assert all(isinstance(one, Deviation) for one in deviations(document, name))
