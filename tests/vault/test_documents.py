from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.vault.vaults import NOW, document, record, report
from wallet.model.evidence import EvidenceKind, Grade
from wallet.vault.documents import keep_document, kept_documents, remove_documents
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
    assert kept_documents(vault.database, first.address) == (again,)
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
