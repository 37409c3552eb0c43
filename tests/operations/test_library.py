from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.operations.conftest import PASSPHRASE, Clock, documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import CancelledError, VaultError
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Verdict
from wallet.model.sharing import Channel
from wallet.operations.intake import import_bytes
from wallet.operations.library import (
    BIN_DAYS,
    check_again,
    count,
    credentials,
    delete,
    detail,
    empty_old_bin,
    export,
    load_credential,
    needs_attention,
    pages,
    restore,
    search,
)
from wallet.operations.progress import SilentProgress
from wallet.operations.session import Session
from wallet.trust.evidence_store import MemoryEvidence
from wallet.vault.container import Passphrase, open_vault


def keep(session: Session, data: bytes) -> str:
    (row,) = import_bytes(session, data, "x").rows
    assert row.credential_id
    return row.credential_id


def test_the_list_knows_what_day_it_is(session: Session, issuer: SimulatedIssuer, clock: Clock) -> None:
    keep(session, issuer.badge(valid_until=clock.now + timedelta(days=400)))
    assert credentials(session)[0].report.verdict is Verdict.VALID
    clock.now += timedelta(days=401)
    assert credentials(session)[0].report.verdict is Verdict.EXPIRED


def test_a_date_inside_a_forgery_stays_unproven(
        session: Session, issuer: SimulatedIssuer, clock: Clock) -> None:
    data = issuer.badge(valid_until=clock.now + timedelta(days=10)).replace(b"Statistics", b"Statistik!")
    keep(session, data)
    clock.now += timedelta(days=20)
    assert credentials(session)[0].report.verdict is Verdict.INVALID


def test_search_finds_beginnings_of_words_in_title_issuer_and_skills(
        session: Session, issuer: SimulatedIssuer) -> None:
    wanted = keep(session, issuer.badge(title="Bäckerei-Praxis", skills=("Sourdough",), number=2))
    keep(session, issuer.badge())
    for text in ("bäck", "sourd", "bäckerei sourdough", 'Praxis"', "BÄCKEREI"):
        assert [one.id for one in search(session, text)] == [wanted], text
    assert len(search(session, "northbridge")) == 2
    assert len(search(session, "  ")) == 2
    assert search(session, "' OR 1=1 --") == ()


def test_detail_is_judged_now_and_survives_a_closed_issuer(
        session: Session, issuer: SimulatedIssuer, clock: Clock) -> None:
    kept = keep(session, issuer.badge(entries=(issuer.entry(0),)))
    session.supplied = MemoryEvidence(())
    clock.now += timedelta(days=40)
    seen = detail(session, kept)
    assert seen.report.verdict is Verdict.VALID
    assert seen.report.at == clock.now
    assert seen.credential.achievement.name == "Data Analysis Foundations"
    status = seen.report.check(CheckId.STATUS)
    assert status is not None
    assert status.evidence[0].address == issuer.list_address()


def test_checking_again_sees_a_withdrawal(session: Session, issuer: SimulatedIssuer) -> None:
    kept = keep(session, issuer.badge(entries=(issuer.entry(0),)))
    issuer.revoke(0)
    session.supplied = MemoryEvidence(documents_of(issuer))
    changes = check_again(session, [kept])
    assert changes.credentials == {kept}
    assert session.vault.get(kept).report.verdict is Verdict.REVOKED
    assert needs_attention(session.vault.get(kept))


def test_checking_again_can_be_cancelled(session: Session, issuer: SimulatedIssuer) -> None:
    kept = keep(session, issuer.badge())

    class Stop(SilentProgress):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(CancelledError):
        check_again(session, [kept], progress=Stop())


def test_what_was_judged_before_it_was_stopped_is_kept(session: Session, issuer: SimulatedIssuer) -> None:
    first = keep(session, issuer.badge(entries=(issuer.entry(0),)))
    second = keep(session, issuer.badge(entries=(issuer.entry(0),), number=2))
    issuer.revoke(0)
    session.supplied = MemoryEvidence(documents_of(issuer))

    class StopAtTheSecond(SilentProgress):
        steps = 0

        def step(self, done: int, _total: int, _label: str) -> None:
            self.steps = done + 1

        def cancelled(self) -> bool:
            return self.steps > 0

    with pytest.raises(CancelledError):
        check_again(session, [first, second], progress=StopAtTheSecond())
    assert session.vault.get(first).report.verdict is Verdict.REVOKED
    assert session.vault.get(second).report.verdict is not Verdict.REVOKED


def test_the_bin_gives_back_and_is_emptied_after_its_days(
        session: Session, issuer: SimulatedIssuer, clock: Clock) -> None:
    kept = keep(session, issuer.badge())
    delete(session, [kept])
    assert credentials(session) == ()
    assert [one.id for one in credentials(session, binned=True)] == [kept]
    restore(session, [kept])
    assert [one.id for one in credentials(session)] == [kept]
    delete(session, [kept])
    clock.now += timedelta(days=BIN_DAYS - 1)
    assert empty_old_bin(session).credentials == frozenset()
    clock.now += timedelta(days=2)
    assert empty_old_bin(session).credentials == {kept}
    assert credentials(session, binned=True) == ()


def test_export_writes_the_same_bytes_and_never_over_a_file(
        session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    data = issuer.badge_jwt()
    kept = keep(session, data)
    first = export(session, [kept], tmp_path / "out")
    second = export(session, [kept], tmp_path / "out")
    assert first != second
    assert {path.read_bytes() for path in (*first, *second)} == {data}
    assert "data analysis" not in first[0].name.lower()
    assert [record.channel for record in session.vault.shares()] == [Channel.ORIGINAL, Channel.ORIGINAL]


def test_an_id_that_is_not_there_is_named(session: Session) -> None:
    with pytest.raises(VaultError) as error:
        load_credential(session, "nothing")
    assert error.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND


def test_a_first_page_is_the_beginning_of_everything(session: Session, issuer: SimulatedIssuer) -> None:
    for number in range(5):
        import_bytes(session, issuer.badge(number=number), f"{number}")
    whole = credentials(session)
    assert credentials(session, limit=2) == whole[:2]
    assert credentials(session, limit=2, offset=2) == whole[2:4]
    assert search(session, "data", limit=3) == search(session, "data")[:3]
    assert search(session, "", limit=1) == whole[:1]
    assert (count(session), count(session, binned=True)) == (5, 0)


def test_pages_come_from_one_state_of_the_wallet(session: Session, issuer: SimulatedIssuer) -> None:
    for number in range(5):
        import_bytes(session, issuer.badge(title=f"Badge {number}", number=number), f"{number}.json")
    everything = credentials(session)
    with closing(pages(session, at_once=2)) as several:
        first = next(several)
        other = open_vault(session.vault.folder, Passphrase(PASSPHRASE), now=session.now())
        other.to_bin([everything[0].id], now=session.now())
        other.close()
        rest = [one for page in several for one in page]
    assert (*first, *rest) == everything
    assert [len(page) for page in pages(session, at_once=2, limit=3)] == [2, 1]
    assert [len(page) for page in pages(session, at_once=2, offset=4)] == [0]
