"""The simulated issuer is believed by the real checks, and what it rotates or revokes is noticed."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.conftest import AT
from tests.simulators.issuer import IssuerKind, SimulatedIssuer, days
from tests.simulators.pictures import baked_png, baked_svg
from tests.simulators.signing import pinned_contexts
from wallet.formats.parse import parse
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Report, Verdict
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.verify.gather import gather
from wallet.verify.pipeline import Expectation, judge


def supplied(documents: dict[str, bytes], age: int = 0) -> tuple[EvidenceDocument, ...]:
    fetched = AT - days(age)
    return tuple(evidence_document(address, data, grade=Grade.SUPPLIED, source="test", fetched_at=fetched)
                 for address, data in documents.items())


def judged(data: bytes, *documents: EvidenceDocument, identities: tuple[str, ...] = ()) -> Report:
    parsed = parse(data)
    return judge(parsed, gather(parsed, MemoryEvidence(documents), pinned_contexts()), at=AT,
                 expectation=Expectation(identities))


def reason(report: Report, check_id: CheckId) -> ReasonCode:
    check = report.check(check_id)
    assert check is not None
    return check.reason.code


@pytest.mark.parametrize("kind", [kind for kind in get_args(IssuerKind) if kind != "https-jwks"])
@pytest.mark.parametrize("version", ["2.0", "1.1"])
def test_badges_of_every_issuer_are_believed(kind: IssuerKind, version: str) -> None:
    issuer = SimulatedIssuer(kind)
    documents = supplied(issuer.evidence())
    for suite in ("eddsa-rdfc-2022", "Ed25519Signature2020"):
        data = issuer.badge(version=version, suite=suite)  # type: ignore[arg-type] # the parametrised literals
        for carried in (data, baked_png(data), baked_svg(data)):
            assert judged(carried, *documents).verdict is Verdict.VALID
    token = issuer.badge_jwt(version=version)  # type: ignore[arg-type] # as above
    assert judged(token, *documents).verdict is Verdict.VALID


@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256", "RS256"])
@pytest.mark.parametrize("kind", ["did:web", "did:jwk", "https", "https-jwks"])
def test_tokens_of_every_algorithm_are_believed(kind: IssuerKind, algorithm: str) -> None:
    issuer = SimulatedIssuer(kind, algorithm=algorithm)
    report = judged(issuer.badge_jwt(), *supplied(issuer.evidence()))
    assert report.verdict is Verdict.VALID, report.checks


@pytest.mark.parametrize("kind", ["bitstring", "2021"])
def test_revoked_suspended_and_resumed(kind: str) -> None:
    issuer = SimulatedIssuer("did:web")
    entries = (issuer.entry(131_071, "revocation", kind), issuer.entry(3, "suspension", kind))  # type: ignore[arg-type] # the parametrised literals
    data = (issuer.badge(entries=entries) if kind == "bitstring" else
            issuer.badge(version="1.1", suite="Ed25519Signature2020", entries=entries))
    assert judged(data, *supplied(issuer.evidence())).verdict is Verdict.VALID
    issuer.suspend(3)
    assert judged(data, *supplied(issuer.evidence())).verdict is Verdict.SUSPENDED
    issuer.resume(3)
    issuer.revoke(131_071)
    assert judged(data, *supplied(issuer.evidence())).verdict is Verdict.REVOKED


def test_list_as_token_is_read() -> None:
    issuer = SimulatedIssuer("did:web")
    data = issuer.badge(entries=(issuer.entry(9),))
    issuer.revoke(9)
    documents = issuer.evidence() | {issuer.list_address(): issuer.status_list(as_jwt=True)}
    assert judged(data, *supplied(documents)).verdict is Verdict.REVOKED


def test_rotated_key_is_told_from_a_foreign_one() -> None:
    issuer = SimulatedIssuer("did:web")
    data, before = issuer.badge(), issuer.evidence()
    issuer.rotate()
    only_new = judged(data, *supplied(issuer.evidence()))
    assert (only_new.verdict, reason(only_new, CheckId.KEY_AUTHORITY)) == (
        Verdict.INVALID, ReasonCode.KEY_NOT_AUTHORISED)
    versions = (*supplied(before, 40), *supplied(issuer.evidence()))
    both = judged(data, *versions)
    assert (both.verdict, reason(both, CheckId.KEY_AUTHORITY)) == (
        Verdict.UNDETERMINED, ReasonCode.KEY_RETIRED)
    assert judged(issuer.badge(), *versions).verdict is Verdict.VALID


def test_recipient_is_found_by_the_hashed_address() -> None:
    issuer = SimulatedIssuer("did:key")
    mine = judged(issuer.badge(), identities=("maya@lind.example",))
    other = judged(issuer.badge(), identities=("else@lind.example",))
    assert reason(mine, CheckId.RECIPIENT) is ReasonCode.RECIPIENT_MATCH
    assert reason(other, CheckId.RECIPIENT) is ReasonCode.RECIPIENT_MISMATCH
    assert other.verdict is Verdict.VALID


def test_same_seed_gives_the_same_bytes() -> None:
    assert SimulatedIssuer().badge() == SimulatedIssuer().badge()
    assert SimulatedIssuer().badge() != SimulatedIssuer(seed="other").badge()
