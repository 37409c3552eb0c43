"""Evidence packs: the same bytes everywhere, an altered one refused, and its word never more than a word."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Verified
from wallet.model.reasons import ReasonCode as R
from wallet.trust.evidence_pack import (
    is_evidence_pack,
    may_leave,
    read_evidence_pack,
    write_evidence_pack,
)
from wallet.trust.evidence_store import evidence_document

BEFORE = AT - timedelta(days=90)


def published(grade: Grade = Grade.FETCHED) -> list[EvidenceDocument]:
    issuer = SimulatedIssuer("did:web")
    issuer.entry(1)
    first = [evidence_document(address, data, grade=grade, source=issuer.host, fetched_at=BEFORE)
             for address, data in issuer.evidence().items()]
    issuer.rotate()
    return [*first, evidence_document(issuer.id, issuer.controller_document(), grade=grade,
                                      source=issuer.host, fetched_at=AT)]


def rebuilt(pack: bytes, edit: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pack)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            after.writestr(name, edit.pop(name, before.read(name)))
        for name, data in edit.items():
            after.writestr(name, data)
    return target.getvalue()


def test_all_versions_come_back_as_the_word_of_whoever_made_the_pack() -> None:
    documents = published()
    pack = write_evidence_pack(documents)
    assert is_evidence_pack(pack)
    assert pack == write_evidence_pack(reversed(documents))
    found = read_evidence_pack(pack, now=AT)
    assert {one.sha256 for one in found} == {one.sha256 for one in documents}
    for one in found:
        assert (one.grade, one.fetched_at, one.verified) == (Grade.SUPPLIED, AT, (Verified.BY_HAND,))
        assert one.said is not None
        assert (one.said.grade, one.said.source) == (Grade.FETCHED, "northbridge.example")
    assert sorted(one.said.fetched_at for one in found if one.said and one.said.fetched_at)[0] == BEFORE


def test_our_own_file_keeps_our_own_dates_and_grades() -> None:
    documents = {replace(one, first_at=BEFORE - timedelta(days=1)) for one in published()}
    assert set(read_evidence_pack(write_evidence_pack(documents, own=True), now=None, own=True)) == documents
    shipped = replace(published()[0], grade=Grade.SHIPPED)
    (found,) = read_evidence_pack(write_evidence_pack([shipped], own=True), now=None, own=True)
    assert found.grade is Grade.SUPPLIED


def test_an_altered_added_or_missing_member_is_refused() -> None:
    pack = write_evidence_pack(published())
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        name = next(one for one in archive.namelist() if one != "manifest.json")
        changed = {name: archive.read(name).replace(b"northbridge", b"southbridge")}
    for edit in (changed, {"extra": b"{}"}, {"manifest.json": json.dumps(
            manifest | {"sha256": manifest["sha256"] | {"f" * 64: "f" * 64}}).encode()}):
        with pytest.raises(WalletError) as caught:
            read_evidence_pack(rebuilt(pack, dict(edit)), now=AT)
        assert caught.value.reason.code is R.PACK_ALTERED


@pytest.mark.parametrize(("edit", "code"), [
    ({"format": "vcpack"}, R.FORMAT_UNKNOWN), ({"version": 2}, R.FORMAT_UNSUPPORTED),
    ({"documents": {}}, R.PACK_DAMAGED), ({"documents": [7]}, R.PACK_DAMAGED),
    ({"documents": [{"address": "did:web:a.example", "sha256": "0"}]}, R.PACK_ALTERED)])  # fmt: skip
def test_another_manifest_is_refused(edit: dict[str, object], code: R) -> None:
    pack = write_evidence_pack(published())
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    with pytest.raises(WalletError) as caught:
        read_evidence_pack(rebuilt(pack, {"manifest.json": json.dumps(manifest | edit).encode()}), now=AT)
    assert caught.value.reason.code is code


def test_nothing_about_a_learner_and_nothing_from_a_sender_leaves() -> None:
    assertion = evidence_document("https://a.example/1", json.dumps({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1",
        "recipient": {"type": "email", "identity": "maya@lind.example", "hashed": False}}).encode(),
        grade=Grade.FETCHED, source="a.example")
    badge = replace(assertion, data=json.dumps({
        "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "https://a.example/b",
        "name": "Pottery"}).encode())
    assert assertion.kind is EvidenceKind.BADGE_RECORD
    assert not may_leave(assertion)
    assert may_leave(badge)
    assert not may_leave(replace(published()[0], grade=Grade.SENDER))
    supplied = replace(published()[0], grade=Grade.SUPPLIED, source="from C:/Users/maya/did.json")
    pack = write_evidence_pack([assertion, supplied])
    assert b"maya" not in pack


@given(st.binary(max_size=300))
def test_whatever_it_is_it_ends_in_a_reason(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        with pytest.raises(WalletError):
            read_evidence_pack(start + data, now=AT)
