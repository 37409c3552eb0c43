"""Lists judged once in a pass: an answer counts again only while everything it rested on is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import JsonObject, pinned_contexts
from tests.verify.checks.test_status_tokens import LIST, pointing, token_list
from tests.verify.desk import answer, documents, judged, university
from wallet.formats.parse import parse
from wallet.model.beliefs import Belief
from wallet.model.evidence import EvidenceDocument
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Report, Verdict
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify import list_memory, pipeline, withdrawn
from wallet.verify.gather import gather
from wallet.verify.list_memory import ListMemory


@pytest.fixture
def uni() -> SimulatedIssuer:
    return university()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lists that were judged, in turn."""
    addresses: list[str] = []
    real = withdrawn._judged

    def judge(judge_list: Any, document: EvidenceDocument, *rest: Any) -> Any:
        addresses.append(document.address)
        return real(judge_list, document, *rest)

    monkeypatch.setattr(withdrawn, "_judged", judge)
    return addresses


def in_pass(memory: ListMemory, data: bytes, evidence: Iterable[EvidenceDocument], *, at: datetime = AT,
            **more: Any) -> Report:
    parsed = parse(data)
    found = gather(parsed, MemoryEvidence(evidence), pinned_contexts(), memory=memory, **more)
    report = pipeline.judge(parsed, found, at=at)
    alone = replace(found, memory=None)
    assert report == pipeline.judge(parsed, alone, at=at)  # a pass never changes an answer
    return report


def badge(issuer: SimulatedIssuer, number: int) -> bytes:
    return issuer.badge(number=number, entries=(issuer.entry(number),))


def test_many_credentials_of_one_list_judge_it_once(uni: SimulatedIssuer, counted: list[str]) -> None:
    files = [badge(uni, number) for number in range(1, 6)]
    uni.revoke(2)
    known, memory = documents(uni.evidence()), ListMemory()
    verdicts = []
    for data in files:
        parsed = parse(data)
        found = gather(parsed, MemoryEvidence(known), pinned_contexts(), memory=memory)
        verdicts.append(pipeline.judge(parsed, found, at=AT).verdict)
    assert verdicts == [Verdict.VALID, Verdict.REVOKED, Verdict.VALID, Verdict.VALID, Verdict.VALID]
    assert counted == [uni.list_address()]


def test_another_version_is_judged_by_itself(uni: SimulatedIssuer) -> None:
    memory, data = ListMemory(), badge(uni, 1)
    assert in_pass(memory, data, documents(uni.evidence())).verdict is Verdict.VALID
    uni.revoke(1)
    assert in_pass(memory, data, documents(uni.evidence())).verdict is Verdict.REVOKED


def test_the_same_list_under_another_key_is_judged_anew(uni: SimulatedIssuer) -> None:
    """A list must not stay good because another credential's key made it so."""
    memory, data = ListMemory(), badge(uni, 1)
    before = uni.evidence()
    assert in_pass(memory, data, documents(before)).verdict is Verdict.VALID
    other = SimulatedIssuer("did:web", seed="somebody else")
    assert other.id == uni.id
    mixed = before | {uni.id: other.evidence()[uni.id]}
    assert in_pass(memory, data, documents(mixed)).verdict is not Verdict.VALID
    without = {address: one for address, one in before.items() if address != uni.id}
    assert in_pass(memory, data, documents(without)).verdict is Verdict.UNDETERMINED


def test_another_moment_another_belief_and_another_day_of_arrival(uni: SimulatedIssuer,
                                                                 counted: list[str]) -> None:
    memory, data, known = ListMemory(), badge(uni, 1), documents(uni.evidence())
    in_pass(memory, data, known)
    once = len(counted)
    in_pass(memory, data, known)
    assert len(counted) == once + 1  # only the comparison's own
    for change in ({"at": AT + timedelta(days=1)}, {"beliefs": (Belief(uni.id, AT),)},
                   {"clock_floor": AT - timedelta(days=9)}):
        once = len(counted)
        in_pass(memory, data, known, **change)
        assert len(counted) == once + 2, change
    later = [replace(one, fetched_at=AT + timedelta(hours=1)) for one in known]
    once = len(counted)
    in_pass(memory, data, later)
    assert len(counted) == once + 2


def test_a_list_of_tokens_without_a_name_is_each_issuers_own(uni: SimulatedIssuer) -> None:
    """It is taken for the credential's issuer's: what it says for one issuer is nothing for another."""
    other = SimulatedIssuer("did:web", host="harbor.example", seed="harbor")
    served: JsonObject = uni.evidence() | other.evidence() | {LIST: token_list(uni, 0)}
    memory = ListMemory()
    for issuer, code in ((uni, ReasonCode.STATUS_CLEAR), (other, ReasonCode.STATUS_LIST_UNTRUSTED),
                         (uni, ReasonCode.STATUS_CLEAR)):
        report = in_pass(memory, pointing(issuer), documents(served))
        assert answer(report, CheckId.STATUS)[1] is code
        assert report == judged(pointing(issuer), documents(served))


def test_it_never_holds_more_than_a_little(uni: SimulatedIssuer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_memory, "_MAX_LISTS", 2)
    memory = ListMemory()
    for number in range(6):
        one = SimulatedIssuer("did:web", host=f"host{number}.example", seed=f"h{number}")
        assert in_pass(memory, badge(one, 1), documents(one.evidence())).verdict is Verdict.VALID
        assert len(memory._judged) <= 2
        assert len(memory._read) <= 2
    monkeypatch.setattr(list_memory, "_MAX_BYTES", 10)
    assert in_pass(memory, badge(uni, 1), documents(uni.evidence())).verdict is Verdict.VALID
    assert len(memory._judged) <= 1
