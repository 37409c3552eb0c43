"""D3: Data Integrity proofs, P01 to P12. What is sealed, by whom and for what."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.attacks.cases import (
    TWIN,
    VALID,
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
from tests.attacks.scene import achievement, attacker, evidence_of, judged_file, university, unsealed
from tests.simulators import suites
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import JsonObject, base58, compact_json, embed_proof
from tests.verify.desk import documents
from wallet.codec.encoding import base58_decode
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Verdict

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
CREATED = "2026-05-12T09:30:00Z"
_UNSIGNED = Must(Verdict.UNSIGNED.value, R.PROOF_MISSING, CheckId.PROOF)


def _flipped(place: int) -> Callable[[JsonObject], object]:
    """Flip one bit of the signature itself."""
    def edit(document: JsonObject) -> None:
        value = bytearray(base58_decode(document["proof"]["proofValue"][1:]))
        value[place] ^= 1
        document["proof"]["proofValue"] = "z" + base58(bytes(value))
    return edit


def _subject(document: JsonObject) -> JsonObject:
    found: JsonObject = document["credentialSubject"]
    return found


#: One character of one sealed value each.
_EDITS: dict[str, Callable[[JsonObject], object]] = {
    "name": lambda one: one.update(name="Data Analysis Foundationt"),
    "id": lambda one: one.update(id=one["id"][:-1] + ("0" if one["id"][-1] != "0" else "1")),
    "issuer id": lambda one: one["issuer"].update(id="did:web:northbridgf.example"),
    "issuer name": lambda one: one["issuer"].update(name="Northbridge Universitz"),
    "issuer url": lambda one: one["issuer"].update(url="https://northbridge.exampl/"),
    "begin": lambda one: one.update(validFrom="2026-05-12T09:30:01Z"),
    "end": lambda one: one.update(validUntil="2029-05-12T09:30:00Z"),
    "a further type": lambda one: one["type"].append("EndorsementSubject"),
    "recipient": lambda one: _subject(one)["identifier"][0].update(identityHash="sha256$00"),
    "salt": lambda one: _subject(one)["identifier"][0].update(salt="b4c2"),
    "achievement id": lambda one: achievement(one).update(id="https://northbridge.example/achievements/2"),
    "achievement name": lambda one: achievement(one).update(name="data Analysis Foundations"),
    "achievement kind": lambda one: achievement(one).update(achievementType="Degree"),
    "description": lambda one: achievement(one).update(description="Cleans tables of data."),
    "criteria": lambda one: achievement(one)["criteria"].update(narrative="None."),
    "skill": lambda one: achievement(one)["alignment"][0].update(targetName="Surgery"),
    "skill address": lambda one: achievement(one)["alignment"][0].update(targetUrl="https://skills.example/9"),
    "skill removed": lambda one: achievement(one)["alignment"].pop(),
    "claim added": lambda one: _subject(one).update(creditsEarned=5),
    "first bit of the signature": _flipped(0),
    "middle bit of the signature": _flipped(31),
    "last bit of the signature": _flipped(63),
    "option created": lambda one: one["proof"].update(created="2026-05-12T09:30:01Z"),
    "option purpose": lambda one: one["proof"].update(proofPurpose="authentication"),
    "option expires": lambda one: one["proof"].update(expires="2036-01-01T00:00:00Z"),
    "option challenge": lambda one: one["proof"].update(challenge="1"),
    "option domain": lambda one: one["proof"].update(domain="mallory.example"),
    "option nonce": lambda one: one["proof"].update(nonce="1"),
    "option id": lambda one: one["proof"].update(id="urn:uuid:1"),
}


@case("P01", C, "one character of a sealed claim, of the signature or of an option changed",
      attacks={name: bad_seal() for name in _EDITS})
def _changed(variant: str) -> Input:
    issuer = university()
    good = issuer.badge()
    return judged_file(good if variant == TWIN else unsealed(issuer, _EDITS[variant]), issuer)


@case("P02", C, "the proof taken away, or emptied",
      attacks={"removed": _UNSIGNED, "[]": _UNSIGNED, "null": _UNSIGNED, "{}": _UNSIGNED, "[{}]": _UNSIGNED,
               "[[]]": malformed(R.PROOF_MALFORMED), "text": malformed(R.PROOF_MALFORMED),
               "true": malformed(R.PROOF_MALFORMED)})
def _no_proof(variant: str) -> Input:
    issuer = university()
    document = json.loads(issuer.badge())
    if variant == "removed":
        del document["proof"]
    elif variant != TWIN:
        document["proof"] = "z3proof" if variant == "text" else json.loads(variant)
    return judged_file(compact_json(document), issuer)


def _with_proofs(document: JsonObject, *proofs: JsonObject) -> bytes:
    return compact_json(document | {"proof": list(proofs)})


#: Sealed anew by the issuer, the older seal left beside it: no order makes one of them count for the other.
_RENEWED = ("own ended, own", "own, own ended", "own for logins, own", "own, own for logins")


def _set() -> tuple[JsonObject, dict[str, JsonObject]]:
    """A badge of the university, with its own proof and a stranger's, each good and broken."""
    issuer, stranger = university(), attacker()
    document = issuer.badge_document()
    made = {"own": issuer.seal(document)["proof"], "foreign": stranger.seal(document)["proof"]}
    broken = {f"{name} broken": proof | {"created": "2026-05-12T09:30:02Z"} for name, proof in made.items()}
    for name, options, purpose in (("own ended", {"expires": "2026-06-01T00:00:00Z"}, "assertionMethod"),
                                   ("own for logins", {}, "authentication")):
        made[name] = embed_proof(document, issuer.key, suite="eddsa-rdfc-2022", method=issuer.method,
                                 created=CREATED, purpose=purpose, options=options)["proof"]
    return document, made | broken


