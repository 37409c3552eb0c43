from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.vault.vaults import NOW, document, numbered, record, report
from wallet.model.credential import Carrier, CredentialFormat, EvidenceClass
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault import credentials as kept
from wallet.vault.credentials import Added, AddOutcome
from wallet.vault.integrity import check_integrity
from wallet.vault.store import Vault

LATER = NOW + timedelta(days=30)


def refused(code: ReasonCode) -> pytest.RaisesExc[VaultError]:
    return pytest.RaisesExc(VaultError, check=lambda error: error.reason.code is code)


def test_what_is_kept_comes_back(vault: Vault) -> None:
    made = record(text="words")
    added = vault.add(made, now=NOW)
    assert added == Added(added.id, AddOutcome.ADDED)
    stored = vault.get(added.id)
    assert (stored.title, stored.issuer_id, stored.issuer_name, stored.credential_id) == (
        made.title, made.issuer_id, made.issuer_name, made.credential_id)
    assert (stored.format, stored.evidence_class, stored.carrier) == (
        CredentialFormat.OPEN_BADGE_3, EvidenceClass.SEALED, Carrier.JSON)
    assert (stored.sha256, stored.added_at, stored.valid_from, stored.valid_until) == (
        made.sha256, NOW, NOW, None)
    assert (stored.report, stored.skills, stored.replaced_by, stored.binned_at) == (
        made.report, made.skills, "", None)
    assert vault.original(added.id) == made.original


def test_a_large_picture_comes_back_byte_for_byte(vault: Vault) -> None:
    picture = os.urandom(10 * 1024 * 1024)
    added = vault.add(record(picture=picture), now=NOW)
    original = vault.original(added.id)
    assert original.data == picture
    assert original.payload == b'{"a": 1}'
    assert (original.carrier, original.media_type) == (Carrier.PNG, "image/png")


def test_the_same_again_is_known_whatever_it_came_in(vault: Vault) -> None:
    first = vault.add(record(), now=NOW)
    again = vault.add(record(picture=b"picture with the same payload"), now=LATER)
    assert again == Added(first.id, AddOutcome.KNOWN)
    assert len(vault.list()) == 1
    assert vault.get(first.id).added_at == NOW


def test_the_same_again_comes_back_from_the_bin(vault: Vault) -> None:
    first = vault.add(record(), now=NOW)
    vault.to_bin([first.id], now=NOW)
    assert vault.add(record(), now=LATER) == Added(first.id, AddOutcome.KNOWN, restored=True)
    assert [one.id for one in vault.list()] == [first.id]
    assert vault.list(binned=True) == ()


def test_a_newer_version_replaces_and_both_are_kept(vault: Vault) -> None:
    old = vault.add(record(b"old"), now=NOW)
    new = vault.add(record(b"new", valid_from=LATER), now=NOW)
    assert new == Added(new.id, AddOutcome.REPLACES, old.id)
    assert vault.get(old.id).replaced_by == new.id
    assert vault.get(new.id).replaced_by == ""
    assert {one.id for one in vault.list()} == {old.id, new.id}
    assert vault.original(old.id).data == b"old"


def test_an_older_version_that_comes_later_does_not_replace(vault: Vault) -> None:
    new = vault.add(record(b"new", valid_from=LATER), now=NOW)
    old = vault.add(record(b"old"), now=NOW)
    assert old == Added(old.id, AddOutcome.ADDED, new.id)
    assert vault.get(old.id).replaced_by == new.id
    undated = vault.add(record(b"undated", valid_from=None), now=NOW)
    assert vault.get(undated.id).replaced_by == new.id


def test_an_unproven_one_never_takes_the_place_of_a_proven_one(vault: Vault) -> None:
    genuine = vault.add(record(b"genuine"), now=NOW)
    forged = vault.add(record(b"forged", valid_from=LATER, proven=False), now=NOW)
    assert forged == Added(forged.id, AddOutcome.ADDED, genuine.id)
    assert vault.get(genuine.id).replaced_by == ""
    assert vault.get(forged.id).replaced_by == ""


