from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.operations.conftest import documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.model.credential import Parsed
from wallet.model.errors import VaultError
from wallet.model.evidence import Grade
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Verdict
from wallet.operations import checking as module
from wallet.operations.checking import Desk, Expectation, check_bytes, check_paths, desk_of
from wallet.operations.session import Session
from wallet.trust.evidence_store import MemoryEvidence


@pytest.fixture
def desk(contexts: Contexts, issuer: SimulatedIssuer) -> Desk:
    issuer.entry(0)
    return Desk(contexts, MemoryEvidence(documents_of(issuer)))


def verdict(desk: Desk, data: bytes, at: datetime) -> Verdict:
    (checked,) = check_bytes(desk, data, "x", at=at)
    return checked.report.verdict


def test_good_tampered_withdrawn_and_unknown_are_four_answers(
        desk: Desk, issuer: SimulatedIssuer, contexts: Contexts, at: datetime) -> None:
    badge = issuer.badge(entries=(issuer.entry(0),))
    assert verdict(desk, badge, at) is Verdict.VALID
    assert verdict(desk, badge.replace(b"Statistics", b"Statistika"), at) is Verdict.INVALID
    assert verdict(Desk(contexts), badge, at) is Verdict.UNDETERMINED
    issuer.revoke(0)
    assert verdict(Desk(contexts, MemoryEvidence(documents_of(issuer))), badge, at) is Verdict.REVOKED


def test_what_the_sender_brings_proves_nothing(
        issuer: SimulatedIssuer, contexts: Contexts, at: datetime) -> None:
    badge = issuer.badge()
    theirs = Desk(contexts, MemoryEvidence(documents_of(issuer, Grade.SENDER)))
    assert verdict(theirs, badge, at) is Verdict.UNDETERMINED
    mine = Desk(contexts, MemoryEvidence(documents_of(issuer, Grade.SUPPLIED)))
    assert verdict(mine, badge, at) is Verdict.VALID


def test_a_folder_gives_a_row_for_every_file(
        desk: Desk, issuer: SimulatedIssuer, tmp_path: Path, at: datetime) -> None:
    (tmp_path / "a.json").write_bytes(issuer.badge())
    (tmp_path / "b.jwt").write_bytes(issuer.badge_jwt())
    (tmp_path / "c.json").write_bytes(b"")
    rows = check_paths(desk, [tmp_path], at=at)
    assert [(row.name, row.report.verdict) for row in rows] == [
        ("a.json", Verdict.VALID), ("b.jwt", Verdict.VALID), ("c.json", Verdict.MALFORMED)]
    structure = rows[2].report.check(CheckId.STRUCTURE)
    assert structure is not None
    assert structure.reason.code is ReasonCode.EMPTY_FILE


def test_too_large_has_its_own_headline(desk: Desk, at: datetime) -> None:
    (row,) = check_bytes(desk, b"[" * 100_000, "deep.json", at=at)
    assert headline_code(row.report) is HeadlineCode.TOO_LARGE


def test_an_address_is_compared_and_never_recolours_the_headline(
        desk: Desk, issuer: SimulatedIssuer, at: datetime) -> None:
    badge = issuer.badge(email="maya@lind.example")
    for typed, code in (("maya@lind.example", ReasonCode.RECIPIENT_MATCH),
                        ("other@lind.example", ReasonCode.RECIPIENT_MISMATCH)):
        (row,) = check_bytes(desk, badge, "x", at=at, expectation=Expectation(identities=(typed,)))
        recipient = row.report.check(CheckId.RECIPIENT)
        assert recipient is not None
        assert recipient.reason.code is code
        assert row.report.verdict is Verdict.VALID


def test_a_desk_of_a_wallet_knows_what_the_wallet_knows(
        session: Session, issuer: SimulatedIssuer, at: datetime) -> None:
    assert verdict(desk_of(session), issuer.badge(), at) is Verdict.VALID
    assert verdict(desk_of(session.services), issuer.badge(), at) is Verdict.UNDETERMINED


@pytest.mark.parametrize("day", ["yesterday", "2026-11-20T00:00:00"])
def test_a_wallet_with_broken_rows_is_named_and_accuses_no_file(
        session: Session, issuer: SimulatedIssuer, at: datetime, day: str) -> None:
    for one in documents_of(issuer, Grade.FETCHED):
        session.kept.add(one)
    set_day = "UPDATE evidence SET fetched_at = ?"
    desk = desk_of(session)
    session.vault.database.rows(set_day, (day,))
    with pytest.raises(VaultError) as caught:
        check_bytes(desk, issuer.badge(), "x", at=at)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED
    session.vault.database.rows(set_day, (at.isoformat(),))
    assert verdict(desk, issuer.badge(), at) is Verdict.VALID


@pytest.mark.parametrize(("fault", "code"), [
    (ZeroDivisionError, ReasonCode.INTERNAL_ERROR), (MemoryError, ReasonCode.CHECK_STOPPED)])
def test_a_fault_of_ours_costs_one_file_its_answer(
        desk: Desk, issuer: SimulatedIssuer, at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        fault: type[Exception], code: ReasonCode) -> None:
    for name in ("1.json", "2.json", "3.json"):
        (tmp_path / name).write_bytes(issuer.badge())
    def failing(data: bytes, *, name: str) -> Parsed:
        if name == "2.json":
            raise fault
        return parse(data, name=name)

    monkeypatch.setattr(module, "parse", failing)
    first, second, third = check_paths(desk, [tmp_path], at=at)
    assert (first.report.verdict, third.report.verdict) == (Verdict.VALID, Verdict.VALID)
    assert (second.report.verdict, second.report.checks[0].reason.code) == (Verdict.UNDETERMINED, code)
    assert headline_code(second.report) is HeadlineCode.UNCHECKED
