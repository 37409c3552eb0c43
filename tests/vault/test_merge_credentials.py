"""Credentials, documents and own words that stand on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.vault.vaults import NOW, document, make_template, numbered, record
from wallet.vault.credentials import AddOutcome
from wallet.vault.evidence import VaultEvidence
from wallet.vault.merge import ConflictKind, merge
from wallet.vault.merge_credentials import joined
from wallet.vault.rows import StoreRows
from wallet.vault.store import Vault


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Vault]:
    made = make_template(tmp_path / "other-template").open(tmp_path / "other")
    yield made
    made.close()


def bring(vault: Vault, other: Vault) -> list[ConflictKind]:
    return [one.kind for one in merge(vault, StoreRows(other.database), now=NOW).conflicts]


def test_the_earlier_coming_counts(vault: Vault, other: Vault) -> None:
    vault.add(numbered(1), now=NOW)
    other.add(numbered(1), now=NOW - timedelta(days=9))
    assert bring(vault, other) == []
    assert vault.list()[0].added_at == NOW - timedelta(days=9)


def test_what_is_in_the_bin_there_stays_here(vault: Vault, other: Vault) -> None:
    vault.add(numbered(1), now=NOW)
    other.to_bin([other.add(numbered(1), now=NOW).id], now=NOW)
    assert bring(vault, other) == [ConflictKind.BINNED_THERE]
    assert len(vault.list()) == 1


def test_what_is_in_the_bin_here_comes_out_if_it_is_not_there(vault: Vault, other: Vault) -> None:
    vault.to_bin([vault.add(numbered(1), now=NOW).id], now=NOW)
    other.add(numbered(1), now=NOW)
    assert bring(vault, other) == [ConflictKind.BINNED_HERE]
    assert len(vault.list()) == 1


def test_what_is_in_both_bins_stays_there_as_long_as_the_later_one(vault: Vault, other: Vault) -> None:
    vault.to_bin([vault.add(numbered(1), now=NOW).id], now=NOW)
    other.to_bin([other.add(numbered(1), now=NOW).id], now=NOW + timedelta(days=3))
    assert bring(vault, other) == []
    assert [one.binned_at for one in vault.list(binned=True)] == [NOW + timedelta(days=3)]


def test_a_newer_version_replaces_the_older_one_after_a_merge(vault: Vault, other: Vault) -> None:
    old = vault.add(record(b'{"a": 1}', valid_from=NOW), now=NOW).id
    new = other.add(record(b'{"a": 2}', valid_from=NOW + timedelta(days=1)), now=NOW).id
    bring(vault, other)
    assert vault.get(old).replaced_by == new
    assert vault.add(record(b'{"a": 2}'), now=NOW).outcome is AddOutcome.KNOWN


def test_another_file_of_the_same_credential_is_named(vault: Vault, other: Vault) -> None:
    vault.add(record(), now=NOW)
    other.add(record(picture=b"a picture with it inside"), now=NOW)
    assert bring(vault, other) == [ConflictKind.OTHER_FILE]


def test_search_finds_what_came_in(vault: Vault, other: Vault) -> None:
    other.add(record(title="Harbour pilotage"), now=NOW)
    bring(vault, other)
    assert [one.title for one in vault.search("pilot")] == ["Harbour pilotage"]
    vault.to_bin([vault.list()[0].id], now=NOW)
    vault.purge([vault.list(binned=True)[0].id])
    assert vault.search("pilot") == ()


def test_versions_of_a_document_all_come_and_the_latest_of_each_is_on_the_shelf(vault: Vault,
                                                                               other: Vault) -> None:
    VaultEvidence(vault).add(document(data=b'{"v": 1}', fetched_at=NOW))
    VaultEvidence(other).add(document(data=b'{"v": 1}', fetched_at=NOW + timedelta(days=1)))
    VaultEvidence(other).add(document(data=b'{"v": 2}', fetched_at=NOW + timedelta(days=2)))
    bring(vault, other)
    assert [(one.data, one.fetched_at) for one in VaultEvidence(vault).all()] == [
        (b'{"v": 2}', NOW + timedelta(days=2)), (b'{"v": 1}', NOW + timedelta(days=1))]
    bring(other, vault)
    assert VaultEvidence(vault).all() == VaultEvidence(other).all()


def test_pinned_documents_come_with_their_credential_only(vault: Vault, other: Vault) -> None:
    other.add(record(evidence=(document(),)), now=NOW)
    bring(vault, other)
    assert vault.evidence(vault.list()[0].id) == (document(),)
    assert VaultEvidence(vault).all() == ()


def test_a_second_title_is_kept_in_the_note(vault: Vault, other: Vault) -> None:
    for one, title, note in ((vault, "Mine", "first"), (other, "Theirs", "second")):
        one.add(numbered(1), now=NOW)
        with one.transaction():
            one.database.rows("INSERT INTO label VALUES(1, ?, ?)", (title, note))
    assert bring(vault, other) == [ConflictKind.TITLE, ConflictKind.NOTE]
    assert vault.database.row("SELECT title, note FROM label") == ("Mine", "first\n\nsecond\n\nTheirs")
    bring(vault, other)
    assert vault.database.row("SELECT title, note FROM label") == ("Mine", "first\n\nsecond\n\nTheirs")


def test_a_bundle_holds_what_either_side_put_in(vault: Vault, other: Vault) -> None:
    for one, numbers in ((vault, (1, 2)), (other, (3, 2))):
        for number in numbers:
            one.add(numbered(number), now=NOW)
        with one.transaction():
            one.database.rows("INSERT INTO bundle(id, name, note, made_at) VALUES('same', 'Job', '', 'x')")
            for position, serial in enumerate((1, 2)):
                one.database.rows("INSERT INTO bundle_item VALUES(1, ?, ?)", (serial, position))
    assert bring(vault, other) == []
    rows = vault.database.rows("SELECT title FROM bundle_item JOIN credential ON serial = credential "
                               "ORDER BY position")
    assert [row[0] for row in rows] == ["Badge 1", "Badge 2", "Badge 3"]


def test_no_paragraph_stands_twice() -> None:
    assert joined("one\n\ntwo", "two\n\nthree") == "one\n\ntwo\n\nthree"
    assert joined("", "") == ""


def test_the_day_on_which_a_document_first_came_outlives_a_merge_from_either_side(vault: Vault,
                                                                                  other: Vault) -> None:
    early, late = NOW - timedelta(days=90), NOW
    for here, there in ((early, late), (late, early)):
        data = f'{{"v": "{here}"}}'.encode()
        VaultEvidence(vault).add(document(data=data, fetched_at=here))
        VaultEvidence(other).add(document(data=data, fetched_at=there))
        bring(vault, other)
        kept = [one for one in VaultEvidence(vault).all() if one.data == data]
        assert [(one.fetched_at, one.first_seen) for one in kept] == [(late, early)]
        before = VaultEvidence(vault).all()
        bring(vault, other)
        assert VaultEvidence(vault).all() == before