def test_a_proof_that_arrives_later_decides_then(vault: Vault) -> None:
    old = vault.add(record(b"old"), now=NOW)
    new = vault.add(record(b"new", valid_from=LATER, proven=False), now=NOW)
    vault.set_report(new.id, report(proven=True))
    assert vault.get(old.id).replaced_by == new.id
    vault.set_report(new.id, report(proven=False))
    assert vault.get(old.id).replaced_by == ""


@pytest.mark.parametrize("other", [
    {"issuer_id": "did:web:else.example"}, {"credential_id": "urn:x:2"},
])
def test_another_issuer_or_id_is_another_credential(vault: Vault, other: dict[str, str]) -> None:
    first = vault.add(record(b"1"), now=NOW)
    second = vault.add(record(b"2", valid_from=LATER, **other), now=NOW)  # type: ignore[arg-type] # one text member
    assert second.outcome is AddOutcome.ADDED
    assert vault.get(first.id).replaced_by == ""


@pytest.mark.parametrize("missing", [{"issuer_id": ""}, {"credential_id": ""}])
def test_without_id_or_issuer_nothing_is_a_version(vault: Vault, missing: dict[str, str]) -> None:
    vault.add(record(b"1", **missing), now=NOW)  # type: ignore[arg-type] # one text member
    second = vault.add(record(b"2", valid_from=LATER, **missing), now=NOW)  # type: ignore[arg-type] # same
    assert second == Added(second.id, AddOutcome.ADDED)


def test_a_replacement_in_the_bin_replaces_nothing(vault: Vault) -> None:
    old = vault.add(record(b"old"), now=NOW)
    new = vault.add(record(b"new", valid_from=LATER), now=NOW)
    vault.to_bin([new.id], now=NOW)
    assert vault.get(old.id).replaced_by == ""
    vault.from_bin([new.id])
    assert vault.get(old.id).replaced_by == new.id
    vault.to_bin([new.id], now=NOW)
    vault.purge([new.id])
    assert vault.get(old.id).replaced_by == ""


def test_ids_may_be_shortened_while_they_are_unique(vault: Vault) -> None:
    ids = [vault.add(numbered(number), now=NOW).id for number in range(40)]
    for one in ids:
        assert vault.get(one).id == one
        assert vault.get(f" {one.upper()} ").id == one
        length = next(length for length in range(1, 9)
                      if sum(other.startswith(one[:length]) for other in ids) == 1)
        assert vault.get(one[:length]).id == one
    common = next(one[0] for one in ids if sum(other[0] == one[0] for other in ids) > 1)
    with refused(ReasonCode.CREDENTIAL_NOT_FOUND) as caught:
        vault.get(common)
    assert caught.value.reason["found"] == "several"


@pytest.mark.parametrize("wanted", ["", " ", "zzzzzzzzz", "%", "'", "\udce9"])
def test_an_unknown_id_is_not_found(vault: Vault, wanted: str) -> None:
    vault.add(record(), now=NOW)
    with refused(ReasonCode.CREDENTIAL_NOT_FOUND):
        vault.get(wanted)
    with refused(ReasonCode.CREDENTIAL_NOT_FOUND):
        vault.original(wanted)
    with refused(ReasonCode.CREDENTIAL_NOT_FOUND):
        vault.set_report(wanted, report())
    with refused(ReasonCode.CREDENTIAL_NOT_FOUND):
        vault.to_bin([wanted], now=NOW)


def test_lists_are_newest_first_and_can_be_cut(vault: Vault) -> None:
    ids = [vault.add(numbered(number), now=NOW).id for number in range(5)]
    assert [one.id for one in vault.list()] == ids[::-1]
    assert [one.id for one in vault.list(limit=2, offset=1)] == ids[::-1][1:3]


def test_the_bin_hides_and_gives_back(vault: Vault) -> None:
    ids = [vault.add(numbered(number), now=NOW).id for number in range(3)]
    vault.to_bin(ids[:2], now=NOW)
    vault.to_bin(ids[:1], now=LATER)  # keeps its first date
    assert {one.id: one.binned_at for one in vault.list(binned=True)} == {ids[0]: NOW, ids[1]: NOW}
    assert [one.id for one in vault.search("badge")] == [ids[2]]
    assert vault.original(ids[0]).data == numbered(0).original.data
    vault.from_bin(ids[:1])
    assert {one.id for one in vault.list()} == {ids[0], ids[2]}


