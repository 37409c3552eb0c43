from __future__ import annotations

from tests.operations.conftest import documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.report import CheckId, Outcome
from wallet.operations.intake import import_bytes
from wallet.operations.session import Session
from wallet.vault.evidence import VaultEvidence


def test_own_addresses_are_kept_and_used(session: Session, issuer: SimulatedIssuer) -> None:
    assert not session.identities
    session.set_identities((" maya@lind.example ", "", "did:example:maya"))
    assert session.identities == ("maya@lind.example", "did:example:maya")
    (row,) = import_bytes(session, issuer.badge(), "x").rows
    assert row.report is not None
    recipient = row.report.check(CheckId.RECIPIENT)
    assert recipient is not None
    assert recipient.outcome is Outcome.PASSED


def test_evidence_of_this_run_and_of_the_wallet_come_together(
        session: Session, issuer: SimulatedIssuer) -> None:
    other = SimulatedIssuer("did:web", host="other.example", seed="other")
    VaultEvidence(session.vault).add(documents_of(other)[0])
    assert session.evidence.documents(issuer.id)
    assert session.evidence.documents(other.id)
    assert session.evidence.documents("did:web:nobody.example") == ()
    assert session.kept_documents() == 1


def test_now_is_the_clock_that_was_given(session: Session) -> None:
    assert session.now() == session.services.clock()
