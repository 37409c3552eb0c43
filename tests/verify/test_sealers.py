"""Who may vouch for a sealer, and whose own document lists the key of a certificate."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.simulators.certificates import BEGINS, ENDS, Sealer, authority, european, jades
from tests.simulators.certificates import name as named
from tests.verify.desk import answer, documents, judged, row
from tests.verify.test_certificate import OFFICE, against, pem
from wallet.keys.keypair import public_key_from_pem
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.trust.registry import issuer_list

ZED_ONLY = x509.NameConstraints([x509.DirectoryName(named("Faculty of Zed"))], None)
ODD = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")
TLS, MAIL = (x509.ExtendedKeyUsage([one]) for one in (
    ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION))
BOTH = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION])


@pytest.mark.parametrize(("conditions", "verdict"), [
    ((), Verdict.VALID), (((ZED_ONLY, True),), Verdict.UNDETERMINED), (((ODD, True),), Verdict.UNDETERMINED),
    (((ODD, False),), Verdict.VALID), (((TLS, False),), Verdict.UNDETERMINED),
    (((MAIL, False),), Verdict.VALID),
    (((BOTH, True),), Verdict.VALID)],
    ids=["none", "names", "unknown", "unknown, not critical", "web servers", "mail", "web servers and mail"])
@pytest.mark.parametrize("is_inside", [True, False], ids=["in the file", "in the list only"])
@pytest.mark.parametrize("is_root", [True, False], ids=["trusted itself", "under a trusted one"])
def test_the_conditions_of_an_authority_bind_wherever_it_stands(
        conditions: Any, verdict: Verdict, *, is_inside: bool, is_root: bool) -> None:
    """A file that left the authority out was not held to what that authority may certify."""
    office = authority(called="Faculty", above=None if is_root else OFFICE, more=conditions)
    sealer = Sealer(above=office)
    document = jades(sealer, header={"x5c": sealer.x5c[:2] if is_inside else sealer.x5c[:1]})
    trusted = office if is_root or not is_inside else OFFICE
    assert against(document, trusted).verdict is verdict


def weak(key: Any, above: Sealer) -> Sealer:
    """An authority with that key."""
    builder = (x509.CertificateBuilder().subject_name(named("Faculty")).issuer_name(named(above.called))
               .public_key(key.public_key()).serial_number(7).not_valid_before(BEGINS).not_valid_after(ENDS)
               .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True))
    found = replace(above, called="Faculty", above=above)
    found.certificate, found.key = builder.sign(above.key, hashes.SHA256()), key
    return found


@pytest.mark.parametrize(("key", "verdict"), [
    (rsa.generate_private_key(65537, 1024), Verdict.UNDETERMINED),  # noqa: S505 - what is refused
    (rsa.generate_private_key(65537, 2048), Verdict.VALID),
    (ec.generate_private_key(ec.SECP192R1()), Verdict.UNDETERMINED),
    (ec.generate_private_key(ec.BrainpoolP256R1()), Verdict.VALID)],
    ids=["short RSA", "RSA", "small curve", "a curve of European authorities"])
def test_an_authority_whose_key_anybody_could_find_out_vouches_for_nobody(key: Any, verdict: Verdict) -> None:
    sealer = Sealer(above=weak(key, OFFICE))
    assert against(jades(sealer), OFFICE).verdict is verdict
    alone = jades(sealer, header={"x5c": sealer.x5c[:1]})
    assert against(alone, weak(key, OFFICE)).verdict is verdict
    assert against(jades(sealer), sealer).verdict is Verdict.VALID  # she trusts that very certificate


@pytest.mark.parametrize("names", [["Mallory Ltd", "University of Zed"], {"en": "Mallory Ltd",
                                                                           "de": ["University of Zed"]}])
def test_the_name_that_is_told_is_the_one_that_differs(names: Any) -> None:
    """The first name was told to be another than itself."""
    mallory = Sealer("Mallory Ltd", above=OFFICE, number="VATES-M1")
    issuer = {"id": "urn:epass:org:1", "type": "Organisation", "legalName": names,
              "eIDASIdentifier": {"id": "urn:x:1", "type": "LegalIdentifier", "notation": "VATES-M1"}}
    (told,) = row(against(jades(mallory, european(issuer=issuer)), OFFICE), CheckId.KEY_AUTHORITY).notes
    assert (told.code, told["name"], told["known"]) == (
        R.ISSUER_NAME_MISMATCH, "University of Zed", "Mallory Ltd")


def listing(issuer_id: str, *sealers: Sealer) -> bytes:
    """A document of the issuer's own that lists the keys of these certificates."""
    keys = [public_key_from_pem(one.certificate.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()) for one in sealers]
    methods = [{"id": f"{issuer_id}#{place}", "type": "JsonWebKey", "controller": issuer_id,
                "publicKeyJwk": key.jwk()} for place, key in enumerate(keys)]
    return json.dumps({"id": issuer_id, "verificationMethod": methods,
                       "assertionMethod": [one["id"] for one in methods]}).encode()


def sealed_for(issuer_id: str, sealer: Sealer) -> bytes:
    issuer = {"id": issuer_id, "type": "Organisation", "legalName": {"en": "University of Zed"}}
    return json.dumps(jades(sealer, european(issuer=issuer))).encode()


@pytest.mark.parametrize("issuer_id", ["did:web:zed.example", "https://zed.example/"])
def test_an_issuer_with_an_address_may_list_the_key_of_its_certificate(issuer_id: str) -> None:
    """Decision 62 said so, and nobody looked."""
    sealer, other = Sealer(above=OFFICE), Sealer(above=OFFICE)
    data, lists = sealed_for(issuer_id, sealer), (issuer_list(pem(OFFICE), name="mine"),)
    alone = judged(data)
    assert answer(alone, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.CERTIFICATE_UNCONFIRMED)
    assert [one.address for one in alone.wanted] == [issuer_id]
    for trusted in ((), lists):
        own = judged(data, documents({issuer_id: listing(issuer_id, other, sealer)}), lists=trusted)
        assert answer(own, CheckId.KEY_AUTHORITY) == (Outcome.PASSED, R.KEY_AUTHORISED)
        assert own.verdict is Verdict.VALID
        assert own.wanted == ()
        # Another's key, another's document, a copy from the sender: as without any.
        for served in (documents({issuer_id: listing(issuer_id, other)}),
                       documents({issuer_id: listing("did:web:mallory.example", sealer)}),
                       documents({issuer_id: listing(issuer_id, sealer)}, grade=Grade.SENDER)):
            assert judged(data, served, lists=trusted).verdict is Verdict.UNDETERMINED
    changed = data.replace(b"Andromeda", b"Anaconda.")
    assert judged(changed, documents({issuer_id: listing(issuer_id, sealer)})).verdict is Verdict.INVALID


def test_what_the_issuer_has_taken_back_its_certificate_does_not_save() -> None:
    issuer_id, sealer = "did:web:zed.example", Sealer(above=OFFICE)
    document = json.loads(listing(issuer_id, sealer))
    document["verificationMethod"][0]["revoked"] = "2023-01-01T00:00:00Z"
    report = judged(sealed_for(issuer_id, sealer), documents({issuer_id: json.dumps(document).encode()}),
                    lists=(issuer_list(pem(OFFICE), name="mine"),))
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, R.KEY_REVOKED)


def test_nobody_is_asked_about_an_issuer_without_an_address() -> None:
    assert judged(json.dumps(jades(Sealer(above=OFFICE))).encode()).wanted == ()