@case("P03", C, "a proof set in which one proof is good and the other is not",
      attacks={"foreign, own broken": bad_seal(), "own broken, foreign": bad_seal(),
               "own, own broken": bad_seal(), "own, foreign broken": valid(note=R.FOREIGN_PROOF_WRONG),
               "foreign broken, own": valid(note=R.FOREIGN_PROOF_WRONG),
               "own broken, inside a token": valid(note=R.FOREIGN_PROOF_UNKNOWN)},
      twins={"own, foreign": valid(note=R.FOREIGN_PROOF_OK), "foreign, own": valid(note=R.FOREIGN_PROOF_OK),
             "own": VALID, **dict.fromkeys(_RENEWED, valid(note=R.PROOF_OK))})
def _proof_set(variant: str) -> Input:
    document, proofs = _set()
    if variant.endswith("inside a token"):
        return judged_file(university().seal_jwt(document | {"proof": proofs["own broken"]}), university())
    return judged_file(_with_proofs(document, *(proofs[name] for name in variant.split(", "))), university())


@case("P04", C, "sealed only by another issuer whom the lists know",
      attacks={"by did:web": not_authorised(), "by did:key": not_authorised(),
               "twice by others": not_authorised()})
def _another_trusted(variant: str) -> Input:
    issuer = university()
    colleges = {"by did:web": SimulatedIssuer("did:web", host="college.example", seed="college"),
                "by did:key": SimulatedIssuer("did:key", seed="college"), TWIN: issuer}
    document = issuer.badge_document()
    chosen = [colleges["by did:web"], colleges["by did:key"]] if variant == "twice by others" else [
        colleges[variant]]
    return judged_file(_with_proofs(document, *(one.seal(document)["proof"] for one in chosen)),
                       *{issuer, *chosen})


_BUILT_UPON: dict[str, object] = {
    "missing": "urn:uuid:9", "itself": "urn:uuid:2", "missing, in an array": ["urn:uuid:1", "urn:uuid:9"]}
_NO_NAMES: dict[str, object] = {"link is no name": [{"id": "urn:uuid:1"}], "no link": []}


@case("P05", H, "a proof chain whose link is missing, is itself, is a circle, or does not hold",
      attacks={**{name: bad_seal() for name in _BUILT_UPON},
               "circle": bad_seal(), "link does not hold": bad_seal(), "link twice": bad_seal(),
               "link changed": bad_seal(), "link not checkable": undetermined(R.PROOF_UNSUPPORTED,
                                                                              CheckId.PROOF),
               "link is no name": malformed(R.PROOF_MALFORMED), "no link": malformed(R.PROOF_MALFORMED)},
      twins={TWIN: VALID, "a stranger's link is missing": valid(note=R.FOREIGN_PROOF_WRONG)})
def _chain(variant: str) -> Input:
    witness, issuer = suites.Signer("EdDSA", seed=8), suites.Signer("EdDSA")
    suite = "eddsa-jcs-2022"
    document = suites.sealed(suites.badge(issuer, suite), witness, suite, id="urn:uuid:1")
    if variant == "link does not hold":  # what the issuer sealed is intact, what it built on is not
        document["proof"]["created"] = "2026-05-12T09:30:01Z"
    if variant == "link not checkable":
        document["proof"]["type"] = "RsaSignature2018"
        del document["proof"]["cryptosuite"]
    document = suites.sealed(document, issuer, suite, id="urn:uuid:2", previousProof=["urn:uuid:1"])
    first, second = document["proof"]
    if variant == "link changed":
        first["created"] = "2026-05-12T09:30:01Z"
    if variant == "circle":
        first["previousProof"] = "urn:uuid:2"
    if variant == "link twice":
        document["proof"].append(dict(first))
    if variant == "a stranger's link is missing":
        document = suites.sealed(suites.badge(issuer, suite), issuer, suite)
        document["proof"] = [document["proof"], first | {"previousProof": "urn:uuid:9"}]
    second["previousProof"] = (_BUILT_UPON | _NO_NAMES).get(variant, second["previousProof"])
    return judged_file(compact_json(document))


