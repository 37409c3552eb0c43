"""D5: tokens with hidden parts, S13 to S22. What a sender can add, twist, leave out or take off."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from pathlib import Path

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    Expected,
    Input,
    Severity,
    case,
    malformed,
    refused,
    status_open,
    valid,
)
from tests.attacks.scene import judged_file, university
from tests.conftest import ASSETS, AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sdjwt import answer, claims, digest, element, issue, part
from tests.simulators.signing import SigningKey, base64url, pinned_contexts
from wallet.model.errors import OperationError
from wallet.model.limits import MAX_DISCLOSURES
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Verdict
from wallet.operations.intake import ImportOutcome, import_bytes
from wallet.operations.session import Services, Session
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault
from wallet.verify.evidence import Expectation

C, H, M, L = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW
GIVEN, FAMILY = part("Maya", name="given_name"), part("Lind", name="family_name")
OTHER = part("Honours", name="distinction")
ASKED = Expectation(challenge="n-7Q", domain="https://harbor.example")
_TOO_EARLY = Expected(Verdict.NOT_YET_VALID.value, R.NOT_YET, CheckId.VALIDITY)
_AHEAD = timedelta(minutes=4)


def _shown(issuer: SimulatedIssuer, *shown: str, sealed: tuple[str, ...] = (GIVEN, FAMILY)) -> str:
    return issue(issuer, claims(issuer, *sealed), *shown)


@case("S13", C, "a disclosure that no digest names, or that only a hidden part names",
      attacks={"added": malformed(R.DISCLOSURE_UNREFERENCED),
               "of another credential": malformed(R.DISCLOSURE_UNREFERENCED),
               "of a hidden part": malformed(R.DISCLOSURE_UNREFERENCED)},
      twins={TWIN: VALID, "with its parent": VALID})
def _unreferenced(variant: str) -> Input:
    issuer = university()
    inner = part("Elm 3", name="street")
    outer = part({"_sd": [digest(inner)]}, name="address")
    made = {TWIN: _shown(issuer, GIVEN), "added": _shown(issuer, GIVEN, OTHER),
            "of another credential": _shown(issuer, GIVEN, part("Maya", name="given_name", salt="k" * 22)),
            "of a hidden part": _shown(issuer, inner, sealed=(outer,)),
            "with its parent": _shown(issuer, inner, outer, sealed=(outer,))}
    return judged_file(made[variant].encode(), issuer)


@case("S14", C, "one digest at two places, and one disclosure twice",
      attacks={"same array": malformed(R.DISCLOSURE_TWICE), "two levels": malformed(R.DISCLOSURE_TWICE),
               "not even shown": malformed(R.DISCLOSURE_TWICE), "shown twice": malformed(R.DISCLOSURE_TWICE)})
def _twice(variant: str) -> Input:
    issuer = university()
    payload = claims(issuer, GIVEN, FAMILY)
    if variant in ("same array", "not even shown"):
        payload["_sd"] = [digest(GIVEN), digest(GIVEN)]
    if variant == "two levels":
        payload["course"] = {"_sd": [digest(GIVEN)]}
    shown = {"not even shown": (), "shown twice": (GIVEN, GIVEN)}.get(variant, (GIVEN,))
    return judged_file(issue(issuer, payload, *shown).encode(), issuer)


@case("S15", C, "a disclosure named _sd or ..., or like a claim that is already there",
      attacks={name: malformed(R.DISCLOSURE_NAME) for name in ("_sd", "...", "iss", "exp", "given_name")})
def _overwriting(variant: str) -> Input:
    issuer = university()
    name = "distinction" if variant == TWIN else variant
    hostile = part("did:web:mallory.example", name=name)
    payload = claims(issuer, GIVEN, hostile, exp=1900000000)
    return judged_file(issue(issuer, payload, GIVEN, hostile).encode(), issuer)


@case("S16", H, "a disclosure of another shape, and parts in parts without end",
      attacks={"three in an array": malformed(R.DISCLOSURE_MALFORMED),
               "two in an object": malformed(R.DISCLOSURE_MALFORMED),
               "an object": malformed(R.DISCLOSURE_MALFORMED), "four": malformed(R.DISCLOSURE_MALFORMED),
               "499 levels": malformed(R.LIMIT_DEPTH), "501 parts": malformed(R.LIMIT_ITEMS),
               "deep value": malformed(R.LIMIT_DEPTH)},
      twins={TWIN: VALID, "500 parts": VALID, "20 levels": VALID})
def _odd_disclosure(variant: str) -> Input:
    issuer = university()
    if variant in ("501 parts", "500 parts"):
        many = tuple(part(place, name=f"c{place}") for place in range(int(variant[:3])))
        return judged_file(_shown(issuer, *many, sealed=many).encode(), issuer)
    if variant.endswith("levels"):
        return judged_file(_levels(issuer, int(variant.removesuffix(" levels"))).encode(), issuer)
    single = part("DE")
    if variant == "three in an array":
        payload = claims(issuer, nationalities=[element(GIVEN)])
        return judged_file(issue(issuer, payload, GIVEN).encode(), issuer)
    odd = {TWIN: GIVEN, "two in an object": single, "an object": _encoded({"salt": "x"}),
           "four": _encoded(["s" * 22, "a", 1, 2]),
           "deep value": part(json.loads("[" * 32 + "]" * 32), name="a")}
    return judged_file(_shown(issuer, odd[variant], sealed=(odd[variant],)).encode(), issuer)


def _levels(issuer: SimulatedIssuer, count: int) -> str:
    texts = [part("end", name="end")]
    while len(texts) <= count:
        texts.append(part({"_sd": [digest(texts[-1])]}, name="a"))
    assert len(texts) <= MAX_DISCLOSURES
    return _shown(issuer, *texts, sealed=(texts[-1],))


def _encoded(value: object) -> str:
    return base64url(json.dumps(value).encode())


@case("S17", H, "a hash that protects nothing, and a digest over the decoded text",
      attacks={"md5": malformed(R.DIGEST_REFUSED), "sha-1": malformed(R.DIGEST_REFUSED),
               "none": malformed(R.DIGEST_REFUSED), "null": malformed(R.DIGEST_REFUSED),
               "over the decoded text": malformed(R.DISCLOSURE_UNREFERENCED),
               "sha-512, not said": malformed(R.DISCLOSURE_UNREFERENCED)},
      twins={TWIN: VALID, "missing": VALID, "sha-512": VALID})
def _weak_hash(variant: str) -> Input:
    issuer = university()
    payload = claims(issuer, GIVEN)
    if variant in ("md5", "sha-1", "none", "null"):
        payload["_sd_alg"] = None if variant == "null" else variant
    if variant == "missing":
        del payload["_sd_alg"]
    if variant.startswith("sha-512"):
        payload |= {"_sd": [digest(GIVEN, "sha512")], "_sd_alg": "sha-512"}
    if variant == "sha-512, not said":
        del payload["_sd_alg"]
    if variant == "over the decoded text":
        decoded = json.dumps(["kHMcmd2FBvVoKJkP3vyY5g", "given_name", "Maya"], separators=(",", ":"))
        payload["_sd"] = [digest(decoded)]
    return judged_file(issue(issuer, payload, GIVEN).encode(), issuer)


@case("S18", H, "the sender leaves out what ends a credential, withdraws it or ties it to a key",
      attacks={**{name: valid(note=R.HIDDEN_MAY_DECIDE) for name in ("exp", "status", "cnf", "validUntil")},
               **{name: status_open(R.STATUS_HIDDEN) for name in (
                   "one of two entries", "both entries", "a part of an entry")}},
      twins={TWIN: VALID, "shown": Expected(Verdict.EXPIRED.value, R.ENDED, CheckId.VALIDITY),
             "every entry shown": Expected(Verdict.REVOKED.value, R.STATUS_REVOKED, CheckId.STATUS)})
def _left_out(variant: str) -> Input:
    issuer = university()
    if "entr" in variant:
        return _entries_left_out(issuer, variant)
    if variant == "validUntil":
        document = issuer.badge_document()
        document["_sd"] = [digest(part("2026-01-01T00:00:00Z", name="validUntil"))]
        return judged_file(issue(issuer, document, typ="vc+sd-jwt").encode(), issuer)
    values = {"exp": 1767225600, "status": {"status_list": {"idx": 1, "uri": "https://x.example/l"}},
              "cnf": {"jwk": SigningKey("ES256", "holder").jwk}}
    name = "exp" if variant == "shown" else variant
    # Plain claims of an issuer: a typed credential may not hide these at all.
    payload = {"iss": issuer.id, "sub": "maya"}
    if name in values:
        hidden = part(values[name], name=name)
        payload |= {"_sd": [digest(hidden)]}  # type: ignore[dict-item] # an array beside texts
        shown = (hidden,) if variant == "shown" else ()
        return judged_file(issue(issuer, payload, *shown, typ="example+sd-jwt").encode(), issuer)
    return judged_file(issue(issuer, payload, typ="example+sd-jwt").encode(), issuer)


def _entries_left_out(issuer: SimulatedIssuer, variant: str) -> Input:
    """What says where it is withdrawn is there, and sealed in pieces; the first entry is set on its list."""
    revocation, suspension = issuer.entry(7), issuer.entry(8, "suspension")
    issuer.revoke(7)
    size = part(1, name="statusSize")
    entries = tuple(part(one) for one in (revocation, suspension))
    shown = {"one of two entries": entries[1:], "every entry shown": entries}.get(variant, ())
    document = issuer.badge_document() | {"credentialStatus": [element(one) for one in entries]}
    if variant == "a part of an entry":
        document["credentialStatus"] = {**suspension, "_sd": [digest(size)]}
    return judged_file(issue(issuer, document, *shown, typ="vc+sd-jwt").encode(), issuer)


def _binding(code: R) -> Expected:
    return Expected(Verdict.INVALID.value, code, CheckId.BINDING)


def _answer(code: R) -> Expected:
    return Expected(Verdict.INVALID.value, code, CheckId.PROOF)


@case("S19", C, "an answer that is missing, by another key, over other parts, for others, or old",
      attacks={"taken off": _binding(R.KEY_BINDING_MISSING), "another key": _answer(R.SIGNATURE_WRONG),
               "other parts": _answer(R.KEY_BINDING_OTHER), "aud": _binding(R.DOMAIN_WRONG),
               "nonce": _binding(R.CHALLENGE_WRONG), "old": _binding(R.KEY_BINDING_STALE),
               "future": _binding(R.KEY_BINDING_STALE), "not before tomorrow": _TOO_EARLY,
               "begins with a word": malformed(R.JWT_CLAIM)},
      twins={TWIN: VALID, "nobody asked": VALID, "another clock": VALID})
def _live(variant: str) -> Input:
    issuer = university()
    text = _shown(issuer, GIVEN)
    made = {
        TWIN: answer(text), "taken off": text.encode(), "nobody asked": text.encode(),
        "another key": answer(text, key=SigningKey("ES256", "mallory")),
        "other parts": answer(text, over=_shown(issuer, FAMILY)),
        "aud": answer(text, aud="https://other.example"), "nonce": answer(text, nonce="yesterday"),
        "old": answer(text, at=AT - timedelta(days=2)), "future": answer(text, at=AT + timedelta(hours=1)),
        "not before tomorrow": answer(text, nbf=int(AT.timestamp()) + 86_400),
        "begins with a word": answer(text, nbf="tomorrow"),
        "another clock": answer(text, at=AT + _AHEAD, nbf=int((AT + _AHEAD).timestamp()))}
    return judged_file(made[variant], issuer,
                       expectation=Expectation() if variant == "nobody asked" else ASKED)


@case("S20", M, "a holder imports an answer that was made for somebody else",
      attacks={"answer": refused(R.SHOWN_NOT_GIVEN)}, twins={TWIN: FINE})
def _imported(variant: str) -> Input:
    issuer = university()
    text = _shown(issuer, GIVEN)
    return Act(lambda: _import(text.encode() if variant == TWIN else answer(text)))


def _import(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "wallet"
        vault = create_vault(folder, "four bright lanterns drifting", now=AT, kdf=FLOOR).vault
        services = Services(lambda: AT, pinned_contexts(), ASSETS, folder, Path(place) / "settings.json")
        try:
            row, = import_bytes(Session(services, vault, pinned_contexts()), data, "attack").rows
            assert bool(vault.list()) is (row.outcome is ImportOutcome.ADDED)
        finally:
            vault.close()
    if row.reason is not None:
        raise OperationError(row.reason)


@case("S21", M, "disclosures in another order; a tilde missing, doubled or too many",
      attacks={"no last tilde": malformed(R.BAD_SD_JWT), "no tilde": malformed(R.BAD_SD_JWT),
               "empty": malformed(R.BAD_SD_JWT), "two at the end": malformed(R.BAD_SD_JWT)},
      twins={TWIN: VALID, "another order": VALID, "nothing shown": VALID})
def _tildes(variant: str) -> Input:
    issuer = university()
    text = _shown(issuer, GIVEN, FAMILY)
    made = {TWIN: text, "another order": _shown(issuer, FAMILY, GIVEN), "nothing shown": _shown(issuer),
            "no last tilde": text[:-1], "no tilde": _shown(issuer)[:-1],
            "empty": text.replace(f"~{GIVEN}~", f"~~{GIVEN}~"), "two at the end": text + "~"}
    return judged_file(made[variant].encode(), issuer)


@case("S22", M, "salts that can be guessed",
      attacks={name: valid(note=R.HIDDEN_GUESSABLE) for name in ("1", "c2FsdA", "one for all")})
def _careless_salts(variant: str) -> Input:
    issuer = university()
    if variant == TWIN:
        return judged_file(_shown(issuer, GIVEN).encode(), issuer)
    salt = "kHMcmd2FBvVoKJkP3vyY5g" if variant == "one for all" else variant
    weak = tuple(part(value, name=name, salt=salt)
                 for name, value in (("given_name", "Maya"), ("family_name", "Lind")))
    return judged_file(_shown(issuer, *weak, sealed=weak).encode(), issuer)
