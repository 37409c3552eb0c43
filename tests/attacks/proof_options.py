"""D3: Data Integrity proofs, P13 to P20. Keys, dates and forms of a proof, and what is shown of it."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    File,
    Input,
    Severity,
    bad_seal,
    case,
    malformed,
    not_authorised,
    undetermined,
    valid,
)
from tests.attacks.cases import Expected as Must
from tests.attacks.scene import achievement, judged_file, university, unsealed
from tests.conftest import AT
from tests.simulators import suites
from tests.simulators.certificates import SEALED_AT, Sealer, authority, jades
from tests.simulators.signing import JsonObject, base58, base64url, compact_json, embed_proof, pinned_contexts
from tests.verify.desk import documents, judged
from wallet.codec.encoding import base58_decode
from wallet.codec.jcs import canonical_json
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Verdict
from wallet.operations.checking import Desk, check_bytes
from wallet.trust.registry import issuer_list

H, M = Severity.HIGH, Severity.MEDIUM
CREATED = "2026-05-12T09:30:00Z"
_MISMATCH = bad_seal(R.KEY_SUITE_MISMATCH)


def _at_home(signer: suites.Signer, suite: str, key: JsonObject) -> File:
    """A badge whose issuer is a web address, so that its document can name any key for the method."""
    home = "did:web:uni.example"
    document = suites.badge(signer, suite)
    document["issuer"]["id"] = home
    sealed = suites.sealed(document, signer, suite, verificationMethod=f"{home}#k")
    served = {"@context": ["https://www.w3.org/ns/did/v1"], "id": home, "assertionMethod": [f"{home}#k"],
              "verificationMethod": [{"id": f"{home}#k", "type": "JsonWebKey", "controller": home,
                                      "publicKeyJwk": key}]}
    return File(compact_json(sealed), tuple(documents({home: compact_json(served)})))


@case("P13", H, "the key is of another kind than the suite asks for",
      attacks={"Ed25519 key, ecdsa suite": _MISMATCH, "P-256 key, eddsa suite": _MISMATCH,
               "P-384 key, hashed with SHA-256": bad_seal(),
               "P-384 key, seal of P-256": malformed(R.PROOF_MALFORMED, check=CheckId.PROOF),
               "P-256 key, seal of P-384": malformed(R.PROOF_MALFORMED, check=CheckId.PROOF),
               "RSA key, eddsa suite": _MISMATCH},
      twins={"ES256": VALID, "ES384": VALID, "EdDSA": VALID})
def _other_key(variant: str) -> Input:
    ed, small, large, rsa = (suites.Signer(one) for one in ("EdDSA", "ES256", "ES384", "RS256"))
    made = {"EdDSA": (ed, "eddsa-jcs-2022", ed), "ES256": (small, "ecdsa-rdfc-2019", small),
            "ES384": (large, "ecdsa-rdfc-2019", large),
            "Ed25519 key, ecdsa suite": (small, "ecdsa-rdfc-2019", ed),
            "P-256 key, eddsa suite": (ed, "eddsa-jcs-2022", small),
            "P-384 key, seal of P-256": (small, "ecdsa-rdfc-2019", large),
            "P-256 key, seal of P-384": (large, "ecdsa-rdfc-2019", small),
            "RSA key, eddsa suite": (ed, "eddsa-jcs-2022", rsa)}
    if variant == "P-384 key, hashed with SHA-256":
        return judged_file(compact_json(_hashed_weakly(large)))
    signer, suite, named = made[variant]
    return _at_home(signer, suite, named.jwk)


def _hashed_weakly(signer: suites.Signer) -> JsonObject:
    """A seal of the larger curve whose every hash is the smaller one."""
    document = suites.badge(signer, "ecdsa-jcs-2019")
    proof: JsonObject = {"type": "DataIntegrityProof", "cryptosuite": "ecdsa-jcs-2019", "created": CREATED,
                         "verificationMethod": signer.method, "proofPurpose": "assertionMethod"}
    hashed = b"".join(hashlib.sha256(canonical_json(one)).digest() for one in (proof, document))
    key = signer._curve_key()
    r, s = decode_dss_signature(key.sign(hashed, ec.ECDSA(hashes.SHA256())))
    value = "z" + base58(r.to_bytes(48, "big") + s.to_bytes(48, "big"))
    return document | {"proof": proof | {"proofValue": value}}


def _with_option(**options: object) -> bytes:
    issuer = university()
    created = str(options.pop("created", CREATED))
    document = embed_proof(issuer.badge_document(), issuer.key, suite="eddsa-rdfc-2022", method=issuer.method,
                           created=created, options=options)
    return compact_json(document)


_BAD_DATE = malformed(R.PROOF_MALFORMED)
#: Only a certificate says from when a key may be used; controller documents know ends alone (CID 1.0 §2.2).
_OUTSIDE = {"before the key's certificate began": "2022-01-01T00:00:00Z",
            "after the key's certificate ended": "2025-06-01T00:00:00Z"}


#: Contexts of other things in which the end of a seal has a name that nobody looks for.
_SECOND_NAMES = {"expiration": "https://w3id.org/security/v1",
                 "revoked": "https://w3id.org/blockcerts/schema/2.0-alpha/context.json"}


def _certified(sealed_at: str) -> File:
    """A seal of that time, by somebody whom a list of the person who checks vouches for."""
    office = authority()
    document = jades(Sealer(above=office), header={"sigT": sealed_at})
    trusted = issuer_list(office.certificate.public_bytes(Encoding.PEM), name="authorities.pem")
    return File(compact_json(document), lists=(trusted,))


@case("P14", M, "dates of the proof: in the future, missing, no dates at all, past their end",
      attacks={"created in the future": valid(note=R.PROOF_FROM_FUTURE), "created is a day": _BAD_DATE,
               "created is a number": _BAD_DATE, "created is a word": _BAD_DATE,
               "expires is a word": _BAD_DATE,
               "no zone": valid(note=R.QUIRK_DATE),
               "expired": Must(Verdict.EXPIRED.value, R.PROOF_EXPIRED, CheckId.VALIDITY),
               **dict.fromkeys(_SECOND_NAMES, malformed(R.UNDEFINED_TERM, check=CheckId.PROOF)),
               **dict.fromkeys(_OUTSIDE, undetermined(R.CERTIFICATE_NOT_IN_FORCE, CheckId.KEY_AUTHORITY))},
      twins={TWIN: VALID, "no created": VALID, "expires later": VALID, "while its certificate holds": VALID})
def _proof_dates(variant: str) -> Input:
    issuer = university()
    if "certificate" in variant:
        return _certified(_OUTSIDE.get(variant, SEALED_AT))
    if variant == "no created":
        suite, signer = "eddsa-jcs-2022", suites.Signer("EdDSA")
        return judged_file(compact_json(_undated(suite, signer)))
    ends = {"expired": "2026-10-01T00:00:00Z", "expires later": "2027-10-01T00:00:00Z"}
    if variant in ends:
        return judged_file(_with_option(expires=ends[variant]), issuer)
    if variant in _SECOND_NAMES:
        document = json.loads(_with_option(expires=ends["expired"]))
        document["@context"].append(_SECOND_NAMES[variant])  # which no seal over statements covers
        document["proof"][variant] = document["proof"].pop("expires")
        return judged_file(compact_json(document), issuer)
    dates = {"created in the future": "2027-01-01T00:00:00Z", "no zone": "2026-05-12T09:30:00"}
    if variant in dates:
        return judged_file(_with_option(created=dates[variant]), issuer)
    wrong: dict[str, JsonObject] = {
        "created is a day": {"created": "2026-05-12"}, "created is a number": {"created": 1778577000},
        "created is a word": {"created": "yesterday"}, "expires is a word": {"expires": "never"}}
    return judged_file(unsealed(issuer, lambda one: one["proof"].update(wrong.get(variant, {}))), issuer)


def _undated(suite: str, signer: suites.Signer) -> JsonObject:
    document = suites.badge(signer, suite)
    proof: JsonObject = {"type": "DataIntegrityProof", "cryptosuite": suite,
                         "proofPurpose": "assertionMethod",
                         "verificationMethod": signer.method}
    proof["proofValue"] = suites._value(document, proof, signer, suite)
    return document | {"proof": proof}


_ENDED = "2026-06-01T00:00:00Z"


@case("P15", H, "the key was revoked, or had ended, when the seal says that it was made",
      attacks={"sealed after it was revoked": not_authorised(R.KEY_REVOKED),
               "sealed after it ended": not_authorised(R.KEY_ENDED),
               "sealed before it was revoked, by its own word": undetermined(
                   R.KEY_REVOKED, CheckId.KEY_AUTHORITY, note=R.KEY_DATE_UNPROVEN),
               "sealed that second": not_authorised(R.KEY_REVOKED),
               "undated": undetermined(R.KEY_REVOKED, CheckId.KEY_AUTHORITY),
               "revoked at no date": undetermined(R.KEY_MALFORMED, CheckId.PROOF)},
      twins={TWIN: VALID, "here before it was revoked": valid(note=R.KEY_REVOKED),
             "sealed before it ended": valid(note=R.KEY_ENDED)})
def _ended_key(variant: str) -> Input:
    issuer = university()
    document = json.loads(issuer.controller_document())
    method = document["verificationMethod"][0]
    if variant != TWIN:
        method["expires" if "ended" in variant else "revoked"] = _ENDED
    if variant == "revoked at no date":
        method["revoked"] = "yes"
    moments = {"after": datetime(2026, 7, 1, tzinfo=UTC), "second": datetime.fromisoformat(_ENDED)}
    created = next((moment for word, moment in moments.items() if word in variant), None)
    data = issuer.badge(created=created) if created else issuer.badge()
    if variant == "undated":
        data = issuer.badge_jwt()
    seen_at = datetime(2026, 5, 20, tzinfo=UTC) if variant.startswith("here") else None
    return File(data, tuple(documents({issuer.id: compact_json(document)})), seen_at=seen_at)


def _values() -> dict[str, str]:
    """The signature of the university's badge, in other spellings."""
    good: str = json.loads(university().badge())["proof"]["proofValue"]
    raw = base58_decode(good[1:])
    padded = base64.b64encode(raw).decode()
    return {"base64": "m" + padded.rstrip("="), "base64 with padding": "M" + padded, "hex": "f" + raw.hex(),
            "base64url": "u" + base64url(raw), "base32": "b" + base64.b32encode(raw).decode().lower(),
            "no prefix": good[1:], "padding": good + "=", "space before": " " + good,
            "space after": good + " ",
            "newline": good + "\n", "leading zeros": "z1" + good[1:], "foreign letter": good[:-1] + "0",
            "one letter less": good[:-1], "63 bytes": "z" + base58(raw[:63]),
            "65 bytes": "z" + base58(raw + b"\1"), "nothing": "z", "long": "z" + "2" * 100_000,
            TWIN: good}


