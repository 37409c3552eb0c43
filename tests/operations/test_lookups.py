"""Asking federations about issuers: on the sheet, once, further along the chain, kept, and judged by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.operations.conftest import Clock
from tests.operations.connected import StopWhen
from tests.simulators.federation import SimulatedEntity, SimulatedKey
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.model.network import FetchOutcome, Permission, Purpose
from wallet.model.reasons import Reason, ReasonCode
from wallet.model.report import CheckId
from wallet.operations import lookups
from wallet.operations.intake import import_bytes
from wallet.operations.intake_online import import_online
from wallet.operations.known_to import known_to
from wallet.operations.list_refresh import add_list_address
from wallet.operations.lists import use_shipped_lists
from wallet.operations.lookups import ask_about, look_up, lookup_requests
from wallet.operations.network import Door, ledger
from wallet.operations.refresh import refresh, refresh_requests
from wallet.operations.session import Session
from wallet.operations.sheet import open_door, sheet_of
from wallet.trust.federation import configuration_address, statement_address
from wallet.trust.registry import Listing, recognise

UNI = "did:web:uni.example"
HTTPS = "https://college.example"
ROOT = "https://registry.example"
ANCHOR = f"{ROOT}/.well-known/openid-federation"
ASK = f"{ROOT}/fetch?sub={UNI}"
SECOND = "https://second.example"


def said(session: Session, issuer: str = UNI) -> tuple[Listing | None, str]:
    found = recognise(session.lists, issuer, session.now())
    return (found.best.listing, found.best.list) if found.best else (None, "")


def asked_for(session: Session, *issuers: str, everywhere: bool = False) -> list[str]:
    return [one.wanted for one in lookup_requests(session, issuers, everywhere=everywhere)]


def federation(session: Session, issued: datetime | None = None, web: SimulatedWeb | None = None,
               at: str = ROOT) -> tuple[SimulatedEntity, SimulatedWeb, Door]:
    root = SimulatedEntity(at, issued or session.now() - timedelta(hours=1))
    web = web or SimulatedWeb()
    web.put(configuration_address(at), root.own_document().data)
    session.services = replace(session.services, fetcher=web)
    door = session.door(Permission.COMMAND)
    add_list_address(session, door, configuration_address(at), name="Federation" if at == ROOT else "Second")
    return root, web, door


def test_a_federation_is_asked_about_an_issuer_only_on_purpose(session: Session) -> None:
    root, web, door = federation(session)
    (wanted,) = lookup_requests(session, [UNI])
    assert (wanted.wanted, wanted.host, wanted.purpose) == (ASK, "registry.example", Purpose.LOOKUP)
    assert web.requests[ASK] == 0
    web.put(ASK, root.document_about(UNI).data)
    (done,) = look_up(session, door, [UNI]).answers
    assert (done.outcome, said(session)) == (FetchOutcome.FETCHED, (Listing.LISTED, "Federation"))
    assert asked_for(session, UNI) == []
    assert web.requests[ASK] == 1
    assert ledger(session)[0].purpose is Purpose.LOOKUP


def test_that_a_federation_does_not_know_an_issuer_is_an_answer_for_a_day(session: Session,
                                                                          clock: Clock) -> None:
    root, web, door = federation(session)
    (done,) = look_up(session, door, [UNI]).answers
    assert (done.reason, done.outcome, done.document is not None) == (None, FetchOutcome.MISSING, True)
    answer = recognise(session.lists, UNI, session.now())
    assert (answer.best, answer.asked, answer.unchecked) == (None, 2, ())  # and the shipped list
    assert asked_for(session, UNI) == []
    clock.now += timedelta(hours=22)
    assert asked_for(session, UNI) == []
    clock.now += timedelta(hours=2)
    assert asked_for(session, UNI) == [ASK]
    root.issued = clock.now - timedelta(minutes=5)
    web.put(ASK, root.document_about(UNI).data)
    web.put(ANCHOR, root.own_document().data)
    look_up(session, door, [UNI])
    assert said(session) == (Listing.LISTED, "Federation")


def reason_of(session: Session, credential_id: str) -> Reason:
    check = session.vault.get(credential_id).report.check(CheckId.RECOGNITION)
    assert check is not None
    return check.reason


def test_an_answer_that_has_ended_is_brought_anew(session: Session, clock: Clock) -> None:
    root, web, door = federation(session)
    web.put(ASK, root.document_about(UNI).data)
    look_up(session, door, [UNI])
    clock.now = session.now() + timedelta(days=3)
    assert said(session) == (Listing.ENDED, "Federation")
    later = SimulatedEntity(ROOT, clock.now - timedelta(hours=1))
    web.put(ANCHOR, later.own_document().data)
    web.put(ASK, later.document_about(UNI).data)
    assert set(asked_for(session, UNI)) == {ANCHOR, ASK}
    look_up(session, door, [UNI])
    assert said(session) == (Listing.LISTED, "Federation")


def test_a_statement_is_not_taken_from_where_its_host_sends_us_on(session: Session) -> None:
    root, web, door = federation(session)
    for place, kept in (("https://evil.example/keys.json", False), (ASK + "&again=1", True)):
        web.put(ASK, root.document_about(UNI).data, final_address=place)
        (done,) = look_up(session, door, [UNI]).answers
        assert bool(session.kept.documents(ASK)) is kept
        assert (done.reason is None) is kept


def test_a_forged_statement_is_kept_and_says_nothing(session: Session) -> None:
    _, web, door = federation(session)
    mallory = SimulatedEntity(ROOT, session.now() - timedelta(hours=1))
    mallory.key = SimulatedKey("mallory")
    web.put(ASK, mallory.document_about(UNI).data)
    look_up(session, door, [UNI])
    assert said(session) == (None, "")
    found = recognise(session.lists, UNI, session.now())
    assert [one.because.code if one.because else None for one in found.unchecked] == [
        ReasonCode.STATEMENT_REFUSED]


def test_behind_the_first_list_that_names_an_issuer_nobody_is_asked(session: Session) -> None:
    root, web, door = federation(session)
    federation(session, web=web, at=SECOND)
    further = statement_address(f"{SECOND}/fetch", UNI)
    assert asked_for(session, UNI) == [ASK, further]
    web.put(ASK, root.document_about(UNI).data)
    look_up(session, door, [UNI])
    assert web.requests[further] == 1  # both were lacking when the wish began
    session.kept.remove(further)
    assert (asked_for(session, UNI), asked_for(session, UNI, everywhere=True)) == ([], [further])


def test_a_member_below_an_intermediate_is_asked_for_step_by_step(session: Session) -> None:
    root, web, door = federation(session)
    middle = SimulatedEntity("https://state.example", root.issued, (ROOT,))
    college = SimulatedEntity(HTTPS, root.issued, (middle.id,))
    for one in (middle.own_document(), college.own_document(), root.document_above(middle),
                middle.document_about(HTTPS)):
        web.put(one.address, one.data)
    done = look_up(session, door, [HTTPS])
    assert said(session, HTTPS) == (Listing.LISTED, "Federation")
    assert not done.failed
    again = look_up(session, door, [HTTPS])
    assert again.answers == ()


def test_a_did_below_an_intermediate_is_found_from_above(session: Session) -> None:
    root = replace(SimulatedEntity(ROOT, session.now() - timedelta(hours=1)), lists=True)
    middle = SimulatedEntity("https://state.example", root.issued)
    web = SimulatedWeb()
    for one in (root.own_document(), root.document_listing(middle.id), root.document_above(middle),
                middle.own_document(), middle.document_about(UNI)):
        web.put(one.address, one.data)
    session.services = replace(session.services, fetcher=web)
    door = session.door(Permission.COMMAND)
    add_list_address(session, door, ANCHOR, name="Federation")
    done = look_up(session, door, [UNI])
    assert not done.failed
    assert said(session) == (Listing.LISTED, "Federation")
    assert look_up(session, door, [UNI]).answers == ()


def test_a_host_that_was_not_ticked_is_not_asked(session: Session) -> None:
    root, web, _ = federation(session)
    web.put(ASK, root.document_about(UNI).data)
    door = open_door(session, {"other.example"})
    (done,) = look_up(session, door, [UNI]).answers
    assert done.reason is not None
    assert done.reason.code is ReasonCode.REQUEST_NOT_ALLOWED
    assert (web.requests[ASK], said(session)) == (0, (None, ""))


def test_a_host_that_is_silent_twice_is_left_alone(session: Session) -> None:
    _, web, door = federation(session)
    issuers = [f"did:web:uni{number}.example" for number in range(5)]
    web.unreachable("registry.example")
    done = look_up(session, door, issuers)
    assert len(done.failed) == 5
    assert sum(web.requests[statement_address(f"{ROOT}/fetch", one)] for one in issuers) == 2


def test_one_wish_asks_no_more_than_so_often(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "MAX_LOOKUPS", 2)
    root, web, door = federation(session)
    issuers = [f"did:web:uni{number}.example" for number in range(3)]
    for one in issuers:
        web.put(statement_address(f"{ROOT}/fetch", one), root.document_about(one).data)
    done = look_up(session, door, issuers)
    assert [one.reason.code for one in done.answers if one.reason] == [ReasonCode.REQUEST_TOO_MANY]
    assert len(done.kept) == 2


def test_a_person_may_stop_and_what_came_stays(session: Session) -> None:
    root, web, door = federation(session)
    issuers = [f"did:web:uni{number}.example" for number in range(5)]
    places = [statement_address(f"{ROOT}/fetch", one) for one in issuers]
    for one, place in zip(issuers, places, strict=True):
        web.put(place, root.document_about(one).data)
    done = look_up(session, door, issuers,
                   progress=StopWhen(lambda: sum(web.requests[one] for one in places) == 2))
    assert (done.cancelled, len(done.kept)) == (True, 2)
    assert [said(session, one)[0] for one in issuers].count(Listing.LISTED) == 2


def test_a_refresh_shows_the_look_up_and_judges_by_its_answer(session: Session,
                                                              issuer: SimulatedIssuer) -> None:
    root, web, _ = federation(session)
    place = statement_address(root.endpoint, issuer.id)
    (row,) = import_bytes(session, issuer.badge(number=1), "badge.json").rows
    sheet = sheet_of(session, refresh_requests(session))
    line = next(one for one in sheet.hosts if one.host == "registry.example")
    assert (line.documents, line.purposes) == (1, (Purpose.LOOKUP,))
    assert web.requests[place] == 0
    web.put(place, root.document_about(issuer.id, name="Uni").data)
    done = refresh(session, open_door(session, {"registry.example"}))
    assert [one.request.wanted for one in done.asked.kept] == [place]
    why = reason_of(session, row.credential_id)
    assert (why.code, why["origin"]) == (ReasonCode.ISSUER_LISTED, "federation")
    assert "registry.example" not in {one.host for one in refresh_requests(session)}
    (known,) = known_to(session, issuer.id)
    assert (known.list, known.name, known.by_federation) == ("Federation", "Uni", True)


def test_an_issuer_is_asked_about_by_itself(session: Session, issuer: SimulatedIssuer) -> None:
    root, web, door = federation(session)
    use_shipped_lists(session, used=False)
    (row,) = import_bytes(session, issuer.badge(number=1), "badge.json").rows
    place = statement_address(root.endpoint, issuer.id)
    web.put(place, root.document_about(issuer.id).data)
    assert len(ask_about(session, door, issuer.id).kept) == 1
    assert reason_of(session, row.credential_id).code is ReasonCode.ISSUER_LISTED


def test_an_online_import_asks_too(session: Session, issuer: SimulatedIssuer) -> None:
    root, web, door = federation(session)
    place = statement_address(root.endpoint, issuer.id)
    web.put(place, root.document_about(issuer.id).data)
    done = import_online(session, (), (), door, pasted=issuer.badge(number=1))
    (row,) = done.imported.rows
    assert reason_of(session, row.credential_id).code is ReasonCode.ISSUER_LISTED


def test_without_a_federation_nothing_is_planned(session: Session) -> None:
    assert lookup_requests(session, [UNI], everywhere=True) == ()
