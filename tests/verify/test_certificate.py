"""Seals with a certificate: intact or not is told; whose it is stays open without a list of sealers."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.conformance.table import Desk
from tests.conftest import AT
from tests.simulators.certificates import Sealer, authority, european, jades
from tests.simulators.certificates import name as named
from tests.simulators.sdjwt import claims, issue
from tests.simulators.signing import JsonObject, SigningKey
from tests.verify.desk import answer, documents, judged, note_codes, row, university
from wallet.formats.parse import parse
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict
from wallet.trust.registry import IssuerList, issuer_list
from wallet.verify import pipeline
from wallet.verify.gather import gather
from wallet.wording.outcomes import who_sealed

SEALER = Sealer(above=authority())
SAMPLES = "elm/European-Learning-Model/Credentials/JSON-LD Examples (ELM v3)"


def judge(document: JsonObject) -> Report:
    return judged(json.dumps(document).encode())


def proof(document: JsonObject) -> tuple[Outcome, R]:
    return answer(judge(document), CheckId.PROOF)


def test_an_intact_seal_is_told_and_its_sealer_stays_open() -> None:
    report = judge(jades(SEALER))
    assert answer(report, CheckId.PROOF) == (Outcome.PASSED, R.PROOF_OK)
    check = row(report, CheckId.KEY_AUTHORITY)
    assert (check.outcome, check.reason.code) == (Outcome.UNDETERMINED, R.CERTIFICATE_UNCONFIRMED)
    assert (check.reason["subject"], check.reason["authority"]) == ("University of Zed", "Trust Office")
    assert (report.verdict, headline_code(report)) == (Verdict.UNDETERMINED, HeadlineCode.SEALER_UNCONFIRMED)
    assert report.wanted == ()


def test_a_changed_text_does_not_match_its_seal() -> None:
    document = jades(SEALER)
    document["payload"] = document["payload"].replace("Andromeda", "Anaconda")
    report = judge(document)
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, R.SIGNATURE_WRONG)
    assert report.verdict is Verdict.INVALID


def test_the_same_values_written_differently_are_not_what_was_sealed() -> None:
    document = jades(SEALER)
    document["payload"] = json.dumps(json.loads(document["payload"]), indent=1)
    assert proof(document) == (Outcome.FAILED, R.SIGNATURE_WRONG)


def test_a_swapped_header_does_not_match() -> None:
    mallory = Sealer("Mallory")
    document = jades(SEALER)
    document["signatures"][0]["protected"] = jades(mallory)["signatures"][0]["protected"]
    assert proof(document) == (Outcome.FAILED, R.SIGNATURE_WRONG)


def test_somebody_elses_certificate_never_makes_it_valid() -> None:
    report = judge(jades(Sealer("Mallory")))
    assert report.verdict is Verdict.UNDETERMINED
    assert row(report, CheckId.KEY_AUTHORITY).reason["subject"] == "Mallory"


def test_it_is_judged_at_the_time_it_was_sealed() -> None:
    late = judge(jades(SEALER, header={"sigT": "2025-06-01T00:00:00Z"}))
    assert answer(late, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.CERTIFICATE_NOT_IN_FORCE)
    assert late.verdict is Verdict.UNDETERMINED


def test_a_certificate_that_is_not_the_named_one_is_malformed() -> None:
    assert proof(jades(SEALER, header={"x5t#S256": "AAAA"})) == (Outcome.FAILED, R.PROOF_MALFORMED)


@pytest.mark.parametrize("x5c", [None, [], ["AAAA"], [SEALER.x5c[0], authority().x5c[0]]])
def test_without_a_chain_that_holds_nothing_is_told(x5c: Any) -> None:
    report = judge(jades(SEALER, header={"x5c": x5c}))
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, R.KEY_MALFORMED)
    assert report.verdict is Verdict.UNDETERMINED


def test_algorithms_that_seal_nothing_are_malformed() -> None:
    for algorithm in ("none", "HS256"):
        assert judge(jades(SEALER, header={"alg": algorithm})).verdict is Verdict.MALFORMED


def test_an_unknown_extension_or_vocabulary_leaves_it_open() -> None:
    odd = judge(jades(SEALER, header={"crit": ["b64", "sigD"], "sigD": {}}))
    assert headline_code(odd) is HeadlineCode.UNSUPPORTED
    contexts = [european()["@context"][0], "https://x.example/"]
    strange = judge(jades(SEALER, european(**{"@context": contexts})))
    assert headline_code(strange) is HeadlineCode.CONTEXT_UNKNOWN
    assert [one.address for one in strange.wanted] == ["https://x.example/"]


def test_a_certificate_in_a_token_is_told_beside_an_open_answer() -> None:
    issuer = university(algorithm="ES256")
    private = issuer.key.private
    assert isinstance(private, EllipticCurvePrivateKey)
    certified = Sealer(key=private)
    token = issuer.seal_jwt(issuer.badge_document(), x5c=certified.x5c)  # type: ignore[arg-type] # any JSON
    unknown = row(judged(token), CheckId.KEY_AUTHORITY)
    assert unknown.reason.code is R.KEY_UNKNOWN
    assert note_codes(unknown) == [R.CERTIFICATE_UNCONFIRMED]
    known = row(judged(token, documents(issuer.evidence())), CheckId.KEY_AUTHORITY)
    assert (known.outcome, known.notes) == (Outcome.PASSED, ())


def test_a_broken_certificate_in_a_token_is_named() -> None:
    issuer = university()
    token = issuer.seal_jwt(issuer.badge_document(), x5c=["AAAA"])  # type: ignore[arg-type] # any JSON
    report = judged(token, documents(issuer.evidence()))
    assert report.verdict is Verdict.VALID  # the issuer's own document lists the key that its kid names


@pytest.mark.parametrize("name", ["Sample-CertOfPart-signed.jsonld", "Sample-MC-Annex1-signed.jsonld"])
def test_the_published_seals(vectors: Path, name: str) -> None:
    desk = Desk(vectors)
    data = (vectors / SAMPLES / name).read_bytes()
    report = desk.judge_bytes(data)
    assert answer(report, CheckId.PROOF) == (Outcome.PASSED, R.PROOF_OK)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.CERTIFICATE_UNCONFIRMED)
    changed = desk.judge_bytes(data.replace(b"Andromeda", b"Anaconda."))
    assert answer(changed, CheckId.PROOF) == (Outcome.FAILED, R.SIGNATURE_WRONG)
    assert changed.verdict is Verdict.INVALID


def judge_beside(desk: Desk, data: bytes, listed: IssuerList) -> Report:
    parsed = parse(data)
    return pipeline.judge(parsed, gather(parsed, desk.store, desk.contexts, (listed,)), at=AT)


def pem(*sealers: Sealer) -> bytes:
    return b"".join(one.certificate.public_bytes(Encoding.PEM) for one in sealers)


def against(document: JsonObject, *trusted: Sealer) -> Report:
    listed = issuer_list(pem(*trusted), name="authorities.pem")
    return judged(json.dumps(document).encode(), lists=(listed,))


OFFICE = authority()
CERTIFIED = Sealer(above=OFFICE)


@pytest.mark.parametrize("trusted", [OFFICE, CERTIFIED], ids=["authority", "the certificate itself"])
def test_a_certificate_that_a_list_vouches_for_settles_whose_seal_it_is(trusted: Sealer) -> None:
    report = against(jades(CERTIFIED), trusted)
    check = row(report, CheckId.KEY_AUTHORITY)
    assert (check.outcome, check.reason.code) == (Outcome.PASSED, R.CERTIFICATE_CONFIRMED)
    assert (check.reason["list"], check.notes) == ("authorities.pem", ())
    assert report.verdict is Verdict.VALID


def test_the_authority_need_not_be_in_the_file() -> None:
    alone = jades(CERTIFIED, header={"x5c": CERTIFIED.x5c[:1]})
    assert against(alone, OFFICE).verdict is Verdict.VALID
    assert against(alone, authority()).verdict is Verdict.UNDETERMINED  # the same name, another key


def test_a_trusted_certificate_of_somebody_else_is_not_the_issuers() -> None:
    report = against(jades(Sealer("Mallory", above=OFFICE)), OFFICE)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.CERTIFICATE_OTHER_PARTY)
    assert report.verdict is Verdict.UNDETERMINED
    assert headline_code(report) is HeadlineCode.SEALER_UNCONFIRMED


def test_a_registered_number_weighs_more_than_a_name() -> None:
    numbered = Sealer(above=OFFICE, number="VATES-A1")

    def document(number: str) -> JsonObject:
        issuer = {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "University of Zed"},
                  "eIDASIdentifier": {"id": "urn:x:1", "type": "LegalIdentifier", "notation": number}}
        return jades(numbered, european(issuer=issuer))

    assert against(document("VATES-A1"), OFFICE).verdict is Verdict.VALID
    assert against(document("VATES-A2"), OFFICE).verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("newer", [False, True], ids=["sigT", "iat"])
def test_outside_its_time_no_list_helps(*, newer: bool) -> None:
    def at(text: str, seconds: int) -> JsonObject:
        stated: JsonObject = {"sigT": None, "crit": ["b64"], "iat": seconds} if newer else {"sigT": text}
        return jades(CERTIFIED, header=stated)

    found = answer(against(at("2025-06-01T00:00:00Z", 1748736000), OFFICE), CheckId.KEY_AUTHORITY)
    assert found == (Outcome.UNDETERMINED, R.CERTIFICATE_NOT_IN_FORCE)
    assert against(at("2024-06-01T00:00:00Z", 1717200000), OFFICE).verdict is Verdict.VALID


def test_a_changed_text_stays_invalid_under_a_trusted_certificate() -> None:
    document = jades(CERTIFIED)
    document["payload"] = document["payload"].replace("Andromeda", "Anaconda")
    assert against(document, OFFICE).verdict is Verdict.INVALID


def test_a_published_sample_against_its_own_certificate(vectors: Path) -> None:
    for name in ("Sample-MC-Annex1-signed.jsonld", "Sample-CertOfPart-signed.jsonld"):
        data = (vectors / SAMPLES / name).read_bytes()
        protected = json.loads(data)["signatures"][0]["protected"]
        x5c = json.loads(base64.urlsafe_b64decode(protected + "==="))["x5c"]
        listed = "-----BEGIN CERTIFICATE-----\n" + x5c[0] + "\n-----END CERTIFICATE-----\n"
        report = judge_beside(Desk(vectors), data, issuer_list(listed.encode(), name="test.pem"))
        check = row(report, CheckId.KEY_AUTHORITY)
        assert (check.outcome, check.reason.code) == (Outcome.PASSED, R.CERTIFICATE_CONFIRMED), name


@pytest.mark.parametrize("named", ["did:web:northbridge.example", "https://northbridge.example/",
                                   "HTTPS://northbridge.example"])
def test_no_certificate_vouches_for_an_address(named: str) -> None:
    """Whoever has a certificate can write any address into what it seals, a listed one too."""
    known = issuer_list(json.dumps([{"id": named, "name": "University of Zed"}]).encode(), name="Known")
    issuer = {"id": named, "type": "Organisation", "legalName": {"en": "University of Zed"}}
    lists = (issuer_list(pem(OFFICE), name="authorities.pem"), known)
    report = judged(json.dumps(jades(CERTIFIED, european(issuer=issuer))).encode(), lists=lists)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.CERTIFICATE_OTHER_PARTY)
    assert report.verdict is Verdict.UNDETERMINED
    assert row(report, CheckId.RECOGNITION).outcome is Outcome.UNDETERMINED


def test_a_confirmed_certificate_lets_no_list_speak_of_what_its_owner_calls_herself() -> None:
    known = issuer_list(b'[{"id": "urn:epass:org:1", "name": "University of Zed"}]', name="Known")
    lists = (issuer_list(pem(OFFICE), name="authorities.pem"), known)
    report = judged(json.dumps(jades(CERTIFIED)).encode(), lists=lists)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.PASSED, R.CERTIFICATE_CONFIRMED)
    assert answer(report, CheckId.RECOGNITION) == (Outcome.UNDETERMINED, R.ISSUER_UNLISTED)
    twin = university(host="northbridge.example")
    named = issuer_list(json.dumps([{"id": twin.id, "name": "Northbridge"}]).encode(), name="Known")
    proven = judged(twin.badge(), documents(twin.evidence()), lists=(named,))
    assert answer(proven, CheckId.RECOGNITION) == (Outcome.PASSED, R.ISSUER_LISTED)


@pytest.mark.parametrize("person", ["", "Mallory"], ids=["organisation", "person"])
@pytest.mark.parametrize("number", ["", "VATES-A1"], ids=["by name", "by number"])
def test_a_persons_certificate_seals_for_no_organisation(person: str, number: str) -> None:
    """It names where she works, with its number; its seal is hers."""
    issuer: JsonObject = {"id": "urn:epass:org:1", "type": "Organisation",
                          "legalName": {"en": "University of Zed"}}
    if number:
        issuer["eIDASIdentifier"] = {"id": "urn:x:1", "type": "LegalIdentifier", "notation": number}
    sealer = Sealer(above=OFFICE, number=number, person=person)
    report = against(jades(sealer, european(issuer=issuer)), OFFICE)
    wanted = R.CERTIFICATE_OTHER_PARTY if person else R.CERTIFICATE_CONFIRMED
    assert row(report, CheckId.KEY_AUTHORITY).reason.code is wanted
    assert report.verdict is (Verdict.UNDETERMINED if person else Verdict.VALID)


def test_a_name_beside_the_registered_one_carries_nothing() -> None:
    mallory = Sealer("Mallory Ltd", above=OFFICE, number="VATES-M1")
    issuer: JsonObject = {"id": "urn:epass:org:1", "type": "Organisation",
                          "legalName": {"en": "Mallory Ltd"}, "name": "University of Zed"}
    report = against(jades(mallory, european(issuer=issuer)), OFFICE)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.CERTIFICATE_OTHER_PARTY)
    assert against(jades(mallory, european(issuer=issuer | {"name": "MALLORY  Ltd"})),
                   OFFICE).verdict is Verdict.VALID


@pytest.mark.parametrize("member", ["name", "legalName", "prefLabel"])
def test_by_its_number_it_is_the_same_party_and_both_names_are_told(member: str) -> None:
    mallory = Sealer("Mallory Ltd", above=OFFICE, number="VATES-M1")
    issuer = {"id": "urn:epass:org:1", "type": "Organisation", member: "University of Zed",
              "eIDASIdentifier": {"id": "urn:x:1", "type": "LegalIdentifier", "notation": "VATES-M1"}}
    report = against(jades(mallory, european(issuer=issuer)), OFFICE)
    assert report.verdict is Verdict.VALID
    (told,) = row(report, CheckId.KEY_AUTHORITY).notes
    assert (told.code, told["name"], told["known"]) == (
        R.ISSUER_NAME_MISMATCH, "University of Zed", "Mallory Ltd")
    assert who_sealed(report) == "Mallory Ltd"
    assert who_sealed(against(jades(CERTIFIED), OFFICE)) == "University of Zed"


@pytest.mark.parametrize(("depth", "verdict"), [(None, Verdict.VALID), (1, Verdict.VALID),
                                                (0, Verdict.UNDETERMINED)])
@pytest.mark.parametrize("is_inside", [True, False], ids=["anchor in the file", "anchor in the list only"])
def test_an_authority_may_certify_only_as_far_down_as_it_was_allowed(
        depth: int | None, verdict: Verdict, *, is_inside: bool) -> None:
    office = authority(depth=depth)
    sealer = Sealer(above=authority(called="Faculty", above=office))
    x5c = sealer.x5c if is_inside else sealer.x5c[:2]
    assert against(jades(sealer, header={"x5c": x5c}), office).verdict is verdict


def test_an_authority_whose_key_is_for_something_else_has_certified_nothing() -> None:
    office = authority(usage="digital_signature")
    assert against(jades(Sealer(above=office)), office).verdict is Verdict.UNDETERMINED


ZED_ONLY = x509.NameConstraints([x509.DirectoryName(named("Faculty of Zed"))], None)
ODD = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")
TLS, MAIL = (x509.ExtendedKeyUsage([one]) for one in (
    ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION))


@pytest.mark.parametrize(("above", "own", "verdict"), [
    ((), (), Verdict.VALID), (((ZED_ONLY, True),), (), Verdict.UNDETERMINED),
    (((ZED_ONLY, False),), (), Verdict.UNDETERMINED), (((ODD, True),), (), Verdict.UNDETERMINED),
    (((ODD, False),), ((ODD, False),), Verdict.VALID), ((), ((ODD, True),), Verdict.UNDETERMINED),
    ((), ((TLS, False),), Verdict.UNDETERMINED), ((), ((MAIL, True),), Verdict.VALID)],
    ids=["plain", "names", "names, not critical", "unknown", "unknown, not critical", "unknown at the end",
         "a web server's", "one for mail"])
def test_an_authority_vouches_only_under_conditions_that_are_read(
        above: Any, own: Any, verdict: Verdict) -> None:
    """RFC 5280 §4.2: an authority for some names only could certify any; a web server's key seals nothing."""
    sealer = Sealer(above=authority(called="Faculty", above=OFFICE, more=above), more=own)
    assert against(jades(sealer), OFFICE).verdict is verdict
    assert against(jades(sealer), sealer).verdict is Verdict.VALID  # she trusts that very certificate


