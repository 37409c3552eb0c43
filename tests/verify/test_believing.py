"""Her own word stands in the recognition row and nowhere else: no belief changes the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import pinned_contexts
from tests.verify.desk import documents, note_codes, row, university
from wallet.formats.parse import parse
from wallet.keys.keypair import public_key_from_multibase
from wallet.model.beliefs import Belief, Stance
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

ISSUER = university()
KEY = public_key_from_multibase(ISSUER.key.multibase).thumbprint
DAY = AT - timedelta(days=7)


def judged(belief: Belief | None, issuer: SimulatedIssuer = ISSUER) -> Report:
    parsed = parse(issuer.badge())
    found = gather(parsed, MemoryEvidence(documents(issuer.evidence())), pinned_contexts(),
                   beliefs=(belief,) if belief else ())
    return judge(parsed, found, at=AT)


@pytest.mark.parametrize(("belief", "outcome", "code"), [
    (Belief(ISSUER.id, DAY, Stance.PINNED, (KEY,), "Our university"), Outcome.PASSED, R.ISSUER_PINNED),
    (Belief(ISSUER.id, DAY, Stance.PINNED, ("x" * 43,)), Outcome.UNDETERMINED, R.ISSUER_PIN_DIFFERS),
    (Belief(ISSUER.id, DAY, Stance.DISTRUSTED), Outcome.FAILED, R.ISSUER_DISTRUSTED),
    (Belief(ISSUER.id, DAY, name="Ours"), Outcome.UNDETERMINED, R.ISSUER_LISTS_MISSING),
    (Belief("did:web:other.example", DAY, Stance.DISTRUSTED), Outcome.UNDETERMINED, R.ISSUER_LISTS_MISSING),
])  # fmt: skip
def test_a_belief_is_said_and_decides_nothing(belief: Belief, outcome: Outcome, code: R) -> None:
    report = judged(belief)
    found = row(report, CheckId.RECOGNITION)
    assert (found.outcome, found.reason.code) == (outcome, code)
    assert report.verdict is Verdict.VALID
    assert headline_code(report) is headline_code(judged(None)) is HeadlineCode.VALID_NO_EXPIRY


def test_her_own_name_is_a_note() -> None:
    found = row(judged(Belief(ISSUER.id, DAY, name="Ours")), CheckId.RECOGNITION)
    assert note_codes(found) == [R.ISSUER_OWN_NAME]
    assert found.notes[0]["name"] == "Ours"


def test_a_look_alike_is_noted_beside_any_answer() -> None:
    shouting = university(host="Northbridge.example")
    assert R.HOST_CAPITALS in note_codes(row(judged(None, shouting), CheckId.RECOGNITION))
    distrusted = judged(Belief(shouting.id, DAY, Stance.DISTRUSTED), shouting)
    assert R.HOST_CAPITALS in note_codes(row(distrusted, CheckId.RECOGNITION))


def test_a_pin_makes_no_unproven_seal_a_proven_one() -> None:
    parsed = parse(ISSUER.badge())
    found = gather(parsed, MemoryEvidence(()), pinned_contexts(),
                   beliefs=(Belief(ISSUER.id, DAY, Stance.PINNED, (KEY,)),))
    report = judge(parsed, replace(found, documents={}), at=AT)
    assert report.verdict is Verdict.UNDETERMINED
    assert row(report, CheckId.RECOGNITION).outcome is Outcome.UNDETERMINED
