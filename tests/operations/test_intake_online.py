"""Importing with leave to ask: everything first as offline, then what is missing in one go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.operations.connected import StopWhen, connect, publish
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.model.network import Purpose
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.intake import ImportOutcome, import_bytes
from wallet.operations.intake_online import import_online
from wallet.operations.session import Session

ADDRESS = "https://northbridge.example/badges/1"


def test_files_addresses_and_what_they_want(session: Session, issuer: SimulatedIssuer,
                                            tmp_path: Path) -> None:
    other = SimulatedIssuer("did:web", host="harbor.example", seed="harbor")
    web = SimulatedWeb({ADDRESS: issuer.badge(entries=(issuer.entry(1),))})
    publish(web, issuer, other)
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "badge.json").write_bytes(other.badge())
    (folder / "broken.json").write_bytes(b"{")
    door = connect(session, web)
    done = import_online(session, [folder], [ADDRESS, "https://northbridge.example/none"], door,
                         pasted=issuer.badge(number=2))
    verdicts = [row.report.verdict for row in done.imported.rows if row.report]
    assert verdicts == [Verdict.VALID] * 3
    refused = {row.reason.code for row in done.imported.rows if row.reason}
    assert ReasonCode.ANSWER_MISSING in refused
    assert len(refused) == 2
    keys = [one.address for one in web.orders if one.purpose is Purpose.ISSUER_KEY]
    assert len(keys) == len(set(keys)) == 2
    assert done.imported.changes.evidence


def test_a_page_without_a_credential_is_refused_with_its_reason(session: Session) -> None:
    web = SimulatedWeb()
    web.put(ADDRESS, b"<html><title>Welcome</title></html>", "text/html")
    done = import_online(session, [], [ADDRESS], connect(session, web))
    (row,) = done.imported.rows
    assert row.outcome is ImportOutcome.REFUSED
    assert row.reason
    assert row.reason.code is ReasonCode.PAGE_EMPTY
    assert session.vault.list() == ()


def test_stopping_asks_nobody_else(session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    web = SimulatedWeb({ADDRESS: issuer.badge()})
    (tmp_path / "badge.json").write_bytes(issuer.badge(number=3))
    done = import_online(session, [tmp_path / "badge.json"], [ADDRESS], connect(session, web),
                         progress=StopWhen(lambda: bool(session.vault.list())))
    assert done.imported.cancelled
    assert web.addresses == ()
    assert len(session.vault.list()) == 1


def test_a_new_key_of_a_known_issuer_is_asked_for_and_not_called_foreign(
        session: Session, issuer: SimulatedIssuer) -> None:
    """The wallet's copy is older than the badge: the issuer's own document of today settles it."""
    web = SimulatedWeb()
    publish(web, issuer)
    door = connect(session, web)
    first = import_online(session, [], [], door, pasted=issuer.badge())
    assert first.imported.rows[0].report
    assert first.imported.rows[0].report.verdict is Verdict.VALID
    issuer.rotate()
    publish(web, issuer)
    new = issuer.badge(number=2, created=session.now() + timedelta(hours=1))
    (offline,) = import_bytes(session, new, "new.json").rows
    assert offline.report
    assert offline.report.verdict is Verdict.UNDETERMINED
    done = import_online(session, [], [], door, pasted=new)
    (row,) = done.imported.rows
    assert row.report
    assert row.report.verdict is Verdict.VALID
    assert [one.issuer_id for one in done.asked.changes] == [issuer.id]
