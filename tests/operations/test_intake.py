from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.codec.samples import badge
from tests.operations.conftest import PASSPHRASE as _PASSPHRASE
from tests.operations.conftest import Clock, at_folder
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.selective import SelectiveIssuer
from tests.simulators.signing import compact_json
from wallet.codec.frames import to_frames
from wallet.codec.payload import encode_payload
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.intake import MANY_FILES, ImportOutcome, ImportSummary, import_bytes, import_paths
from wallet.operations.library import credentials, detail
from wallet.operations.progress import SilentProgress
from wallet.operations.session import Services, Session
from wallet.operations.wallets import create_wallet, lock
from wallet.trust.evidence_store import evidence_document
from wallet.vault.integrity import check_integrity


def only(summary: ImportSummary) -> tuple[ImportOutcome, Verdict | None]:
    (row,) = summary.rows
    return row.outcome, row.report.verdict if row.report else None


def test_a_badge_is_kept_judged_and_its_bytes_are_exact(session: Session, issuer: SimulatedIssuer) -> None:
    data = issuer.badge(entries=(issuer.entry(0),))
    assert only(import_bytes(session, data, "badge (2).json")) == (ImportOutcome.ADDED, Verdict.VALID)
    (stored,) = credentials(session)
    assert stored.title == "Data Analysis Foundations"
    assert stored.issuer_name == "Northbridge University"
    assert session.vault.original(stored.id).data == data


def test_the_evidence_used_stays_beside_it(session: Session, issuer: SimulatedIssuer) -> None:
    (row,) = import_bytes(session, issuer.badge(entries=(issuer.entry(0),)), "b").rows
    pinned = {document.address for document in session.vault.evidence(row.credential_id)}
    assert pinned == {issuer.id, issuer.list_address()}


def test_the_same_bytes_twice_are_recognised(session: Session, issuer: SimulatedIssuer) -> None:
    data = issuer.badge()
    first = import_bytes(session, data, "a").rows[0]
    again = import_bytes(session, data, "b").rows[0]
    assert (again.outcome, again.credential_id) == (ImportOutcome.KNOWN, first.credential_id)
    assert len(credentials(session)) == 1


def test_a_newer_one_replaces_and_both_are_kept(
        session: Session, issuer: SimulatedIssuer, clock: Clock) -> None:
    old = import_bytes(session, issuer.badge(), "old").rows[0]
    newer = issuer.badge(description="Now with a better description.", valid_from=clock.now)
    row = import_bytes(session, newer, "new").rows[0]
    assert (row.outcome, row.replaced_id) == (ImportOutcome.REPLACES, old.credential_id)
    assert session.vault.get(old.credential_id).replaced_by == row.credential_id


def test_a_forgery_is_kept_in_red_and_its_twin_in_green(session: Session, issuer: SimulatedIssuer) -> None:
    good = issuer.badge()
    forged = good.replace(b"Data Analysis", b"Brain Surgery")
    assert only(import_bytes(session, forged, "forged")) == (ImportOutcome.ADDED, Verdict.INVALID)
    assert only(import_bytes(session, good, "good")) == (ImportOutcome.REPLACES, Verdict.VALID)


def test_a_forgery_with_a_later_date_never_replaces_the_genuine_one(
        session: Session, issuer: SimulatedIssuer) -> None:
    genuine = import_bytes(session, issuer.badge(), "genuine").rows[0]
    later = issuer.badge().replace(b"2026-05-12T09:30:00Z", b"2026-06-12T09:30:00Z")
    assert only(import_bytes(session, later, "later")) == (ImportOutcome.ADDED, Verdict.INVALID)
    assert session.vault.get(genuine.credential_id).replaced_by == ""


