"""Plans say what reading without them says: about good documents, and about everything that can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.codec.samples import badge, endorsement, newest
from wallet.codec.linked_data import plans
from wallet.codec.linked_data.canonical import compiled_form, reference_form
from wallet.codec.linked_data.compiler import ActiveContext, compiled
from wallet.codec.linked_data.definitions import NotExpressibleError
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode

Json = dict[str, Any]
_ACHIEVEMENT = "credentialSubject.achievement"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    compiled.cache_clear()
    yield
    compiled.cache_clear()


def read(document: Json) -> bytes | str:
    """What reading comes to, as bytes or as the name of what is wrong."""
    try:
        return compiled_form(document, newest()).nquads
    except NotExpressibleError:
        return "not expressible"
    except LinkedDataError as error:
        return f"{error.reason.code.value} {error.reason.params}"


def plan_of(element: Json, state: ActiveContext) -> plans.Plan | None:
    return compiled(newest()).plans.of(element, state)


def outside(document: Json) -> ActiveContext:
    """The state around what stands in a document, behind its contexts."""
    return compiled(newest()).initial.entered(document)


def changed(place: str, value: Any) -> Json:
    """A badge with one member changed, named by its path."""
    document = badge()
    *path, last = place.split(".")
    node = document
    for name in path:
        node = node[name]
    node[last] = value
    return document


def test_what_was_read_once_is_read_by_its_plan_and_says_the_same() -> None:
    document = badge()
    assert plan_of(document, outside(document)) is None
    first = read(document)
    assert plan_of(document, outside(document)) is not None
    assert read(document) == first == reference_form(document, newest()).nquads
    other = badge(name="Another name", id="urn:uuid:1")
    assert plan_of(other, outside(other)) is not None
    assert read(other) == reference_form(other, newest()).nquads != first


@pytest.mark.parametrize(("place", "value"), [
    ("id", 5), ("id", None), ("id", ["urn:1"]), ("id", "relative"), ("id", "@id"), ("id", "_:b0"),
    ("type", "VerifiableCredential"), ("type", [{"id": "urn:x"}]), ("type", []), ("type", None),
    ("type", ["VerifiableCredential", "Nobody"]), ("type", 7),
    ("name", 'says "so"'), ("name", "back\\slash"), ("name", "line\nbreak"), ("name", "\x7f\u200b"),
    ("name", None), ("name", 3), ("name", ["a", ["b"]]), ("name", {"@value": "x", "@language": "de"}),
    ("name", {"@value": "x", "@type": "relative"}), ("validFrom", {"id": "urn:x"}), ("validFrom", True),
    ("issuer", "https://uni.example/issuers/7"), ("issuer", {"id": "https://uni.example/issuers/7"}),
    ("issuer", [{"id": "urn:1"}, "urn:2"]), ("issuer", {"type": ["Profile"], "name": "Nameless"}),
    ("issuer.id", badge()["id"]), ("credentialSubject.id", badge()["id"]),
    (f"{_ACHIEVEMENT}.id", 3), (f"{_ACHIEVEMENT}.criteria", {"narrative": 1}),
    (f"{_ACHIEVEMENT}.criteria", {"@context": [], "narrative": "x"}),
    (f"{_ACHIEVEMENT}.tag", [["nested"]]), ("unheard", "x"), ("credentialSubject.urn:word", "z"),
])  # fmt: skip
def test_whatever_stands_in_a_shape_that_is_known_is_read_as_if_it_were_not(place: str, value: Any) -> None:
    document = changed(place, value)
    cold = read(document)
    compiled.cache_clear()
    read(badge())
    assert read(document) == cold
    assert read(document) == cold  # by the plans that it made itself, if it made any


def test_what_is_said_aside_of_the_document_is_refused_in_a_known_shape_too() -> None:
    """An end that stands in an endorsement of the document itself is sealed, and no reader looks there."""
    elsewhere = badge(endorsement=[endorsement() | {"validUntil": "2026-06-01T00:00:00Z"}])
    assert read(elsewhere) == reference_form(elsewhere, newest()).nquads
    assert any(plan_of(elsewhere["endorsement"][0], state) for state in _states())
    moved = badge(endorsement=[elsewhere["endorsement"][0] | {"id": badge()["id"]}])
    assert str(read(moved)).startswith(ReasonCode.DATA_LOSS.value)


@pytest.mark.parametrize("odd", [
    {"@type": "Achievement", "name": "x"}, {"@id": "urn:1", "name": "x"}, {"name": "x", "schema:y": "z"},
    {"type": "Achievement", "name": "x", **{f"https://x.example/{number}": "v" for number in range(70)}},
])
def test_what_is_out_of_the_ordinary_gets_no_plan(odd: Json) -> None:
    document = changed(_ACHIEVEMENT, odd)
    read(document)
    known = compiled(newest()).plans
    assert not any(known.of(odd, state) for state in _states())


def _states() -> list[ActiveContext]:
    return [known[0] for known in compiled(newest())._states.values()]


@pytest.mark.parametrize("bound", [10, sum(map(len, badge()))], ids=["members", "members and types"])
def test_long_names_are_not_kept(monkeypatch: pytest.MonkeyPatch, bound: int) -> None:
    monkeypatch.setattr(plans, "_MAX_CHARS", bound)
    document = badge()
    read(document)
    assert plan_of(document, outside(document)) is None


def test_the_table_is_bounded_and_starts_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "_MAX_PLANS", 6)
    names = list(badge())
    for turn in range(8):
        document = {name: badge()[name] for name in (*names[turn % 5:], *names[:turn % 5])}
        assert read(document) == reference_form(document, newest()).nquads
        assert 0 < len(compiled(newest()).plans) <= 6


def test_where_states_are_forgotten_so_are_plans() -> None:
    read(badge())
    known = compiled(newest())
    assert len(known.plans)
    known._forget()
    assert not len(known.plans)
    assert read(badge()) == reference_form(badge(), newest()).nquads
