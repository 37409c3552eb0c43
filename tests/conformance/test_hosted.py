"""Badges whose authors test them against a website that their tests play: here the same documents are served.

A file in hand proves nothing without the record at its own address; the authors' tests put it there. Where a
file is a definition, only its shape can be asked; where it is a picture, only what is inside.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.table import AT, Desk, entries
from tests.verify.desk import answer
from wallet.formats.openbadges2 import check_definition, record_address
from wallet.formats.parse import parse
from wallet.model.credential import Credential, EvidenceClass
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.trust.evidence_store import LayeredEvidence, MemoryEvidence, evidence_document
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

OB20 = "1edtech/digital-credentials-public-validator/inspector-vc/src/test/resources/ob20/"
OLD_ADDRESS = "http://oldstyle.com/assertion/1"  # 0.5 has no address of its own; its origin is oldstyle.com


class Website(Desk):
    """The shared documents, and what a test serves beside them."""

    def judge_served(self, file: bytes, served: dict[str, bytes]) -> Report:
        own = MemoryEvidence(evidence_document(address, data, grade=Grade.SUPPLIED, source="test")
                             for address, data in served.items())
        parsed = parse(file)
        return judge(parsed, gather(parsed, LayeredEvidence((own, self.store)), self.contexts), at=AT)


@pytest.fixture(scope="module")
def website(vectors: Path) -> Website:
    return Website(vectors)


def mocked(vectors: Path) -> list[dict[str, Any]]:
    return [entry for entry in entries(vectors) if entry["check"].startswith("data model/hosted")]


def test_assertions_are_valid_by_the_record_their_tests_serve(vectors: Path, website: Website) -> None:
    judged = []
    for entry in mocked(vectors):
        file = (vectors / entry["path"]).read_bytes()
        document = json.loads(file)
        if document.get("type") != "Assertion":
            continue
        report = website.judge_served(file, {document["id"]: file})
        assert (report.verdict, report.evidence_class) == (Verdict.VALID, EvidenceClass.HOSTED), entry["path"]
        changed = json.dumps(document | {"issuedOn": "2020-01-01T00:00:00Z"}).encode()
        twin = website.judge_served(changed, {document["id"]: file})
        assert answer(twin, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.HOSTED_CHANGED)
        judged.append(entry["format"])
    assert sorted(judged) == ["OB 1.1 hosted JSON", "OB 2.0 hosted JSON"]


def test_the_oldest_assertion_is_valid_where_its_origin_serves_it(vectors: Path, website: Website) -> None:
    """What people have of 0.5 is a picture with the address in it."""
    [entry] = [entry for entry in mocked(vectors) if entry["format"].startswith("OB 0.5")]
    file = (vectors / entry["path"]).read_bytes()
    picture = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'
               f'<openbadges:assertion verify="{OLD_ADDRESS}"/></svg>').encode()
    report = website.judge_served(picture, {OLD_ADDRESS: file})
    assert (report.verdict, report.issuer_id) == (Verdict.VALID, "http://oldstyle.com")
    elsewhere = website.judge_served(picture.replace(b"oldstyle.com", b"evil.example"), {
        OLD_ADDRESS.replace("oldstyle.com", "evil.example"): file})
    assert answer(elsewhere, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.HOSTED_ELSEWHERE)


def test_definitions_have_the_shape_their_authors_say(vectors: Path) -> None:
    """Awards are judged above; a badge class or an issuer awards nothing and is never valid."""
    shaped = []
    for entry in mocked(vectors):
        document = json.loads((vectors / entry["path"]).read_text(encoding="utf-8"))
        if "badge" in document:
            continue
        assert (check_definition(document) == ()) is (entry["expected"] == "valid"), entry["path"]
        shaped.append(entry["format"])
    assert len(shaped) == 4


def test_definitions_of_the_newer_set_have_a_shape_too(vectors: Path) -> None:
    """Those whose vocabulary stands at an address; the others are refused for the one written into them."""
    for name in ("assets/badge-with-data-image", "assets/badgeclass-with-complex-image", "assets/badgeclass1",
                 "badge-class-with-language", "issuer-compact-iri-validation",
                 "rdf-validation/valid-badge-class"):
        document = json.loads((vectors / OB20 / f"{name}.json").read_text(encoding="utf-8"))
        assert check_definition(document) == (), name


@pytest.mark.parametrize("name", [
    "basic-assertion", "basic-assertion-with-language", "assertion-with-multiple-extensions",
    "simple-badge.png"])
def test_the_newer_set_is_valid_by_the_record_its_tests_serve(vectors: Path, website: Website,
                                                              name: str) -> None:
    file = (vectors / OB20 / (name if "." in name else f"{name}.json")).read_bytes()
    parsed = parse(file)
    assert isinstance(parsed, Credential)
    report = website.judge_served(file, {record_address(parsed): parsed.original.payload})
    assert report.verdict is Verdict.VALID, [(one.id.value, one.reason) for one in report.checks]


@pytest.mark.parametrize(("name", "verdict"), [
    ("basic-assertion-expired", Verdict.EXPIRED),
    ("basic-assertion-with-allowed-origins-invalid-starts-with", Verdict.INVALID),
    # Its badge class and its profile stand at other addresses than they name.
    ("basic-assertion-with-allowed-origins-valid-multiple-starts-with", Verdict.UNDETERMINED),
    ("warning-with-redirection", Verdict.UNDETERMINED), ("warning-issuer-non-http", Verdict.UNDETERMINED)])
def test_the_rest_of_the_newer_set_with_its_record(vectors: Path, website: Website, name: str,
                                                   verdict: Verdict) -> None:
    file = (vectors / OB20 / f"{name}.json").read_bytes()
    report = website.judge_served(file, {json.loads(file)["id"]: file})
    assert report.verdict is verdict


def test_what_is_inside_a_picture_is_found(vectors: Path) -> None:
    found = 0
    for entry in entries(vectors):
        if entry["check"] != "extraction only" or not entry["path"].startswith("mozilla/"):
            continue
        parsed = parse((vectors / entry["path"]).read_bytes())
        assert isinstance(parsed, Credential)
        assert (parsed.original.payload, record_address(parsed)) == (
            b"http://example.org", "http://example.org"), entry["path"]
        found += 1
    assert found == 1


def test_a_warning_of_the_authors_is_a_note_of_ours(vectors: Path, website: Website) -> None:
    report = website.judge(OB20 + "assertion-with-data-image.json")
    structure = report.check(CheckId.STRUCTURE)
    assert structure is not None
    assert [(note.code, note["which"]) for note in structure.notes] == [
        (ReasonCode.QUIRK_BADGE_MEMBER, "image")]