def test_half_a_list_is_not_binned(vault: Vault) -> None:
    kept = vault.add(record(), now=NOW).id
    with refused(ReasonCode.CREDENTIAL_NOT_FOUND):
        vault.to_bin([kept, "missing0"], now=NOW)
    assert vault.get(kept).binned_at is None


def test_purging_takes_what_only_it_held(vault: Vault) -> None:
    shared, own = document("did:a", b"shared"), document("did:b", b"own")
    gone = vault.add(record(b"1", credential_id="urn:1", text="ephemeral", evidence=(shared, own)), now=NOW)
    stays = vault.add(record(b"2", credential_id="urn:2", evidence=(shared,)), now=NOW)
    with refused(ReasonCode.CREDENTIAL_NOT_FOUND):
        vault.purge([gone.id])  # not in the bin
    vault.to_bin([gone.id], now=NOW)
    vault.purge([gone.id])
    with refused(ReasonCode.CREDENTIAL_NOT_FOUND):
        vault.get(gone.id)
    assert vault.search("ephemeral") == ()
    left = {data for (data,) in vault.database.rows("SELECT data FROM content")}
    assert left == {b"2", b"shared"}
    assert vault.evidence(stays.id) == (shared,)
    check_integrity(vault)


def test_words_of_a_later_version_degrade_and_do_not_break(vault: Vault) -> None:
    added = vault.add(record(), now=NOW)
    vault.database.rows("UPDATE credential SET format = 'Open Badges 9', evidence_class = 'engraved', "
                        "carrier = 'hologram'")
    stored = vault.get(added.id)
    assert (stored.format, stored.evidence_class, stored.carrier) == (
        CredentialFormat.OTHER, EvidenceClass.DOCUMENT, Carrier.JSON)


def test_the_hash_that_is_kept_is_the_payloads(vault: Vault) -> None:
    added = vault.add(record(b"payload", picture=b"picture"), now=NOW)
    assert vault.get(added.id).sha256 == hashlib.sha256(b"payload").hexdigest()


def test_words_in_the_title_come_before_words_elsewhere_and_pages_agree(vault: Vault) -> None:
    wordings = [("Welding", ""), ("First aid", "welding"), ("Solar", ""), ("Welding two", "")]
    ids = []
    for number, (title, text) in enumerate(wordings):
        made = record(b'{"n": %d}' % number, title=title, text=text, credential_id=f"urn:n:{number}")
        ids.append(vault.add(replace(made, skills=("Welding",) if title == "Solar" else ()), now=NOW).id)
    first, text, skill, newest = ids
    found = [one.id for one in vault.search("weld")]
    assert found == [newest, first, skill, text]
    for limit in range(5):
        assert [one.id for one in vault.search("weld", limit=limit)] == found[:limit]
    vault.to_bin([newest], now=NOW)
    assert [one.id for one in vault.search("weld", limit=2)] == [first, skill]


def test_counting_tells_what_listing_would(vault: Vault) -> None:
    ids = [vault.add(numbered(number), now=NOW).id for number in range(7)]
    vault.to_bin(ids[:3], now=NOW)
    assert (vault.count(), vault.count(binned=True)) == (4, 3)
    assert (len(vault.list()), len(vault.list(binned=True))) == (4, 3)


def test_a_long_list_is_whole_and_in_order_whatever_is_asked_of_it(
        vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_ROWS_AT_ONCE", 3)
    ids = [vault.add(numbered(number), now=NOW).id for number in range(10)]
    vault.to_bin(ids[2:9:2], now=NOW)
    newest = [one for one in reversed(ids) if one not in ids[2:9:2]]
    assert [one.id for one in vault.list()] == newest
    assert [one.id for one in vault.list(binned=True)] == list(reversed(ids[2:9:2]))
    for limit in range(7):
        for offset in range(7):
            page = [one.id for one in vault.list(limit=limit, offset=offset)]
            assert page == newest[offset : offset + limit]
    assert {one.id for one in vault.search("badge")} == set(newest)
    with vault.database.snapshot():
        assert len(vault.list()) == 6
