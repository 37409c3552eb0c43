"""Judged files as rows: names compared as people write them, nothing better than its worst."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui import fabricated
from wallet.model.credential import Subject
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Level, Outcome
from wallet.operations.checking import CheckedFile
from wallet.ui.verify_items import Match, desk_result, expectation, overall_level, same_name

_DETAIL = fabricated.detail()


def _file(name: str = "badge.json", subject: Subject | None = None, *changes: object) -> CheckedFile:
    credential = replace(_DETAIL.credential, subject=subject) if subject else _DETAIL.credential
    return CheckedFile(name, "00", credential, fabricated.report(*changes))  # type: ignore[arg-type]  # passed on


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Maya Lind", "maya  LIND ", True),
        ("Zo\u00eb", "Zoe\u0308", True),
        ("Maya Lind", "Maya Lindt", False),
        ("", "", False),
    ],
)
def test_names_are_compared_as_people_write_them(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("person", "identities"),
    [
        ("Maya Lind", ()),
        (" maya@lind.example ", ("maya@lind.example",)),
        ("did:key:z6Mk", ("did:key:z6Mk",)),
    ],
)
def test_only_addresses_go_to_the_checks(person: str, identities: tuple[str, ...]) -> None:
    assert expectation(person).identities == identities


def test_an_empty_question_is_no_question() -> None:
    asked = expectation("", challenge=" ", domain="")
    assert asked.challenge is None
    assert asked.domain is None


@pytest.mark.parametrize(
    ("name", "person", "match"),
    [
        ("Maya Lind", "maya lind", Match.SAME),
        ("Maya Lind", "Noor Haddad", Match.OTHER),
        ("", "Maya Lind", Match.UNKNOWN),
        ("Maya Lind", "", Match.NOT_ASKED),
    ],
)
def test_a_typed_name_is_compared_with_the_name_inside(name: str, person: str, match: Match) -> None:
    unknown = (CheckId.RECIPIENT, Outcome.UNDETERMINED, reason(ReasonCode.RECIPIENT_UNKNOWN))
    result = desk_result((_file("x", Subject(id="did:key:z1", name=name), unknown),), person)
    assert result.items[0].match is match


def test_an_unreadable_file_keeps_its_name_and_names_nobody() -> None:
    broken = CheckedFile("welding.pdf", "", None, fabricated.report())
    item = desk_result((broken,), "Maya Lind").items[0]
    assert (item.title, item.credential, item.match) == ("welding.pdf", None, Match.NOT_ASKED)


def test_several_files_are_as_careful_as_their_worst() -> None:
    good, bad = _file("a"), _file("b", None, fabricated.withdrawn())
    assert overall_level(desk_result((good, good), "")) is Level.GOOD
    mixed = desk_result((good, bad), "")
    assert overall_level(mixed) is Level.CARE
    assert mixed.fine == 1
    assert overall_level(desk_result((bad,), "")) is Level.PROBLEM
    assert overall_level(desk_result((), "")) is not Level.GOOD
