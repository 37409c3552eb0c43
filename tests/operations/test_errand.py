"""One errand for somebody without a wallet: asked in one go, judged by what came, told line by line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import AT
from tests.operations.connected import StopWhen, publish
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.other_wallets import zipped
from tests.simulators.web import SimulatedWeb
from wallet.model.errors import CancelledError
from wallet.model.network import FetchOutcome, Purpose
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.checking import Desk, Expectation, check_inputs, check_paths
from wallet.operations.errand import run_errand
from wallet.operations.saved import SavedEvidence
from wallet.operations.session import Services

ADDRESS = "https://northbridge.example/badges/1"


def test_an_address_and_files_are_checked_by_what_came(services: Services, issuer: SimulatedIssuer,
                                                       tmp_path: Path) -> None:
    other = SimulatedIssuer("did:web", host="harbor.example", seed="harbor")
    web = SimulatedWeb({ADDRESS: issuer.badge(entries=(issuer.entry(1),))})
    publish(web, issuer, other)
    (tmp_path / "badge.json").write_bytes(other.badge())
    (tmp_path / "broken.json").write_bytes(b"{")
    errand = run_errand(replace(services, fetcher=web), Desk(services.contexts), [tmp_path], [ADDRESS])
    assert [one.purpose for one in errand.lines].count(Purpose.CREDENTIAL) == 1
    assert len(errand.lines) == 4 == web.requests.total()
    (found,) = check_inputs(errand.desk, errand.inputs, AT, Expectation())
    assert (found.name, found.report.verdict) == (ADDRESS, Verdict.VALID)
    verdicts = [one.report.verdict for one in check_paths(errand.desk, [tmp_path], at=AT)]
    assert sorted(verdicts) == [Verdict.MALFORMED, Verdict.VALID]


def test_what_lies_in_an_archive_is_asked_for_too(services: Services, issuer: SimulatedIssuer,
                                                  tmp_path: Path) -> None:
    web = SimulatedWeb()
    publish(web, issuer)
    (tmp_path / "sent.zip").write_bytes(zipped({"badge.json": issuer.badge()}))
    errand = run_errand(replace(services, fetcher=web), Desk(services.contexts), [tmp_path])
    (found,) = check_paths(errand.desk, [tmp_path], at=AT)
    assert (found.name, found.report.verdict) == ("sent.zip: badge.json", Verdict.VALID)


def test_an_address_that_does_not_answer_is_told(services: Services) -> None:
    errand = run_errand(replace(services, fetcher=SimulatedWeb()), Desk(services.contexts), [], [ADDRESS])
    (found,) = check_inputs(errand.desk, errand.inputs, AT, Expectation())
    assert found.report.checks[0].reason.code is ReasonCode.ANSWER_MISSING
    assert [one.outcome for one in errand.lines] == [FetchOutcome.MISSING]


def test_offline_nothing_is_asked_and_the_desk_is_as_before(services: Services,
                                                            issuer: SimulatedIssuer) -> None:
    errand = run_errand(services, Desk(services.contexts), [], pasted=issuer.badge())
    assert [one.outcome for one in errand.lines] == [FetchOutcome.REFUSED]
    assert errand.desk.evidence.documents(issuer.id) == ()


def test_what_came_stands_in_when_nobody_answers(services: Services, issuer: SimulatedIssuer,
                                                 tmp_path: Path) -> None:
    badge, web = issuer.badge(entries=(issuer.entry(1),)), SimulatedWeb()
    publish(web, issuer)
    online, path = replace(services, fetcher=web), tmp_path / "cache" / "documents"
    first = run_errand(online, Desk(services.contexts), [], pasted=badge, saved=SavedEvidence(path))
    assert (len(first.asked.kept), first.not_saved, first.asked.changes) == (2, None, ())
    again = run_errand(online, Desk(services.contexts), [], pasted=badge, saved=SavedEvidence(path))
    assert len(again.asked.kept) == 2  # asked anew: what is saved may be old
    issuer.rotate()
    publish(web, issuer)
    rotated = run_errand(online, Desk(services.contexts), [], pasted=badge, saved=SavedEvidence(path))
    assert [one.issuer_id for one in rotated.asked.changes] == [issuer.id]
    web.unreachable("northbridge.example")
    alone = run_errand(online, Desk(services.contexts), [], pasted=badge, saved=SavedEvidence(path))
    assert alone.asked.kept == ()
    assert len(alone.desk.evidence.documents(issuer.id)) == 2
    assert alone.desk.evidence.documents(issuer.list_address())


def test_a_folder_that_cannot_be_written_spoils_no_check(services: Services, issuer: SimulatedIssuer,
                                                         tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    web = SimulatedWeb()
    publish(web, issuer)
    errand = run_errand(replace(services, fetcher=web), Desk(services.contexts), [], pasted=issuer.badge(),
                        saved=SavedEvidence(tmp_path / "file" / "documents"))
    assert errand.not_saved
    assert errand.not_saved.code is ReasonCode.FOLDER_UNWRITABLE
    assert errand.desk.evidence.documents(issuer.id)


def test_it_can_be_stopped(services: Services) -> None:
    web = SimulatedWeb()
    with pytest.raises(CancelledError):
        run_errand(replace(services, fetcher=web), Desk(services.contexts), [], [ADDRESS],
                   progress=StopWhen(lambda: True))
    assert web.addresses == ()
