"""Reading for an import needs no wallet at hand, and says the same in another process as here."""

from __future__ import annotations

import pickle

from tests.operations.conftest import documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.holder_keys import own_dids
from wallet.operations.inputs import Input
from wallet.operations.intake import import_bytes
from wallet.operations.reading import portable_reader, reader_for
from wallet.operations.session import Session
from wallet.trust.evidence_store import LayeredEvidence


def test_a_reader_that_was_handed_over_answers_alike(session: Session, issuer: SimulatedIssuer) -> None:
    for document in documents_of(issuer):
        session.kept.add(document)
    session.set_identities(("maya@lind.example",))
    inputs = [Input("good", issuer.badge(entries=(issuer.entry(0),))), Input("token", issuer.badge_jwt()),
              Input("forged", issuer.badge().replace(b"Statistics", b"Statistika")), Input("text", b"hello")]
    portable = portable_reader(session)
    assert portable is not None
    away = list(pickle.loads(pickle.dumps(portable)).answers(inputs))  # noqa: S301 - our own, just made
    here = list(reader_for(session).answers(inputs))
    assert [(one.name, [item.record for item in one.items]) for one in away] == \
        [(one.name, [item.record for item in one.items]) for one in here]
    verdicts = [item.record.report.verdict for one in away for item in one.items if item.record]
    assert verdicts == [Verdict.VALID, Verdict.VALID, Verdict.INVALID]
    assert away[-1].items[0].problem is not None
    assert away[-1].items[0].problem.code is ReasonCode.FORMAT_UNKNOWN


def test_her_own_key_is_hers_in_both(session: Session, issuer: SimulatedIssuer) -> None:
    (did, *_) = own_dids(session)
    one = Input("mine", issuer.badge(subject_id=did, email=""))
    portable = portable_reader(session)
    assert portable is not None
    assert portable.read(one).items[0].record == reader_for(session).read(one).items[0].record


def test_good_seals_come_back_to_be_remembered(session: Session, issuer: SimulatedIssuer) -> None:
    (item,) = reader_for(session).read(Input("good", issuer.badge())).items
    assert item.learned
    (forged,) = reader_for(session).read(
        Input("forged", issuer.badge().replace(b"Statistics", b"Statistika"))).items
    assert not forged.learned


def test_what_is_here_already_is_judged_with_its_date(session: Session, issuer: SimulatedIssuer) -> None:
    data = issuer.badge()
    (new,) = reader_for(session).read(Input("a", data)).items
    import_bytes(session, data, "a")
    (old,) = reader_for(session).read(Input("a", data)).items
    assert (new.dated, old.dated) == (False, True)


def test_nothing_is_handed_over_that_cannot_be(session: Session) -> None:
    session.supplied = LayeredEvidence((session.supplied,))
    assert portable_reader(session) is None