HOST, URI = x509.DNSName("northbridge.example"), x509.UniformResourceIdentifier


@pytest.mark.parametrize(("kind", "about", "verdict"), [
    ("https", HOST, Verdict.VALID), ("https", URI("https://northbridge.example/issuer"), Verdict.VALID),
    ("https", URI("https://northbridge.example/"), Verdict.UNDETERMINED),
    ("https", x509.DNSName("mallory.example"), Verdict.UNDETERMINED),
    ("https", x509.DNSName("*.example"), Verdict.UNDETERMINED), ("https", None, Verdict.UNDETERMINED),
    ("did:web", URI("did:web:northbridge.example"), Verdict.UNDETERMINED),
    ("did:web", HOST, Verdict.UNDETERMINED)],
    ids=["host", "address", "another address", "another host", "any host", "neither", "DID", "DID on a host"])
def test_a_token_whose_certificate_is_about_its_issuers_address_is_settled_by_a_list(
        kind: str, about: Any, verdict: Verdict) -> None:
    """SD-JWT VC with `x5c`: nothing but a list of authorities could ever say whose it is."""
    issuer = university(kind, algorithm="ES256")
    private = issuer.key.private
    assert isinstance(private, EllipticCurvePrivateKey)
    begins, ends = (datetime(year, 1, 1, tzinfo=UTC) for year in (2026, 2028))
    office = authority(begins=begins, ends=ends)
    san = ((x509.SubjectAlternativeName([about]), False),) if about else ()
    certified = Sealer(key=private, above=office, begins=begins, ends=ends, more=san)
    lists = tuple(issuer_list(one, name="mine") for one in (
        pem(office), json.dumps([{"id": issuer.id, "name": "Northbridge"}]).encode()))
    token = issue(issuer, claims(issuer), x5c=certified.x5c).encode()
    report = judged(token, lists=lists)
    assert report.verdict is verdict
    told = row(report, CheckId.KEY_AUTHORITY)
    if verdict is Verdict.VALID:
        assert (told.reason.code, told.reason["address"]) == (R.CERTIFICATE_CONFIRMED, issuer.id)
        assert answer(report, CheckId.RECOGNITION) == (Outcome.PASSED, R.ISSUER_LISTED)
    else:
        assert (told.reason.code, note_codes(told)) == (R.KEY_UNKNOWN, [R.CERTIFICATE_OTHER_PARTY])
    # Nothing else settles it: no list, the certificate of another key, other keys in the issuer's document.
    assert note_codes(row(judged(token), CheckId.KEY_AUTHORITY)) == [R.CERTIFICATE_UNCONFIRMED]
    stranger = issue(issuer, claims(issuer), key=SigningKey("ES256", "mallory"), x5c=certified.x5c).encode()
    assert judged(stranger, lists=lists).verdict is Verdict.INVALID
    issuer.rotate()
    assert judged(token, documents(issuer.evidence()), lists=lists).verdict is Verdict.INVALID


