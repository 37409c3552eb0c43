"""Seals found good before: reused for the same bytes only, and never in the place of what time can change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import AT
from tests.operations.conftest import Clock, documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.operations.intake import ImportOutcome, import_bytes
from wallet.operations.library import check_again, detail
from wallet.operations.seals import keep_seals, known_seals
from wallet.operations.session import Session
from wallet.proofs.data_integrity import ProofFacts, verify_proof
from wallet.proofs.jws import verify_jws
from wallet.trust.evidence_store import MemoryEvidence
from wallet.vault.verdicts import VaultVerdicts


def take(session: Session, data: bytes) -> tuple[str, Report]:
    (row,) = import_bytes(session, data, "x").rows
    assert row.report is not None
    return row.credential_id, row.report


def rows(session: Session) -> int:
    found = session.vault.database.value("SELECT count(*) FROM verdict")
    assert isinstance(found, int)
    return found


@pytest.fixture
def arithmetic(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the signatures that are really checked."""
    done: list[str] = []
    def counted(*arguments: object) -> ProofFacts:
        done.append("proof")
        return verify_proof(*arguments)  # type: ignore[arg-type]

    def counted_jws(*arguments: object) -> ProofFacts:
        done.append("token")
        return verify_jws(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("wallet.verify.checks.proof.verify_proof", counted)
    monkeypatch.setattr("wallet.verify.checks.proof.verify_jws", counted_jws)
    return done


@pytest.mark.parametrize("as_token", [False, True])
def test_a_repeated_import_reuses_the_seal_and_says_the_same(
        session: Session, issuer: SimulatedIssuer, arithmetic: list[str], as_token: bool) -> None:
    data = issuer.badge_jwt() if as_token else issuer.badge()
    _, first = take(session, data)
    once = len(arithmetic)
    assert once == rows(session) == 1
    (again,) = import_bytes(session, data, "x").rows
    assert again.outcome is ImportOutcome.KNOWN
    assert again.report == first
    assert len(arithmetic) == once


def test_dates_status_and_keys_are_judged_anew(
        session: Session, issuer: SimulatedIssuer, clock: Clock, arithmetic: list[str]) -> None:
    session.supplied = MemoryEvidence(documents_of(issuer))
    data = issuer.badge(entries=(issuer.entry(7),), valid_until=AT + timedelta(days=30))
    ident, report = take(session, data)
    assert report.verdict is Verdict.VALID
    done = len(arithmetic)
    clock.now = AT + timedelta(days=31)
    assert detail(session, ident).report.verdict is Verdict.EXPIRED
    clock.now = AT
    issuer.revoke(7)
    session.supplied = MemoryEvidence(
        replace(one, fetched_at=AT + timedelta(hours=1)) for one in documents_of(issuer))
    assert detail(session, ident).report.verdict is Verdict.REVOKED
    session.supplied = MemoryEvidence(())
    assert len(arithmetic) > done, "a list that is new is checked"


def test_a_changed_file_finds_nothing_known(session: Session, issuer: SimulatedIssuer) -> None:
    data = issuer.badge()
    _, good = take(session, data)
    assert good.verdict is Verdict.VALID
    for forged in (data.replace(b"Statistics", b"Statistika"), data.replace(b'"name"', b'"name" ', 1)):
        _, report = take(session, forged)
        assert (report.verdict is Verdict.VALID) == (b"Statistika" not in forged)
    check = next(one for one in take(session, data.replace(b"Statistics", b"Statistik!"))[1].checks
                 if one.id is CheckId.PROOF)
    assert (check.outcome, check.reason.code) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    assert rows(session) == 2, "nothing bad is remembered"


def test_a_moved_seal_is_another_seal(session: Session, issuer: SimulatedIssuer) -> None:
    """The proof of a good credential under another document: each half is known, the whole is not."""
    one, other = issuer.badge(number=1), issuer.badge(number=2)
    take(session, one)
    take(session, other)
    seal = one.index(b'"proof"')
    moved = other[: other.index(b'"proof"')] + one[seal:]
    assert take(session, moved)[1].verdict is Verdict.INVALID


def test_another_key_finds_nothing_known(session: Session, issuer: SimulatedIssuer) -> None:
    """Who learned about one key says nothing about another, whatever the file is."""
    known = known_seals(session)
    take(session, issuer.badge())
    assert rows(session) == 1
    session.vault.database.rows("UPDATE verdict SET known = 'x' || substr(known, 2)")
    before = rows(session)
    take(session, issuer.badge())
    assert rows(session) == before + 1
    assert known.learned == {}


def test_checking_again_keeps_what_it_learned(
        session: Session, issuer: SimulatedIssuer, arithmetic: list[str]) -> None:
    ident, _ = take(session, issuer.badge())
    session.vault.database.rows("DELETE FROM verdict")
    check_again(session, [ident])
    assert rows(session) == 1
    done = len(arithmetic)
    check_again(session, [ident])
    assert len(arithmetic) == done


def test_looking_writes_nothing(session: Session, issuer: SimulatedIssuer) -> None:
    ident, _ = take(session, issuer.badge())
    session.vault.database.rows("DELETE FROM verdict")
    assert detail(session, ident).report.verdict is Verdict.VALID
    assert rows(session) == 0


def test_what_is_learned_can_be_kept(session: Session) -> None:
    known = known_seals(session)
    keep_seals(session, known)
    keep_seals(session, None)
    known.learned["a"] = ProofFacts("bbs-2023")
    keep_seals(session, known)
    assert VaultVerdicts(session.vault).facts("a") == ProofFacts("bbs-2023")