def _pack(purpose: str) -> bytes:
    issuer, holder = university(), attacker()
    badge = json.loads(issuer.badge())
    document = {"@context": badge["@context"], "id": "urn:uuid:pack", "type": ["VerifiablePresentation"],
                "holder": holder.id, "verifiableCredential": [badge]}
    return compact_json(embed_proof(document, holder.key, suite="eddsa-rdfc-2022", method=holder.method,
                                    created=CREATED, purpose=purpose))


@case("P06", C, "a proof made for another purpose",
      attacks={"credential": not_authorised(R.PROOF_PURPOSE),
               "key agreement": not_authorised(R.PROOF_PURPOSE),
               "presentation": not_authorised(R.PROOF_PURPOSE)},
      twins={TWIN: VALID, "presentation twin": VALID})
def _purpose(variant: str) -> Input:
    issuer = university()
    if variant.startswith("presentation"):
        purpose = "assertionMethod" if variant == "presentation" else "authentication"
        return judged_file(_pack(purpose), issuer)
    purposes = {TWIN: "assertionMethod", "credential": "authentication", "key agreement": "keyAgreement"}
    both = json.loads(issuer.controller_document())
    both["authentication"] = both["keyAgreement"] = both["assertionMethod"]
    data = compact_json(embed_proof(issuer.badge_document(), issuer.key, suite="eddsa-rdfc-2022",
                                    method=issuer.method, created=CREATED, purpose=purposes[variant]))
    return File(data, tuple(documents({issuer.id: compact_json(both)})))


@case("P07", C, "the issuer's document lists the key, but for another purpose or for none",
      attacks={name: not_authorised() for name in ("authentication", "keyAgreement", "capabilityInvocation",
                                                   "only described")})
def _other_purpose(variant: str) -> Input:
    issuer = university()
    document = json.loads(issuer.controller_document())
    if variant != TWIN:
        listed = document.pop("assertionMethod")
        document["assertionMethod"] = []
        if variant != "only described":
            document[variant] = listed
    return File(issuer.badge(), tuple(documents({issuer.id: compact_json(document)})))


def _sealed_by(other: SimulatedIssuer, issuer: SimulatedIssuer) -> bytes:
    return compact_json(other.seal(issuer.badge_document()))


@case("P08", C, "sealed with a method of the attacker, the university named as the issuer",
      attacks={"did:key": not_authorised(), "did:web": not_authorised(), "did:jwk": not_authorised(),
               "https": not_authorised(), "listed for login only": not_authorised()},
      twins={TWIN: VALID, "listed by reference": VALID})
def _attackers_method(variant: str) -> Input:
    issuer = university()
    if variant == TWIN:
        return judged_file(issuer.badge(), issuer)
    kind = variant if variant in ("did:key", "did:web", "did:jwk", "https") else "did:web"
    other = attacker(kind)
    document = json.loads(issuer.controller_document())
    if variant == "listed by reference":
        document["assertionMethod"].append(other.method)
    if variant == "listed for login only":
        document["authentication"] = [other.method]
    evidence = (*documents({issuer.id: compact_json(document)}), *evidence_of(other))
    return File(_sealed_by(other, issuer), evidence)


@case("P09", H, "a method in the attacker's document says that the university controls it",
      attacks={"did:web": not_authorised(), "https": not_authorised(),
               "the university's document names another key": not_authorised()},
      twins={"the university agrees": VALID})
def _claimed_controller(variant: str) -> Input:
    issuer = university()
    other = attacker("https" if variant == "https" else "did:web")
    claimed = json.loads(other.controller_document())
    claimed["verificationMethod"][0]["controller"] = issuer.id
    honest = json.loads(issuer.controller_document())
    if variant == "the university agrees":
        honest["assertionMethod"].append(other.method)
    if variant == "the university's document names another key":
        honest["verificationMethod"].append(honest["verificationMethod"][0] | {"id": other.method,
                                                                               "controller": other.id})
        honest["assertionMethod"].append(other.method)
    served = {issuer.id: compact_json(honest), other.id: compact_json(claimed)}
    return File(_sealed_by(other, issuer), tuple(documents(served)))


@case("P10", H, "the proof brings its own key as an object",
      attacks={"object": malformed(R.PROOF_MALFORMED),
               "object with the right id": malformed(R.PROOF_MALFORMED),
               "array": malformed(R.PROOF_MALFORMED), "beside the name": malformed(R.UNDEFINED_TERM,
                                                                                  check=CheckId.PROOF)})
