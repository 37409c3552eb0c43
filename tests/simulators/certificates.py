"""A simulated authority that certifies sealing keys, and the European seal around a text."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.simulators.signing import JsonObject, base64url, compact_json

BEGINS = datetime(2023, 5, 11, tzinfo=UTC)
ENDS = datetime(2025, 5, 10, tzinfo=UTC)
SEALED_AT = "2023-09-27T12:07:01Z"


def name(text: str, number: str = "", person: str = "") -> x509.Name:
    numbered = [x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, number)] if number else []
    named = [x509.NameAttribute(NameOID.SURNAME, person)] if person else []
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, text), *numbered, *named])


@dataclass
class Sealer:
    """A key with its certificate and those above it.

    Attributes:
        depth: How many authorities may stand below it, None for any number.
        person: The surname, if it is a person's own who belongs to that organisation.
        more: Further extensions, each with whether it is critical.
    """

    called: str = "University of Zed"
    above: Sealer | None = None
    certifies: bool = False
    begins: datetime = BEGINS
    ends: datetime = ENDS
    usage: str = "digital_signature"
    number: str = ""
    depth: int | None = None
    person: str = ""
    more: tuple[tuple[x509.ExtensionType, bool], ...] = ()
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        signer = self.above or self
        uses = dict.fromkeys(("digital_signature", "content_commitment", "key_encipherment",
                              "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
                              "encipher_only", "decipher_only"), False)
        builder = (
            x509.CertificateBuilder().subject_name(name(self.called, self.number, self.person))
            .issuer_name(name(signer.called, signer.number))
            .public_key(self.key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(self.begins).not_valid_after(self.ends)
            .add_extension(x509.BasicConstraints(ca=self.certifies, path_length=self.depth), critical=True)
            .add_extension(x509.KeyUsage(**{**uses, self.usage: True}), critical=True))
        for extension, critical in self.more:
            builder = builder.add_extension(extension, critical=critical)
        self.certificate = builder.sign(signer.key, hashes.SHA256())

    @property
    def x5c(self) -> list[str]:
        here = base64.b64encode(self.certificate.public_bytes(Encoding.DER)).decode()
        return [here, *(self.above.x5c if self.above else ())]

    def sign(self, data: bytes) -> bytes:
        r, s = decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)


def authority(**changes: Any) -> Sealer:
    """Somebody who certifies others."""
    return Sealer(**{"called": "Trust Office", "certifies": True, "usage": "key_cert_sign", **changes})


def european(**changes: Any) -> JsonObject:
    """A small European Digital Credential."""
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1",
                     "http://data.europa.eu/snb/model/context/edc-ap"],
        "id": "urn:credential:1", "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "University of Zed"}},
        "issuanceDate": "2023-09-27T14:07:01+02:00",
        "credentialSubject": {
            "id": "urn:epass:person:1", "type": "Person", "givenName": {"en": "Ana"},
            "familyName": {"en": "Andromeda"},
            "hasClaim": {"id": "urn:epass:claim:1", "type": "LearningAchievement",
                         "title": {"de": "Kurs", "en": "Course"}}},
        "displayParameter": {"id": "urn:epass:display:1", "type": "DisplayParameter",
                             "title": {"de": "Zeugnis", "en": "Certificate"}},
        **changes,
    }


def jades(sealer: Sealer, document: JsonObject | None = None, *, header: JsonObject | None = None,
          **unprotected: Any) -> JsonObject:
    """The seal around a credential, with the payload as text."""
    payload = compact_json(european() if document is None else document)
    protected = {"alg": "ES256", "typ": "jose+json", "b64": False, "sigT": SEALED_AT, "x5c": sealer.x5c,
                 "crit": ["b64", "sigT"], **(header or {})}
    written = base64url(compact_json({key: value for key, value in protected.items() if value is not None}))
    signature = base64url(sealer.sign(written.encode() + b"." + payload))
    around = {"header": unprotected} if unprotected else {}
    return {"payload": payload.decode(), "signatures": [{"protected": written, **around,
                                                         "signature": signature}]}