@pytest.mark.parametrize(("data", "code"), [
    (b"", ReasonCode.EMPTY_FILE),
    (b"hello", ReasonCode.FORMAT_UNKNOWN),
    (b'{"a": 1, "a": 2}', ReasonCode.DUPLICATE_KEY),
    (b"[" * 10_000, ReasonCode.LIMIT_DEPTH),
    (b'{"name": "left-pad", "version": "1.0.0"}', ReasonCode.FORMAT_UNKNOWN),
])
def test_what_cannot_be_read_is_named_and_changes_nothing(
        session: Session, data: bytes, code: ReasonCode) -> None:
    before = session.vault.data_version()
    (row,) = import_bytes(session, data, "x").rows
    assert row.outcome is ImportOutcome.REFUSED
    assert row.reason is not None
    assert row.reason.code is code
    assert session.vault.data_version() == before
    assert credentials(session) == ()


def test_a_folder_with_one_broken_file_reports_it_exactly(
        session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    folder = tmp_path / "Zertifikate ü"
    folder.mkdir()
    for number in range(1, 6):
        (folder / f"{number}.json").write_bytes(issuer.badge(title=f"Badge {number}", number=number))
    (folder / "3.json").write_bytes(b"\x89PNG\r\n\x1a\n truncated")
    summary = import_paths(session, [folder])
    assert summary.count(ImportOutcome.ADDED) == 4
    (refused,) = [row for row in summary.rows if row.outcome is ImportOutcome.REFUSED]
    assert refused.name == "3.json"
    assert refused.reason is not None
    assert refused.reason.code is ReasonCode.PICTURE_DAMAGED


class StopAfter(SilentProgress):
    """Presses cancel after some files."""

    def __init__(self, files: int) -> None:
        self.left = files

    def cancelled(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_cancel_keeps_what_is_done(session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.json").write_bytes(issuer.badge(title=f"Badge {number}", number=number))
    files = sorted(tmp_path.glob("*.json"))
    summary = import_paths(session, files, progress=StopAfter(2))
    assert summary.cancelled
    assert len(summary.rows) == len(credentials(session)) == 2


def test_a_dry_run_changes_nothing(session: Session, issuer: SimulatedIssuer) -> None:
    assert only(import_bytes(session, issuer.badge(), "a", dry_run=True)) == (
        ImportOutcome.WOULD_ADD, Verdict.VALID)
    assert credentials(session) == ()


def test_without_the_issuers_key_nothing_is_fine_and_nothing_is_forged(session: Session) -> None:
    stranger = SimulatedIssuer("did:web", host="elsewhere.example", seed="elsewhere")
    assert only(import_bytes(session, stranger.badge(), "a")) == (ImportOutcome.ADDED, Verdict.UNDETERMINED)


@pytest.mark.parametrize("suite", ["ecdsa-sd-2023", "bbs-2023"])
def test_the_secret_original_of_a_selective_seal_is_hers_to_keep(session: Session, suite: str) -> None:
    """Whoever else is given it is told so; derived from it is what she may hand on."""
    sealed = SelectiveIssuer(suite).seal(badge())
    kept = only(import_bytes(session, compact_json(sealed), "original"))
    assert kept == (ImportOutcome.ADDED, Verdict.VALID)
    forged = compact_json(sealed | {"name": "Brain Surgery"})
    assert only(import_bytes(session, forged, "forged"))[1] is Verdict.INVALID


# --- many at once ---


class _Stopping(SilentProgress):
    """Asks to stop when so many files are done."""

    def __init__(self, after: int) -> None:
        self._after, self._done = after, 0

    def step(self, done: int, _total: int, _label: str) -> None:
        self._done = done

    def cancelled(self) -> bool:
        return self._done >= self._after


@pytest.mark.parametrize(("behind", "verdict"), [(-2000, Verdict.UNDETERMINED), (5, Verdict.UNDETERMINED),
                                                 (-40, Verdict.VALID)])
def test_a_clock_that_is_behind_does_not_make_an_old_key_count(session: Session, clock: Clock, behind: int,
                                                               verdict: Verdict) -> None:
    """The first two come after the issuer changed its key, whatever the clock says; the last one before."""
    issuer = SimulatedIssuer("did:web", host="other.example", seed="other")
    session.services = replace(session.services, clock_floor=clock.now - timedelta(days=200))
    present, badge = clock.now, issuer.badge()

    def publish(days: int) -> None:
        clock.now = present + timedelta(days=days)
        for address, data in issuer.evidence().items():
            session.kept.add(evidence_document(address, data, grade=Grade.FETCHED, source="test",
                                               fetched_at=clock.now))

    publish(-60)
    if behind == -40:
        clock.now = present + timedelta(days=behind)
        (row,) = import_bytes(session, badge, "b").rows
    issuer.rotate()
    publish(-30)
    if behind != -40:
        clock.now = present + timedelta(days=behind)
        (row,) = import_bytes(session, badge, "b").rows
    clock.now = present + timedelta(days=6)
    assert detail(session, row.credential_id).report.verdict is verdict


@pytest.fixture
def many(tmp_path: Path, issuer: SimulatedIssuer) -> Path:
    """Enough for several processes: two files alike, two of one name, four broken, one in frames."""
    folder = tmp_path / "many"
    (folder / "zz").mkdir(parents=True)
    (folder / "zz" / "0050.jwt").write_bytes(b"hello")
    for number in range(MANY_FILES + 44):
        data = issuer.badge_jwt(number=number - (number == 7))
        (folder / f"{number:04}.jwt").write_bytes(b"hello" if number % 100 == 50 else data)
    frames = to_frames(encode_payload(issuer.badge(number=9_999)), 300)
    for place, frame in zip(("0270.txt", "0010.txt"), frames, strict=True):
        (folder / place).write_text(frame)
    with ZipFile(folder / "zz.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.json", issuer.badge(number=20_000 + number))
    return folder


def test_several_processes_import_like_one(session: Session, services: Services, many: Path,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def told(summary: ImportSummary) -> list[object]:
        return [(row.name, row.outcome, row.title, row.report, row.reason) for row in summary.rows]

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    two = import_paths(session, [many])
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    place = services.vault_folder.with_name("other")
    other = create_wallet(at_folder(services, place), place, _PASSPHRASE).session
    other.supplied = session.supplied
    one = import_paths(other, [many])
    assert told(two) == told(one)
    refused = [row.name for row in two.rows if row.outcome is ImportOutcome.REFUSED]
    assert refused == ["0050.jwt", "0150.jwt", "0250.jwt", "zz/0050.jwt"]
    assert two.count(ImportOutcome.KNOWN) == 1
    kept = MANY_FILES + 44 - 3 - 1 + 1 + 3
    assert two.count(ImportOutcome.ADDED) == len(credentials(session)) == kept
    assert [row.title for row in credentials(session)] == [row.title for row in credentials(other)]
    check_integrity(session.vault)
    lock(other)


def test_stopping_many_keeps_what_was_said_and_nothing_half(session: Session, many: Path) -> None:
    summary = import_paths(session, [many], progress=_Stopping(100))
    assert summary.cancelled
    told = {row.credential_id for row in summary.rows if row.credential_id}
    assert 50 < len(told) < MANY_FILES
    assert told == {one.id for one in credentials(session)}


def test_an_archive_of_very_many_is_taken_in_whole(session: Session, tmp_path: Path,
                                                   issuer: SimulatedIssuer) -> None:
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        for number in range(300):
            archive.writestr(f"{number:03}.jwt", issuer.badge_jwt(number=number))
    (tmp_path / "zz.json").write_bytes(issuer.badge())
    summary = import_paths(session, [tmp_path / "all.zip", tmp_path / "zz.json"])
    assert [row.name for row in summary.rows[:2]] == ["000.jwt", "001.jwt"]
    assert summary.rows[-1].name == "zz.json"
    assert summary.count(ImportOutcome.ADDED) + summary.count(ImportOutcome.REPLACES) == 301
