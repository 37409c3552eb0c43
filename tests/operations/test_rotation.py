"""An issuer changes its key and closes its site: what the wallet had keeps its proof, after a restart too."""

from __future__ import annotations

from datetime import timedelta

from tests.conftest import AT
from tests.operations.conftest import PASSPHRASE, Clock
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Report, Verdict
from wallet.operations.checking import check_bytes, desk_of
from wallet.operations.intake import import_bytes
from wallet.operations.library import check_again, credentials, detail
from wallet.operations.session import Services, Session
from wallet.operations.wallets import Passphrase, lock, unlock_wallet
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.vault.events import VaultEvents
from wallet.wording.outcomes import Audience, check_lines, rows


def fetch(session: Session, issuer: SimulatedIssuer) -> None:
    """What a visit to the issuer's site brings."""
    for address, data in issuer.evidence().items():
        session.kept.add(evidence_document(address, data, grade=Grade.FETCHED, source=issuer.host,
                                           fetched_at=session.now()))


def authority(report: Report) -> set[R]:
    check = report.check(CheckId.KEY_AUTHORITY)
    assert check is not None
    return {check.reason.code, *(note.code for note in check.notes)}


def test_a_key_changes_and_the_site_closes(
        session: Session, services: Services, clock: Clock, issuer: SimulatedIssuer) -> None:
    session.supplied = MemoryEvidence(())
    data = issuer.badge(entries=(issuer.entry(7),))
    fetch(session, issuer)
    (row,) = import_bytes(session, data, "badge.json").rows
    forged = issuer.badge(number=9, entries=(issuer.entry(8),))

    clock.now = AT + timedelta(days=200)
    issuer.rotate()
    fetch(session, issuer)
    (change,) = VaultEvents(session.vault).key_changes(issuer.id)
    assert (change.before_at, change.after_at) == (AT, clock.now)
    lock(session)

    clock.now = AT + timedelta(days=400)  # the site is gone; nothing can be asked any more
    again = unlock_wallet(services, services.vault_folder, Passphrase(PASSPHRASE))
    check_again(again, [row.credential_id])
    report = detail(again, row.credential_id).report
    assert report.verdict is Verdict.VALID
    assert authority(report) == {R.KEY_AUTHORISED, R.KEY_WAS_LISTED, R.ISSUER_KEY_CHANGED}
    (said,) = [line.source for line in check_lines(report) if line.id is CheckId.KEY_AUTHORITY]
    assert said == "Key document, from its own web address, saved 21 November 2026, 400 days old"
    told = " ".join(one.answer for one in rows(report, Audience.LEARNER))
    assert "changed; this was seen on 9 June 2027" in told
    assert credentials(again)[0].report.verdict is Verdict.VALID

    (shown,) = check_bytes(desk_of(again), data, "badge.json", at=again.now())
    assert shown.report.verdict is Verdict.VALID  # the very same file, looked at without importing
    late = import_bytes(again, forged, "late.json").rows[0].report
    assert late is not None
    assert late.verdict is Verdict.UNDETERMINED  # whoever has the old key could have made it today
    assert {R.KEY_RETIRED, R.KEY_DATE_UNPROVEN} <= authority(late)

    again.kept.remove(issuer.id)  # only what is pinned beside the credential is left
    assert detail(again, row.credential_id).report.verdict is Verdict.VALID
    lock(again)


def test_importing_again_does_not_renew_the_day_of_the_first_time(
        session: Session, clock: Clock, issuer: SimulatedIssuer) -> None:
    session.supplied = MemoryEvidence(())
    fetch(session, issuer)
    data = issuer.badge()
    import_bytes(session, data, "badge.json")
    clock.now = AT + timedelta(days=30)
    issuer.rotate()
    fetch(session, issuer)
    (row,) = import_bytes(session, data, "again.json").rows
    assert row.report is not None
    assert row.report.verdict is Verdict.VALID