@case("P16", M, "the signature in another spelling than its one form",
      attacks={name: malformed(R.PROOF_MALFORMED, check=CheckId.PROOF)
               for name in _values() if name != TWIN})
def _spelling(variant: str) -> Input:
    issuer = university()
    return judged_file(unsealed(issuer, lambda one: one["proof"].update(proofValue=_values()[variant])),
                       issuer)


_BAD_HEADER = malformed(R.PROOF_MALFORMED, check=CheckId.PROOF)


@case("P17", M, "an old detached JWS whose header says something else than it must",
      attacks={"b64 true": _BAD_HEADER, "no b64": _BAD_HEADER, "no crit": _BAD_HEADER,
               "b64 is 0": _BAD_HEADER,
               "alg of a curve": _BAD_HEADER, "alg none": _BAD_HEADER, "alg HS256": _BAD_HEADER,
               "with its own key": _BAD_HEADER, "with its payload": _BAD_HEADER,
               "2020, alg of another key": _MISMATCH},
      twins={"Ed25519Signature2018": valid(note=R.QUIRK_LEGACY_SUITE),
             "JsonWebSignature2020": valid(note=R.QUIRK_LEGACY_SUITE)})
def _detached(variant: str) -> Input:
    suite = "JsonWebSignature2020" if "2020" in variant else "Ed25519Signature2018"
    signer = suites.Signer("EdDSA")
    document = suites.sealed(suites.badge(signer, suite), signer, suite)
    headers: dict[str, JsonObject] = {
        "b64 true": {"alg": "EdDSA", "b64": True, "crit": ["b64"]}, "no b64": {"alg": "EdDSA",
                                                                               "crit": ["b64"]},
        "no crit": {"alg": "EdDSA", "b64": False}, "b64 is 0": {"alg": "EdDSA", "b64": 0, "crit": ["b64"]},
        "alg of a curve": {"alg": "ES256", "b64": False, "crit": ["b64"]},
        "2020, alg of another key": {"alg": "ES256", "b64": False, "crit": ["b64"]},
        "alg none": {"alg": "none", "b64": False, "crit": ["b64"]},
        "alg HS256": {"alg": "HS256", "b64": False, "crit": ["b64"]},
        "with its own key": {"alg": "EdDSA", "b64": False, "crit": ["b64"], "jwk": signer.jwk}}
    jws = document["proof"]["jws"]
    if variant in headers:
        jws = base64url(compact_json(headers[variant])) + "." + jws.partition(".")[2]
    if variant == "with its payload":
        jws = jws.replace("..", ".e30.")
    document["proof"]["jws"] = jws
    return judged_file(compact_json(document))


