"""What a learner believes about issuers, as a window or the command line would ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import AT
from tests.operations.conftest import Clock, documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.beliefs import Stance
from wallet.model.errors import OperationError, VaultError
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.operations.evidence_shelf import shelve
from wallet.operations.intake import import_bytes
from wallet.operations.issuers import IssuerView, distrust, forget, issuers, name, pin, undo
from wallet.operations.issuers import issuer as view_of
from wallet.operations.library import detail
from wallet.operations.session import Session


def recognised(report: Report) -> tuple[Outcome, R]:
    check = report.check(CheckId.RECOGNITION)
    assert check is not None
    return check.outcome, check.reason.code


@pytest.fixture
def badge(session: Session, issuer: SimulatedIssuer) -> str:
    shelve(session.kept, documents_of(issuer), session.contexts, AT)
    (row,) = import_bytes(session, issuer.badge(), "badge.json").rows
    return row.credential_id


def test_a_compared_key_is_said_until_another_seals(
        session: Session, clock: Clock, issuer: SimulatedIssuer, badge: str) -> None:
    (key,) = _view(session, issuer).keys
    pin(session, issuer.id, written=key.fingerprint.lower(), note="by telephone")
    assert recognised(detail(session, badge).report) == (Outcome.PASSED, R.ISSUER_PINNED)
    clock.now = AT + timedelta(days=30)
    issuer.rotate()
    newer = [replace(one, fetched_at=clock.now) for one in documents_of(issuer)]
    shelve(session.kept, newer, session.contexts, clock.now)
    (new,) = import_bytes(session, issuer.badge(number=2), "new.json").rows
    assert new.report is not None
    assert recognised(new.report) == (Outcome.UNDETERMINED, R.ISSUER_PIN_DIFFERS)
    assert new.report.verdict is Verdict.VALID
    shown = _view(session, issuer)
    assert [one.current for one in shown.keys] == [True, False]
    pin(session, issuer.id, written=shown.keys[0].fingerprint)
    assert recognised(detail(session, new.credential_id).report) == (Outcome.PASSED, R.ISSUER_PINNED)
    assert recognised(detail(session, badge).report) == (Outcome.PASSED, R.ISSUER_PINNED)


def test_a_wrong_fingerprint_pins_nothing(session: Session, issuer: SimulatedIssuer, badge: str) -> None:
    with pytest.raises(OperationError) as caught:
        pin(session, issuer.id, written="0000 1111 2222 3333 4444")
    assert caught.value.reason.code is R.PIN_OTHER_KEY
    with pytest.raises(OperationError) as caught:
        pin(session, "did:web:unknown.example")
    assert caught.value.reason.code is R.PIN_NO_KEY
    assert session.beliefs == ()


def test_distrust_names_and_the_way_back(session: Session, issuer: SimulatedIssuer, badge: str) -> None:
    name(session, issuer.id, "Our  evening school")
    distrust(session, issuer.id, note="closed")
    believed = _view(session, issuer).belief
    assert believed is not None
    assert (believed.name, believed.stance) == ("Our evening school", Stance.DISTRUSTED)
    report = detail(session, badge).report
    assert recognised(report) == (Outcome.FAILED, R.ISSUER_DISTRUSTED)
    assert report.verdict is Verdict.VALID
    undo(session, issuer.id)
    assert recognised(detail(session, badge).report)[0] is Outcome.UNDETERMINED
    forget(session, issuer.id)
    assert session.beliefs == ()
    undo(session, issuer.id)
    again = _view(session, issuer).belief
    assert again is not None
    assert again.name == "Our evening school"
    with pytest.raises(VaultError):
        forget(session, "did:web:unknown.example")


def test_issuers_of_credentials_and_of_beliefs_are_listed(
        session: Session, issuer: SimulatedIssuer, badge: str) -> None:
    distrust(session, "did:web:mill.example")
    found = {one.id: one for one in issuers(session)}
    assert set(found) == {issuer.id, "did:web:mill.example"}
    assert found[issuer.id].credentials == 1
    assert found[issuer.id].claimed_name == "Northbridge University"
    with pytest.raises(OperationError):
        distrust(session, "no address")


def _view(session: Session, simulated: SimulatedIssuer) -> IssuerView:
    return view_of(session, simulated.id)