def _embedded_key(variant: str) -> Input:
    issuer, other = university(), attacker()
    key = {"id": other.method, "type": "Multikey", "controller": issuer.id,
           "publicKeyMultibase": other.key.multibase}
    forged = json.loads(_sealed_by(other, issuer))
    named = {"object": key, "object with the right id": key | {"id": issuer.method}, "array": [issuer.method]}
    if variant in named:
        forged["proof"]["verificationMethod"] = named[variant]
    if variant == "beside the name":
        forged["proof"] |= {"verificationMethod": issuer.method, "publicKeyMultibase": other.key.multibase}
    return judged_file(issuer.badge() if variant == TWIN else compact_json(forged), issuer)


_TRICKS = ("did:web:northbridge.example#key-1?x", "did:web:northbridge.example/..#key-1",
           "did:web:northbridge.example#key-1#key-1", "did:web:northbridge.example?x#key-1",
           "did:web:northbridge.example#", "#key-1", "key-1", "did:web:northbridge.example#key 1",
           "did:web:northbridge.example#key-1\n", "did:web:mallory.example:..:northbridge.example#key-1",
           "did:web:northbridge.example#key-1\u200b")
# A well-formed DID, and another one than the issuer's.
_ANOTHER = "did:web:northbridge.example%00#key-1"
_BAD_NAME = malformed(R.PROOF_MALFORMED)


@case("P11", H, "the method's name plays with fragments, queries and paths",
      attacks={repr(name)[1:-1]: _BAD_NAME for name in _TRICKS} | {_ANOTHER: not_authorised()})
def _method_name(variant: str) -> Input:
    issuer = university()
    names = {repr(name)[1:-1]: name for name in (*_TRICKS, _ANOTHER)}
    return judged_file(issuer.badge() if variant == TWIN else unsealed(
        issuer, lambda one: one["proof"].update(verificationMethod=names[variant])), issuer)


_MISMATCH = bad_seal(R.KEY_SUITE_MISMATCH)


@case("P12", H, "the proof lies about its suite or type",
      attacks={"eddsa-rdfc as eddsa-jcs": bad_seal(), "eddsa-jcs as eddsa-rdfc": bad_seal(),
               "ecdsa-rdfc as ecdsa-jcs": bad_seal(), "ecdsa-jcs as ecdsa-rdfc": bad_seal(),
               "eddsa as ecdsa": _MISMATCH, "ecdsa as eddsa": _MISMATCH,
               "old type": malformed(R.PROOF_MALFORMED), "no suite": malformed(R.PROOF_MALFORMED),
               "no type": malformed(R.PROOF_MALFORMED), "type and suite": malformed(R.PROOF_MALFORMED),
               # The wallet names what it cannot check; it never calls it a fake, and never fine.
               "unknown suite": undetermined(R.PROOF_UNSUPPORTED, CheckId.PROOF),
               "suite in capitals": undetermined(R.PROOF_UNSUPPORTED, CheckId.PROOF)},
      twins=dict.fromkeys(("eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"), VALID))
def _lying_suite(variant: str) -> Input:
    def made(suite: str) -> JsonObject:
        signer = suites.Signer("EdDSA" if suite.startswith("eddsa") else "ES256")
        return suites.sealed(suites.badge(signer, suite), signer, suite)

    full = {"eddsa-rdfc": "eddsa-rdfc-2022", "eddsa-jcs": "eddsa-jcs-2022", "ecdsa-rdfc": "ecdsa-rdfc-2019",
            "ecdsa-jcs": "ecdsa-jcs-2019", "eddsa": "eddsa-rdfc-2022", "ecdsa": "ecdsa-rdfc-2019"}
    if variant in full.values():
        return judged_file(compact_json(made(variant)))
    true, _, said = variant.partition(" as ")
    document = made(full.get(true, "eddsa-rdfc-2022"))
    proof = document["proof"]
    if said:
        proof["cryptosuite"] = full[said]
    if variant in ("old type", "type and suite"):
        proof["type"] = "Ed25519Signature2020" if variant == "type and suite" else "eddsa-rdfc-2022"
    if variant == "old type":
        proof["type"] = "Ed25519Signature2018"
        del proof["cryptosuite"]
    for member in ("cryptosuite", "type"):
        if variant == ("no suite" if member == "cryptosuite" else "no type"):
            del proof[member]
    if variant in ("unknown suite", "suite in capitals"):
        proof["cryptosuite"] = "eddsa-rdfc-2099" if variant == "unknown suite" else "EDDSA-RDFC-2022"
    return judged_file(compact_json(document))