_EXTRA = malformed(R.UNDEFINED_TERM, check=CheckId.PROOF)


@case("P18", H, "the proof says something that no seal over statements can cover",
      attacks={"extra text": _EXTRA, "extra object": _EXTRA, "extra null": _EXTRA, "old suite": _EXTRA,
               "inside the domain": malformed(R.PROOF_MALFORMED)},
      twins={TWIN: VALID, "old suite twin": VALID, "sealed as JSON": VALID})
def _extra_option(variant: str) -> Input:
    issuer = university()
    if variant == "sealed as JSON":
        signer = suites.Signer("EdDSA")
        document = suites.badge(signer, "eddsa-jcs-2022")
        return judged_file(compact_json(suites.sealed(document, signer, "eddsa-jcs-2022", honours="first")))
    old = variant.startswith("old suite")
    data = issuer.badge(suite="Ed25519Signature2020" if old else "eddsa-rdfc-2022")
    added: dict[str, JsonObject] = {
        "extra text": {"honours": "first class"}, "extra object": {"honours": {"class": "first"}},
        "extra null": {"honours": None}, "old suite": {"honours": "first class"},
        "inside the domain": {"domain": {"honours": "x"}}}
    document = json.loads(data)
    document["proof"] |= added.get(variant, {})
    return judged_file(compact_json(document), issuer)


