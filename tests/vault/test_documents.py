from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.vault.vaults import NOW, document, record, report
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Said, Verified
from wallet.vault.database import Database
from wallet.vault.documents import (
    document_of,
    every_document,
    keep_document,
    kept_documents,
    newest_arrival,
    pinned_to,
    remove_documents,
    seen_at,
)
from wallet.vault.evidence import PinnedEvidence
from wallet.vault.integrity import check_integrity
from wallet.vault.store import Vault

EARLIER = NOW - timedelta(days=30)


def contents(vault: Vault) -> int:
    return int(vault.database.value("SELECT count(*) FROM content"))


def test_pinned_documents_stay_beside_their_credential(vault: Vault) -> None:
    old, new = document(data=b"old", fetched_at=EARLIER), document(data=b"new")
    undated = document(data=b"undated", fetched_at=None)
    added = vault.add(record(evidence=(old, undated, new)), now=NOW)
    assert vault.evidence(added.id) == (new, old, undated)
    assert kept_documents(vault.database) == ()


def test_a_new_report_adds_evidence_and_removes_none(vault: Vault) -> None:
    old, new = document(data=b"old", fetched_at=EARLIER), document(data=b"new")
    added = vault.add(record(evidence=(old,)), now=NOW)
    vault.set_report(added.id, report(at=NOW + timedelta(days=1)), [new, old])
    assert vault.evidence(added.id) == (new, old)
    assert vault.get(added.id).report.at == NOW + timedelta(days=1)


def test_bytes_are_kept_once_however_many_need_them(vault: Vault) -> None:
    for number in range(3):
        vault.add(record(b"%d" % number, credential_id=f"urn:{number}", evidence=(document(),)), now=NOW)
    assert contents(vault) == 3 + 1


def test_the_grade_of_one_way_is_not_the_grade_of_another(vault: Vault) -> None:
    supplied, sender = document(), document(grade=Grade.SENDER)
    with vault.transaction():
        keep_document(vault.database, supplied)
        keep_document(vault.database, sender)
    assert set(kept_documents(vault.database, supplied.address)) == {supplied, sender}


def test_seen_again_is_one_document_with_the_new_date(vault: Vault) -> None:
    first, again = document(fetched_at=EARLIER), document()
    added = vault.add(record(evidence=(first,)), now=NOW)
    with vault.transaction():
        keep_document(vault.database, first)
        keep_document(vault.database, again)
        keep_document(vault.database, again)
    assert kept_documents(vault.database, first.address) == (replace(again, first_at=EARLIER),)
    assert vault.evidence(added.id) == (first,)  # what the report rested on keeps its date


def test_taking_off_the_shelf_leaves_what_is_pinned(vault: Vault) -> None:
    pinned, loose = document("did:a", b"pinned"), document("did:a", b"loose")
    added = vault.add(record(evidence=(pinned,)), now=NOW)
    with vault.transaction():
        keep_document(vault.database, pinned)
        keep_document(vault.database, loose)
        remove_documents(vault.database, "did:a")
    assert kept_documents(vault.database) == ()
    assert vault.evidence(added.id) == (pinned,)
    assert contents(vault) == 2
    check_integrity(vault)


def test_words_of_a_later_version_count_for_the_least(vault: Vault) -> None:
    with vault.transaction():
        keep_document(vault.database, document())
    vault.database.rows("UPDATE evidence SET kind = 'scroll', grade = 'engraved'")
    read = kept_documents(vault.database)[0]
    assert (read.kind, read.grade) == (EvidenceKind.OTHER, Grade.SENDER)
    assert read == replace(document(), kind=EvidenceKind.OTHER, grade=Grade.SENDER)


def test_what_is_known_about_a_document_is_kept_beside_it(vault: Vault) -> None:
    said = Said(Grade.FETCHED, "uni.example", EARLIER)
    known = replace(document(), valid_from=EARLIER, valid_until=NOW, verified=(Verified.OWN_SEAL,), said=said)
    with vault.transaction():
        keep_document(vault.database, known)
    assert kept_documents(vault.database) == (known,)
    with vault.transaction():  # seen again by other means: both stand
        keep_document(vault.database, replace(known, verified=(Verified.TLS,), valid_from=None))
    (again,) = kept_documents(vault.database)
    assert again.verified == (Verified.TLS, Verified.OWN_SEAL)
    assert again.valid_from == EARLIER


def test_a_version_that_a_pack_brought_is_as_old_as_the_pack_says(vault: Vault) -> None:
    ours = document(data=b"ours", fetched_at=EARLIER)
    packed = replace(document(data=b"packed"), said=Said(Grade.FETCHED, "", EARLIER - timedelta(days=9)))
    boasting = replace(document(data=b"boasting"), said=Said(Grade.FETCHED, "", NOW + timedelta(days=900)))
    with vault.transaction():
        for one in (boasting, packed, ours):
            keep_document(vault.database, one)
    assert kept_documents(vault.database, ours.address) == (boasting, ours, packed)
    assert boasting.as_of == NOW


def test_first_sight_and_pins_can_be_asked_for(vault: Vault) -> None:
    pinned = document(data=b"pinned", fetched_at=EARLIER)
    added = vault.add(record(evidence=(pinned,)), now=NOW)
    assert seen_at(vault.database, vault.get(added.id).sha256) == NOW
    assert seen_at(vault.database, "0" * 64) is None
    assert pinned_to(vault.database, pinned.address) == ((pinned.sha256, added.id, "Data analysis"),)
    assert every_document(vault.database) == (pinned,)
    assert newest_arrival(vault.database) == EARLIER


def test_in_a_pass_what_is_beside_many_is_read_once_and_in_the_same_order(
        vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tuple(document(data=f"version {day}".encode(), fetched_at=NOW - timedelta(days=day))
                   for day in (3, 1, 2))
    undated = document("did:web:else.example", data=b"undated", fetched_at=None)
    ids = [vault.add(record(b"%d" % number, credential_id=f"urn:{number}", evidence=(*shared, undated)),
                     now=NOW).id for number in range(3)]
    read: list[int] = []

    def counted(database: Database, serial: int) -> EvidenceDocument:
        read.append(serial)
        return document_of(database, serial)

    monkeypatch.setattr("wallet.vault.evidence.document_of", counted)
    over = PinnedEvidence(vault)
    assert [over.beside(one) for one in ids] == [vault.evidence(one) for one in ids]
    assert len(read) == 4
    monkeypatch.setattr("wallet.vault.evidence._MAX_BYTES", 1)
    assert [PinnedEvidence(vault).beside(one) for one in ids] == [vault.evidence(one) for one in ids]
