"""Leaving with everything, and coming back with it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.operations.conftest import PASSPHRASE, Clock, documents_of
from tests.simulators.issuer import SimulatedIssuer
from tests.vault.merging_vaults import substance
from wallet.model.errors import VaultError, WalletError
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations import bundles, labels
from wallet.operations.intake import ImportOutcome, import_bytes, import_paths
from wallet.operations.issuers import name
from wallet.operations.leaving import export_all, is_own_export, take_in
from wallet.operations.library import credentials, delete, detail
from wallet.operations.progress import SilentProgress
from wallet.operations.session import Services, Session
from wallet.operations.wallets import Passphrase, create_wallet, lock

SECRET = Passphrase(PASSPHRASE)


@pytest.fixture
def full(session: Session, issuer: SimulatedIssuer) -> Session:
    for document in documents_of(issuer, Grade.FETCHED):
        session.kept.add(document)
    for number in (1, 2, 3):
        import_bytes(session, issuer.badge(number=number), f"{number}.json")
    ids = [one.id for one in credentials(session)]
    labels.set_title(session, ids[0], "=HYPERLINK(1)")
    labels.add_tags(session, ids, ["job"])
    bundles.make_bundle(session, "Analyst", ids[1:], note="May")
    delete(session, [ids[2]])
    session.set_identities(("ada@example.org",))
    return session


@pytest.fixture
def other(services: Services, tmp_path: Path) -> Iterator[Session]:
    folder = tmp_path / "other"
    opened = create_wallet(replace(services, vault_folder=folder), folder, PASSPHRASE).session
    yield opened
    lock(opened)


def archive(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(path.read_bytes()))


def test_the_archive_holds_the_originals_and_proves_itself(full: Session, tmp_path: Path) -> None:
    done = export_all(full, tmp_path / "out.zip", plain=True)
    assert (done.credentials, done.encrypted, done.with_keys) == (3, False, False)
    with archive(tmp_path / "out.zip") as opened:
        assert opened.testzip() is None
        hashes = json.loads(opened.read("manifest.json"))["sha256"]
        assert set(hashes) == set(opened.namelist()) - {"manifest.json"}
        for name, sha256 in hashes.items():
            assert hashlib.sha256(opened.read(name)).hexdigest() == sha256
        originals = {opened.read(name) for name in opened.namelist() if name.startswith("credentials/")}
        stored = (*credentials(full), *credentials(full, binned=True))
        assert originals == {full.vault.original(one.id).data for one in stored}
        assert b"'=HYPERLINK(1)" in opened.read("data/label.csv")
        assert "keys/holder-keys.json" not in opened.namelist()
        assert not any("ada" in name.casefold() for name in opened.namelist())
        assert full.vault.holder_key().hex() not in "".join(
            opened.read(name).decode("utf-8", "replace") for name in opened.namelist())


def test_it_is_encrypted_unless_asked_for(full: Session, tmp_path: Path) -> None:
    done = export_all(full, tmp_path / "out.wallet-export")
    assert done.encrypted
    assert is_own_export(tmp_path / "out.wallet-export")
    data = (tmp_path / "out.wallet-export").read_bytes()
    assert b"PK\x03\x04" not in data
    assert b"Data Analysis" not in data
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_keys_go_only_with_the_passphrase_given_again(full: Session, other: Session, tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        export_all(full, tmp_path / "out", keys_for=Passphrase("not this one"))
    assert caught.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE
    assert not (tmp_path / "out").exists()
    export_all(full, tmp_path / "out", keys_for=SECRET)
    mine = other.vault.holder_key()
    take_in(other, tmp_path / "out", SECRET)
    assert [row[0] for row in other.vault.database.rows("SELECT seed FROM holder_key")] == [mine]
    take_in(other, tmp_path / "out", SECRET, with_keys=True)
    seeds = [row[0] for row in other.vault.database.rows("SELECT seed FROM holder_key")]
    assert full.vault.holder_key() in seeds
    assert other.vault.holder_key() == mine


def test_everything_comes_back_and_a_second_time_nothing(full: Session, other: Session,
                                                         tmp_path: Path) -> None:
    wanted = substance(full.vault)
    export_all(full, tmp_path / "out", keys_for=SECRET)
    done = take_in(other, tmp_path / "out", SECRET, with_keys=True)
    assert [row.outcome for row in done.rows] == [ImportOutcome.ADDED] * 3
    found = substance(other.vault)
    for table in wanted:
        if table == "holder_key":
            assert all(row in found[table] for row in wanted[table])
        elif table not in ("credential", "pinned"):
            assert found[table] == wanted[table], table
    assert len(credentials(other, binned=True)) == 1
    assert not take_in(other, tmp_path / "out", SECRET, with_keys=True).merged.changed


def test_documents_of_an_archive_in_the_clear_are_its_senders_word(full: Session, other: Session,
                                                                   tmp_path: Path) -> None:
    export_all(full, tmp_path / "plain.zip", plain=True)
    take_in(other, tmp_path / "plain.zip", None)
    assert {one.grade for one in other.kept.all()} == {Grade.SENDER}
    assert len(other.kept.all()) == len(full.kept.all())


@pytest.mark.parametrize("plain", [True, False])
def test_what_anybody_can_write_makes_nothing_older_and_nobody_known(
        full: Session, other: Session, clock: Clock, tmp_path: Path, *, plain: bool) -> None:
    """Somebody with a key that the issuer gave up sends a wallet; the twin is locked with her own secret."""
    issuer = SimulatedIssuer("did:web", host="other.example", seed="other")
    forged, present = issuer.badge(), clock.now
    for days in (-60, -30):
        clock.now = present + timedelta(days=days)
        for document in documents_of(issuer, Grade.FETCHED):
            other.kept.add(replace(document, fetched_at=clock.now))
        issuer.rotate()
    clock.now = present + timedelta(days=-50)
    import_bytes(full, forged, "forged.json")
    evil = documents_of(SimulatedIssuer("did:web", host="other.example", seed="evil"), Grade.FETCHED)[0]
    full.kept.add(replace(evil, fetched_at=present + timedelta(days=900)))
    name(full, issuer.id, "My school")
    clock.now = present
    export_all(full, tmp_path / "out", plain=plain)
    take_in(other, tmp_path / "out", None if plain else SECRET)
    (kept,) = [one for one in credentials(other) if one.issuer_id == issuer.id]
    assert kept.added_at == (present if plain else present + timedelta(days=-50))
    assert bool(other.beliefs) is not plain
    versions = other.kept.documents(issuer.id)
    assert (versions[-1 if plain else 0].sha256, versions[0].grade) == (evil.sha256, Grade.FETCHED)
    if plain:
        assert detail(other, kept.id).report.verdict is Verdict.UNDETERMINED
        assert not take_in(other, tmp_path / "out", None).merged.changed


def test_importing_it_takes_the_credentials_and_names_the_rest(full: Session, other: Session,
                                                               tmp_path: Path) -> None:
    export_all(full, tmp_path / "plain.zip", plain=True)
    export_all(full, tmp_path / "locked.zip")
    done = import_paths(other, [tmp_path / "plain.zip", tmp_path / "locked.zip"])
    assert done.count(ImportOutcome.ADDED) == 3
    assert [row.reason.code for row in done.rows if row.reason] == [ReasonCode.EXPORT_MORE_INSIDE,
                                                                   ReasonCode.EXPORT_LOCKED]
    assert other.kept.all() == ()
    assert labels.all_labels(other) == {}


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool) -> Path:
    """Return the archive with other members; an honest manifest agrees with them."""
    with archive(path) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    change(members)
    if honest:
        manifest = json.loads(members["manifest.json"])
        manifest["sha256"] = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()
                              if name != "manifest.json"}
        members["manifest.json"] = json.dumps(manifest).encode()
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as written:
        for name, data in members.items():
            written.writestr(name, data)
    return target


def _altered(members: dict[str, bytes]) -> None:
    members["data/tag.json"] += b" "


def _missing(members: dict[str, bytes]) -> None:
    del members["data/tag.json"]


def _later(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b'"version": 1', b'"version": 2')


def _wrong_type(members: dict[str, bytes]) -> None:
    members["data/request.json"] = json.dumps([{"at": "2026-11-21T00:00:00+00:00", "host": 7}]).encode()


def _no_date(members: dict[str, bytes]) -> None:
    members["data/share.json"] = members["data/share.json"].replace(b'"at": "2026', b'"at": "soon 2026')


@pytest.mark.parametrize(("change", "honest", "code"), [
    (_altered, False, ReasonCode.EXPORT_DAMAGED), (_missing, False, ReasonCode.EXPORT_DAMAGED),
    (_later, False, ReasonCode.VAULT_NEWER), (_wrong_type, True, ReasonCode.EXPORT_DAMAGED),
    (_altered, True, None), (_missing, True, None),
], ids=["altered", "missing", "later", "type", "twin", "without-tags"])
def test_damage_is_named_and_changes_nothing_beside_credentials(
        full: Session, other: Session, tmp_path: Path, change: Callable[[dict[str, bytes]], None],
        honest: bool, code: ReasonCode | None) -> None:
    export_all(full, tmp_path / "plain.zip", plain=True)
    changed = rewritten(tmp_path / "plain.zip", change, honest=honest)
    if code is None:
        assert take_in(other, changed, None).merged.changed
        return
    with pytest.raises(WalletError) as caught:
        take_in(other, changed, None)
    assert caught.value.reason.code is code
    assert labels.all_labels(other) == {}
    assert other.kept.all() == ()


def test_a_damaged_or_foreign_envelope_is_told_from_a_wrong_passphrase(full: Session, tmp_path: Path) -> None:
    def refused(secret: Passphrase | None = SECRET) -> ReasonCode:
        with pytest.raises(WalletError) as caught:
            take_in(full, tmp_path / "out", secret)
        return caught.value.reason.code

    export_all(full, tmp_path / "out")
    assert refused(None) is ReasonCode.EXPORT_LOCKED
    assert refused(Passphrase("wrong one entirely")) is ReasonCode.VAULT_WRONG_PASSPHRASE
    data = bytearray((tmp_path / "out").read_bytes())
    data[-30] ^= 1
    (tmp_path / "out").write_bytes(data)
    assert refused() is ReasonCode.EXPORT_DAMAGED
    (tmp_path / "out").write_bytes(bytes(data).replace(b"export 1.0", b"export 2.0", 1))
    assert refused() is ReasonCode.VAULT_NEWER
    with pytest.raises(VaultError) as caught:
        export_all(full, tmp_path / "out")
    assert caught.value.reason.code is ReasonCode.BACKUP_EXISTS


class Stopped(SilentProgress):
    def cancelled(self) -> bool:
        return True


def test_stopping_leaves_no_file(full: Session, tmp_path: Path) -> None:
    with pytest.raises(WalletError) as caught:
        export_all(full, tmp_path / "out", progress=Stopped())
    assert caught.value.reason.code is ReasonCode.CANCELLED
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.text(max_size=80), st.lists(st.text(max_size=12), max_size=4))
def test_any_words_come_back(full: Session, other: Session, tmp_path: Path, title: str, note: str,
                             tags: list[str]) -> None:
    one = credentials(full)[0]
    labels.set_title(full, one.id, title)
    labels.set_note(full, one.id, note)
    labels.add_tags(full, [one.id], tags)
    target = tmp_path / "again"
    target.unlink(missing_ok=True)
    export_all(full, target)
    with other.vault.transaction():
        other.vault.database.rows("DELETE FROM label")
        other.vault.database.rows("DELETE FROM tag")
    take_in(other, target, SECRET)
    mine, theirs = substance(full.vault), substance(other.vault)
    assert (theirs["label"], theirs["tag"], theirs["notes"]) == (mine["label"], mine["tag"], mine["notes"])