@case("P19", M, "the proof names other contexts than the document",
      attacks=dict.fromkeys(("other order", "another", "more", "inline",
                             "sealed as JSON, document shortened"),
                            malformed(R.CONTEXT_MISMATCH, check=CheckId.PROOF)),
      twins={TWIN: VALID, "the same": VALID, "sealed as JSON": VALID})
def _proof_contexts(variant: str) -> Input:
    issuer = university()
    base = issuer.badge_document()["@context"]
    if variant.startswith("sealed as JSON"):
        signer, own = suites.Signer("EdDSA"), [suites.VC_2, suites.OB_3]
        document = suites.sealed(suites.badge(signer, "eddsa-jcs-2022"), signer, "eddsa-jcs-2022",
                                 **{"@context": own})
        if variant.endswith("shortened"):
            document["@context"] = own[:1]
        return judged_file(compact_json(document))
    named = {"the same": base, "other order": base[::-1], "another": [suites.DATA_INTEGRITY_V2],
             "more": [*base, suites.DATA_INTEGRITY_V2], "inline": [base[0],
                                                                   {"created": "https://x.example/"}]}
    return judged_file(unsealed(issuer, lambda one: one["proof"].update(
        {"@context": named[variant]} if variant != TWIN else {})), issuer)


@case("P20", H, "what was verified is changed before it is shown",
      attacks={"members are set": FINE, "the JSON behind is changed": FINE, "the report is turned": FINE},
      twins={TWIN: FINE})
def _changed_later(variant: str) -> Input:
    """Nothing that is shown can be set; the JSON it came from is not looked at again."""
    issuer = university()
    data, evidence = issuer.badge(), documents(issuer.evidence())

    def run() -> None:
        desk = Desk(pinned_contexts())
        checked = check_bytes(desk, data, "badge", at=AT)[0]
        found = checked.parsed
        assert isinstance(found, Credential)
        before = (found.title, found.achievement, found.issuer)
        if variant == "members are set":
            for target, member in ((found, "title"), (found.achievement, "name"), (found.issuer, "name"),
                                   (checked, "report"), (found.original, "payload")):
                try:
                    setattr(target, member, "Brain Surgery")
                except FrozenInstanceError:
                    continue
                raise AssertionError(f"{member} can be set")
        if variant == "the report is turned":
            try:
                checked.report.checks = ()  # type: ignore[misc] # that it cannot be set is what is shown
            except FrozenInstanceError:
                pass
            else:
                raise AssertionError("checks can be set")
        if variant == "the JSON behind is changed":
            achievement(found.document)["name"] = "Brain Surgery"
        assert (found.title, found.achievement, found.issuer) == before
        assert found.original.data == data
        assert judged(found.original.data, evidence).verdict is Verdict.VALID
        again = parse(data)
        assert isinstance(again, Credential)
        assert again.title == before[0]

    return Act(run)