@pytest.mark.parametrize("names", [
    {"en": "MIT", "de": "University of Zed"}, {"en": ["University of Zed", "MIT"]},
    ["MIT", "University of Zed"], ["University of Zed", {"@value": "MIT", "@language": "en"}],
    {"en": [["MIT"]], "de": "University of Zed"}, ["University of Zed", 1861],
], ids=["another language", "two in one language", "a list", "a value object", "a list in a list",
        "a number"])
def test_one_true_name_carries_no_other_beside_it(names: Any) -> None:
    issuer = {"id": "urn:epass:org:1", "type": "Organisation", "legalName": names}
    report = against(jades(CERTIFIED, european(issuer=issuer)), OFFICE)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.CERTIFICATE_OTHER_PARTY)


def test_a_name_counts_in_whatever_form_it_is_written() -> None:
    named = [{"@value": "University of Zed", "@language": "en"},
             {"@value": "UNIVERSITY of Zed", "@language": "de"}]
    issuer = {"id": "urn:epass:org:1", "type": "Organisation", "legalName": named}
    assert against(jades(CERTIFIED, european(issuer=issuer)), OFFICE).verdict is Verdict.VALID


def test_one_true_number_carries_no_other_beside_it() -> None:
    def stated(*numbers: str) -> JsonObject:
        issuer = {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "University of Zed"},
                  "eIDASIdentifier": [{"id": f"urn:x:{one}", "type": "LegalIdentifier", "notation": one}
                                      for one in numbers]}
        return jades(Sealer(above=OFFICE, number="VATES-A1"), european(issuer=issuer))

    assert against(stated("VATES-A1"), OFFICE).verdict is Verdict.VALID
    assert against(stated("VATES-A1", "VATES-B2"), OFFICE).verdict is Verdict.UNDETERMINED
