"""One pass over many: looked up once, and everything comes to what it would come to alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import AT
from tests.operations.conftest import Clock
from tests.operations.connected import connect, keep, publish
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer, days
from tests.simulators.web import SimulatedWeb
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.report import Verdict
from wallet.operations import one_pass
from wallet.operations.library import check_again, detail, evidence_for, load_credential
from wallet.operations.network import Door
from wallet.operations.one_pass import LookedUp, Pass
from wallet.operations.refresh import refresh
from wallet.operations.session import Session
from wallet.trust.evidence_store import MemoryEvidence, evidence_document


class Counting:
    """A store that counts how often it is asked."""

    def __init__(self, documents: tuple[EvidenceDocument, ...]) -> None:
        self.store, self.asked = MemoryEvidence(documents), 0

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        self.asked += 1
        return self.store.documents(address)


def some(address: str) -> EvidenceDocument:
    return evidence_document(address, b'{"id": "did:web:a.example"}', grade=Grade.SUPPLIED, source="test")


def test_an_address_is_looked_up_once_also_where_there_is_nothing() -> None:
    store = Counting((some("did:web:a.example"),))
    looked = LookedUp(store)
    for _ in range(3):
        assert looked.documents("did:web:a.example") == store.store.documents("did:web:a.example")
        assert looked.documents("did:web:b.example") == ()
    assert store.asked == 2


def test_it_never_holds_more_than_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_pass, "_MAX_BYTES", 60)
    store = Counting(tuple(some(f"did:web:{name}.example") for name in "abc"))
    looked = LookedUp(store)
    for name in "abcabc":
        assert len(looked.documents(f"did:web:{name}.example")) == 1
        assert len(looked._found) <= 1
    assert store.asked == 6


@pytest.fixture
def wallet(session: Session, clock: Clock) -> tuple[Session, list[str], SimulatedWeb, Door]:
    """Credentials of three issuers after two refreshes: withdrawn, on hold, good, another key since."""
    made = [SimulatedIssuer("did:web", host=f"host{number}.example", seed=f"h{number}")
            for number in range(3)]
    web = SimulatedWeb()
    files = [one.badge(number=number, entries=(one.entry(number), one.entry(number + 9, "suspension")))
             for one in made for number in range(1, 4)]
    publish(web, *made)
    door = connect(session, web)
    ids = keep(session, *files)
    refresh(session, door)
    made[0].revoke(1)
    made[1].suspend(10)
    made[2].rotate()
    publish(web, *made)
    for one in made:
        for purpose in ("revocation", "suspension"):
            web.put(one.list_address(purpose), one.status_list(purpose, listed=LISTED_AT + days(2)))
    clock.now = AT + days(2)
    refresh(session, door)
    return session, ids, web, door


def test_a_pass_says_of_each_what_is_said_of_it_alone(
        wallet: tuple[Session, list[str], SimulatedWeb, Door]) -> None:
    session, ids, _, _ = wallet
    check_again(session, ids)
    together = {one: session.vault.get(one).report for one in ids}
    assert {one.verdict for one in together.values()} >= {Verdict.VALID, Verdict.REVOKED, Verdict.SUSPENDED}
    over = Pass(session)
    for one in ids:
        assert detail(session, one).report == together[one]
        credential = load_credential(session, one)
        gathered = over.evidence(session.vault.get(one), credential)
        alone = evidence_for(session, one, credential)
        assert gathered.documents == alone.documents
        assert replace(gathered, memory=None, found_for=None) == replace(alone, memory=None, found_for=None)


def test_what_comes_after_a_pass_is_seen_by_the_next(
        wallet: tuple[Session, list[str], SimulatedWeb, Door], clock: Clock) -> None:
    session, ids, web, door = wallet
    (revoked,) = [one for one in ids if session.vault.get(one).report.verdict is Verdict.REVOKED]
    issuer = SimulatedIssuer("did:web", host="host0.example", seed="h0")  # with nothing withdrawn
    issuer.entry(1)
    web.put(issuer.list_address(), issuer.status_list(listed=LISTED_AT + days(4)))
    clock.now = AT + days(4)
    refresh(session, door)
    assert session.vault.get(revoked).report.verdict is Verdict.VALID
