"""The web for a desk: shown first, asked as far as it was ticked, checked by, kept where that was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import AT
from tests.operations.conftest import Clock
from tests.operations.connected import publish
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.model.network import FetchOutcome, Permission, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Verdict
from wallet.operations.checking import CheckedFile, Desk, Expectation, check_bytes, check_inputs, desk_of
from wallet.operations.desk_online import Checked, Leave, PublicWeb, WalletWeb, desk_with
from wallet.operations.network import allowed_hosts, ledger
from wallet.operations.progress import SilentProgress
from wallet.operations.saved import FILE_NAME
from wallet.operations.session import Services, Session
from wallet.trust.evidence_store import MemoryEvidence

ADDRESS = "https://northbridge.example/badges/1"
ASKED = Leave(frozenset({"northbridge.example"}))
QUIET = SilentProgress()


@pytest.fixture
def web(issuer: SimulatedIssuer) -> SimulatedWeb:
    made = SimulatedWeb({ADDRESS: issuer.badge(entries=(issuer.entry(1),))})
    publish(made, issuer)
    return made


@pytest.fixture
def alone(services: Services, web: SimulatedWeb, tmp_path: Path) -> Services:
    return replace(services, fetcher=web, cache_folder=tmp_path / "cache")


def look(desk: Desk, data: bytes) -> tuple[CheckedFile, ...]:
    return check_bytes(desk, data, "badge.json", at=AT)


def test_what_is_open_is_shown_then_asked_then_checked_by(alone: Services, issuer: SimulatedIssuer,
                                                          web: SimulatedWeb) -> None:
    data, public = issuer.badge(entries=(issuer.entry(1),)), PublicWeb(alone)
    before = look(public.desk(), data)
    assert before[0].report.verdict is Verdict.UNDETERMINED
    (line,) = public.sheet(before).hosts
    assert (line.host, line.documents) == ("northbridge.example", 2)
    assert not web.requests
    errand = public.run(Checked(pasted=data), ASKED, QUIET)
    assert {one.purpose for one in errand.lines} == {Purpose.ISSUER_KEY, Purpose.STATUS_LIST}
    assert {one.allowed for one in errand.lines} == {Permission.ONCE}
    came = [one.document for one in errand.asked.kept if one.document]
    after = look(desk_with(Desk(alone.contexts), came), data)
    assert after[0].report.verdict is Verdict.VALID
    assert public.sheet(after).hosts == ()


def test_what_was_kept_serves_the_next_check_and_what_was_not_does_not(
        alone: Services, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    data = issuer.badge(entries=(issuer.entry(1),))
    public = PublicWeb(alone)
    public.run(Checked(pasted=data), replace(ASKED, keep=False), QUIET)
    assert not (tmp_path / "cache").exists()
    assert look(PublicWeb(alone).desk(), data)[0].report.verdict is Verdict.UNDETERMINED
    public.run(Checked(pasted=data), ASKED, QUIET)
    assert (tmp_path / "cache" / FILE_NAME).is_file()
    assert b"Data Analysis" not in (tmp_path / "cache" / FILE_NAME).read_bytes()
    assert look(PublicWeb(alone).desk(), data)[0].report.verdict is Verdict.VALID


def test_an_old_copy_is_offered_anew_and_stands_in_when_nobody_answers(
        alone: Services, issuer: SimulatedIssuer, web: SimulatedWeb, clock: Clock) -> None:
    data, public = issuer.badge(entries=(issuer.entry(1),)), PublicWeb(alone)
    public.run(Checked(pasted=data), ASKED, QUIET)
    assert public.sheet(look(public.desk(), data)).hosts == ()
    clock.now += timedelta(days=1)
    (line,) = public.sheet(look(public.desk(), data)).hosts
    assert line.documents == 2
    before = web.requests.total()
    web.unreachable("northbridge.example")
    errand = public.run(Checked(pasted=data), ASKED, QUIET)
    assert (len(errand.asked.failed), look(public.desk(), data)[0].report.verdict) == (2, Verdict.VALID)
    web.reachable("northbridge.example")
    assert len(public.run(Checked(pasted=data), ASKED, QUIET).asked.kept) == 2
    assert public.sheet(look(public.desk(), data)).hosts == ()
    assert web.requests.total() > before


def test_a_host_that_was_not_ticked_is_not_asked(alone: Services, issuer: SimulatedIssuer,
                                                 web: SimulatedWeb) -> None:
    public = PublicWeb(alone)
    errand = public.run(Checked(pasted=issuer.badge()), Leave(frozenset({"other.example"})),
                        QUIET)
    assert {one.reason.code for one in errand.asked.failed if one.reason} == {ReasonCode.REQUEST_NOT_ALLOWED}
    assert (web.requests.total(), errand.lines) == (0, ())


def test_an_address_is_asked_and_what_it_wants_too(alone: Services, web: SimulatedWeb) -> None:
    public = PublicWeb(alone)
    (line,) = public.sheet((), (ADDRESS,)).hosts
    assert (line.host, line.purposes) == ("northbridge.example", (Purpose.CREDENTIAL,))
    errand = public.run(Checked(addresses=(ADDRESS,)), ASKED, QUIET)
    (found,) = check_inputs(errand.desk, errand.inputs, AT, Expectation())
    assert (found.name, found.report.verdict) == (ADDRESS, Verdict.VALID)
    again = public.run(Checked(brought=errand.inputs), ASKED, QUIET)
    assert (again.inputs, len(again.asked.answers), web.requests[ADDRESS]) == ((), 0, 1)


def test_without_a_folder_nothing_is_kept_and_a_damaged_file_spoils_nothing(
        services: Services, alone: Services, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    bare = PublicWeb(services)
    assert not bare.may_keep
    assert look(bare.desk(), issuer.badge())[0].report.verdict is Verdict.UNDETERMINED
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / FILE_NAME).write_bytes(b"no pack")
    public = PublicWeb(alone)
    assert public.may_keep
    public.desk()
    assert public.left_out == reason(ReasonCode.SAVED_EVIDENCE_DAMAGED, name=FILE_NAME)
    errand = public.run(Checked(pasted=issuer.badge()), ASKED, QUIET)
    assert errand.not_saved is None
    again = PublicWeb(alone)
    again.desk()
    assert [one.left_out for one in (public, again)] == [None, None]  # what came has replaced it


def test_offline_nothing_comes(services: Services, issuer: SimulatedIssuer) -> None:
    public = PublicWeb(services)
    errand = public.run(Checked(pasted=issuer.badge()), ASKED, QUIET)
    assert [one.outcome for one in errand.lines] == [FetchOutcome.REFUSED]


def test_a_wallet_lists_the_requests_and_keeps_documents_but_nothing_that_was_sent(
        session: Session, issuer: SimulatedIssuer, web: SimulatedWeb) -> None:
    session.supplied = MemoryEvidence(())
    session.services = replace(session.services, fetcher=web)
    data, inside = issuer.badge(entries=(issuer.entry(1),)), WalletWeb(session)
    assert len(inside.sheet(look(desk_of(session), data)).hosts) == 1
    errand = inside.run(Checked(pasted=data), ASKED, QUIET)
    assert (errand.lines, len(ledger(session)), len(session.kept.all())) == ((), 2, 2)
    assert (allowed_hosts(session), session.vault.list()) == ((), ())
    assert look(desk_of(session), data)[0].report.verdict is Verdict.VALID
    inside.run(Checked(pasted=data), replace(ASKED, for_keeps=True), QUIET)
    assert [one.host for one in allowed_hosts(session)] == ["northbridge.example"]
