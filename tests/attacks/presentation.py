"""D8: packs, answers and recipients, X08 to X13, X15, X16. Who shows what to whom, and what else leaves."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    Expected,
    File,
    Input,
    Severity,
    case,
    malformed,
    not_authorised,
    valid,
)
from tests.attacks.learner import kept, learner
from tests.attacks.scene import attacker, evidence_of, university
from tests.simulators.issuer import SimulatedIssuer, hashed_email
from tests.simulators.pictures import badge_png
from tests.simulators.signing import JsonObject, compact_json, embed_proof
from wallet.codec.frames import to_frames
from wallet.codec.payload import decode_payload, encode_payload
from wallet.formats.baked import bake_png
from wallet.formats.pack import COVER, MANIFEST, PRESENTATION_JSON, manifest, read_pack
from wallet.model.credential import Parsed
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, HeadlineCode, Report, Verdict
from wallet.model.sharing import ShareTerms
from wallet.operations.library import export
from wallet.operations.sharing import carrier_text, linkedin, present, save_pack, show_qr
from wallet.share.presentation import write_pack
from wallet.verify.evidence import Expectation
from wallet.wording.outcomes import Audience, sentence

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
V2 = "https://www.w3.org/ns/credentials/v2"
NONCE, DOMAIN = "n-7Q", "https://jobs.harbor.example"
MAIL = "maya@lind.example"


def maya() -> SimulatedIssuer:
    """The learner's own key."""
    return university("did:key", seed="maya", host="maya.example")


def pack(*items: Any, by: SimulatedIssuer | None = None, holder: str = "", **options: Any) -> bytes:
    """A presentation of these, signed by the learner or by somebody else."""
    signer = by or maya()
    document: JsonObject = {"@context": [V2], "type": ["VerifiablePresentation"],
                            "holder": holder or maya().id,
                            "verifiableCredential": list(items)}
    return compact_json(embed_proof(document, signer.key, suite="eddsa-rdfc-2022", method=signer.method,
                                    created="2026-11-20T09:00:00Z", purpose="authentication",
                                    options=options))


def hers(issuer: SimulatedIssuer, **changes: Any) -> JsonObject:
    """A badge that names the learner's key."""
    document: JsonObject = json.loads(issuer.badge(subject_id=maya().id, **changes))
    return document


def countersigned(data: bytes, by: SimulatedIssuer, *, first: bool = True, **options: Any) -> bytes:
    """A signed presentation with one more proof, by somebody who signs it as it is."""
    document = json.loads(data)
    own = document.pop("proof")
    more = embed_proof(document, by.key, suite="eddsa-rdfc-2022", method=by.method,
                       created="2026-11-20T09:00:00Z", purpose="authentication", options=options)["proof"]
    return compact_json(document | {"proof": [more, own] if first else [own, more]})


def _asked(data: bytes, **asked: str) -> File:
    return File(data, evidence_of(university()), expectation=Expectation(**asked))  # type: ignore[arg-type]


_WRONG_CHALLENGE = Expected(Verdict.INVALID.value, R.CHALLENGE_WRONG, CheckId.BINDING)
_WRONG_DOMAIN = Expected(Verdict.INVALID.value, R.DOMAIN_WRONG, CheckId.BINDING)
_CHALLENGES = {"another": "n-8R", "none": "", "other case": "n-7q", "longer": "n-7Qx", "a space": "n-7Q "}
_SEVERAL: dict[str, Any] = {"two questions": [NONCE, "n-8R"], "one in an array": [NONCE]}
_DOMAINS: dict[str, Any] = {
    "another audience": "https://other.example", "no audience": "", "audience in capitals": DOMAIN.upper(),
    "audience with a slash": DOMAIN + "/",
    "audience as a beginning": "https://jobs.harbor.example.mallory.example",
    "a part of the audience": "harbor.example", "two audiences": [DOMAIN, "https://mallory.example"]}
_TODAY: dict[str, Any] = {"challenge": NONCE, "domain": DOMAIN}
#: What the learner's own proof says otherwise, and what the proof says that somebody added in front of it.
_OTHERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another's proof answers": ({"challenge": "n-8R"}, _TODAY),
    "another's proof is for you": ({"domain": "https://other.example"}, _TODAY),
    "another's proof beside": ({}, {})}


@case("X08", C, "a pack that was made for another question or another person, or for none",
      attacks={**dict.fromkeys(_CHALLENGES, _WRONG_CHALLENGE), **dict.fromkeys(_DOMAINS, _WRONG_DOMAIN),
               **dict.fromkeys(_SEVERAL, malformed(R.PROOF_MALFORMED)),
               "an empty question": _WRONG_CHALLENGE, "another's proof answers": _WRONG_CHALLENGE,
               "another's proof is for you": _WRONG_DOMAIN,
               "the credential without its pack": Expected("invalid", R.KEY_BINDING_MISSING, CheckId.BINDING),
               "the item of a replayed pack": Expected(Verdict.VALID.value, item=0),
               "answer changed": Expected(Verdict.INVALID.value, R.SIGNATURE_WRONG, CheckId.PROOF)},
      twins={TWIN: Expected(Verdict.VALID.value, R.CHALLENGE_MATCHES, CheckId.BINDING, note=R.DOMAIN_MATCHES),
             "an audience in an array": VALID, "nobody asked": VALID, "another's proof beside": VALID,
             "the credential, nobody asked": VALID, "her older answer before it": VALID})
def _replayed(variant: str) -> Input:
    item = hers(university())
    options: dict[str, Any] = {"challenge": NONCE, "domain": DOMAIN}
    if variant in _CHALLENGES or variant in _SEVERAL:
        options["challenge"] = {**_CHALLENGES, **_SEVERAL}[variant]
    if variant in _DOMAINS:
        options["domain"] = _DOMAINS[variant]
    if variant == "an audience in an array":
        options["domain"] = [DOMAIN]
    if variant in _OTHERS:
        own, theirs = _OTHERS[variant]
        data = countersigned(pack(item, **options | own), attacker(), **theirs)
        return _asked(data, challenge=NONCE, domain=DOMAIN)
    data = pack(item, **{name: value for name, value in options.items() if value})
    if variant == "her older answer before it":
        data = countersigned(data, maya(), challenge="n-8R", domain=DOMAIN)
    if variant.startswith("the credential"):
        data = compact_json(item)
    if variant.endswith("nobody asked"):
        return _asked(data)
    if variant == "an empty question":
        return _asked(data, challenge="", domain=DOMAIN)
    if variant == "the item of a replayed pack":
        return _asked(data, challenge="n-8R", domain=DOMAIN)
    if variant == "answer changed":
        data = data.replace(b'"challenge":"n-7Q"', b'"challenge":"n-8R"')
        return _asked(data, challenge="n-8R", domain=DOMAIN)
    return _asked(data, challenge=NONCE, domain=DOMAIN)


def _item(code: R, *, place: int = 0) -> Expected:
    return Expected(Verdict.VALID.value, code, CheckId.BINDING, item=place)


@case("X09", C, "shown by one key, named for another: pack and credential each say which",
      attacks={"holder is another than the signer": not_authorised(),
               "signer is another than the subject": _item(R.HOLDER_KEY_MISMATCH),
               "subject of somebody else": _item(R.HOLDER_KEY_MISMATCH),
               "signer is the issuer": _item(R.HOLDER_KEY_MISMATCH)},
      twins={TWIN: _item(R.HOLDER_PROVEN), "the pack itself": VALID})
def _another_holder(variant: str) -> Input:
    issuer, other = university(), attacker()
    made: dict[str, Callable[[], bytes]] = {
        "holder is another than the signer": lambda: pack(hers(issuer), by=other, challenge=NONCE),
        "signer is another than the subject": lambda: pack(hers(issuer), by=other, holder=other.id,
                                                           challenge=NONCE),
        "subject of somebody else": lambda: pack(
            json.loads(issuer.badge(subject_id=other.id)), challenge=NONCE),
        "signer is the issuer": lambda: pack(hers(university("did:key")), by=university("did:key"),
                                             holder=university("did:key").id, challenge=NONCE)}
    data = made.get(variant, lambda: pack(hers(issuer), challenge=NONCE))()
    return _asked(data, challenge=NONCE)


@case("X10", H, "a credential that names nobody's key: said, and no failure",
      attacks={"an e-mail hash": _item(R.HOLDER_LIVE_UNBOUND), "nobody at all": _item(R.HOLDER_LIVE_UNBOUND),
               "a name that is no key": _item(R.HOLDER_LIVE_UNBOUND),
               "nobody asked": _item(R.HOLDER_NOT_PROVEN)},
      twins={TWIN: _item(R.HOLDER_PROVEN)})
def _bearer(variant: str) -> Input:
    issuer = university()
    made = {TWIN: hers(issuer), "nobody at all": json.loads(issuer.badge(email="")),
            "a name that is no key": json.loads(issuer.badge(subject_id="urn:uuid:7"))}
    data = pack(made.get(variant, json.loads(issuer.badge())), challenge=NONCE)
    return _asked(data) if variant == "nobody asked" else _asked(data, challenge=NONCE)


def _partial(report: Report, _parsed: Parsed | None) -> None:
    assert headline_code(report) is HeadlineCode.PACK_PARTIAL
    assert report.verdict is Verdict.VALID


_ITEMS = {"good": VALID, "withdrawn": Expected("revoked", R.STATUS_REVOKED, CheckId.STATUS),
          "of somebody else": _item(R.HOLDER_KEY_MISMATCH),
          "altered": Expected("invalid", R.SIGNATURE_WRONG, CheckId.PROOF),
          "unsigned": Expected("unsigned", R.PROOF_MISSING, CheckId.PROOF)}


@case("X11", H, "one pack with good, withdrawn, altered, unsigned and somebody else's: each by itself",
      attacks={name: Expected(one.word, one.code, one.check, item=place)
               for place, (name, one) in enumerate(_ITEMS.items())},
      twins={TWIN: VALID})
def _mixed(variant: str) -> Input:
    issuer = university()
    revoked = hers(issuer, entries=(issuer.entry(3),), number=2)
    unsigned = hers(issuer, number=5)
    del unsigned["proof"]
    items = [hers(issuer), revoked, json.loads(issuer.badge(subject_id=attacker().id, number=3)),
             hers(issuer, number=4) | {"name": "Surgery"}, unsigned]
    issuer.revoke(3)
    chosen = items[:1] if variant == TWIN else items
    return File(pack(*chosen, challenge=NONCE), evidence_of(issuer), expectation=Expectation(challenge=NONCE),
                holds=None if variant == TWIN else _partial)


# --- recipients ---

_MATCH, _VARIANT, _MISMATCH, _NOBODY = (
    valid(code, CheckId.RECIPIENT)
    for code in (R.RECIPIENT_MATCH, R.RECIPIENT_VARIANT, R.RECIPIENT_MISMATCH, R.RECIPIENT_UNKNOWN))
_GUESSABLE = valid(R.RECIPIENT_MATCH, CheckId.RECIPIENT, note=R.RECIPIENT_GUESSABLE)
_TYPED = {"capitals": "Maya@Lind.Example", "spaces": "  maya@lind.example\n",
          "a tag": "maya+badges@lind.example",
          "somebody else": "noor@lind.example", "the hash itself": hashed_email(MAIL, "b4c1"),
          "with the salt": MAIL + "b4c1",          "nothing": "", "a blank": "  "}


@case("X12", H, "addresses that are nearly the one that was hashed, and hashes that say nothing",
      attacks={"capitals": _VARIANT, "spaces": _VARIANT, "a tag": _MISMATCH, "somebody else": _MISMATCH,
               "the hash itself": _NOBODY, "with the salt": _MISMATCH, "nothing": _NOBODY,
               "a blank": _NOBODY,
               "no salt": _GUESSABLE,
               "md5": valid(R.RECIPIENT_MATCH, CheckId.RECIPIENT, note=R.RECIPIENT_WEAK_HASH),
               "md5, somebody else": valid(R.RECIPIENT_MISMATCH, CheckId.RECIPIENT,
                                            note=R.RECIPIENT_WEAK_HASH),
               "an unknown algorithm": _NOBODY, "the hash of nothing": _MISMATCH, "an empty hash": _MISMATCH,
               "composed otherwise": _VARIANT, "the second of two": valid(R.RECIPIENT_ANOTHER,
                                                                          CheckId.RECIPIENT)},
      twins={TWIN: _MATCH, "open, in other letters": _VARIANT, "the first of two": _MATCH})
def _recipients(variant: str) -> Input:
    issuer = university("did:key")
    document = issuer.badge_document()
    named = document["credentialSubject"]["identifier"][0]
    md5 = {"identityHash": "md5$" + _md5(MAIL + "b4c1")}
    changes: dict[str, JsonObject] = {
        "no salt": {"identityHash": hashed_email(MAIL), "salt": ""}, "md5": md5, "md5, somebody else": md5,
        "an unknown algorithm": {"identityHash": "sha3$00ff"}, "an empty hash": {"identityHash": "sha256$"},
        "the hash of nothing": {"identityHash": hashed_email("", "b4c1")},
        "composed otherwise": {"identityHash": hashed_email("zo\u00eb@lind.example", "b4c1")},
        "open, in other letters": {"identityHash": MAIL.title(), "hashed": False}}
    if variant.endswith("of two"):  # with one achievement each
        first, other = document["credentialSubject"], issuer.badge_document(number=2)["credentialSubject"]
        other["identifier"][0]["identityHash"] = hashed_email("noor@lind.example", "b4c1")
        document["credentialSubject"] = [first, other] if variant.startswith("the first") else [other, first]
    named.update(changes.get(variant, {}))
    if variant == "no salt":
        del named["salt"]
    typed = _TYPED.get(variant, MAIL)
    if variant == "composed otherwise":
        typed = unicodedata.normalize("NFD", "zo\u00eb@lind.example")
    if variant == "md5, somebody else":
        typed = "noor@lind.example"
    return File(compact_json(issuer.seal(document)), expectation=Expectation((typed,)))


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


# --- what leaves ---

_CANARIES = ("CANARY-PATH", "CANARY-AUTHOR", "CANARY-PLACE", "CANARY-NAME@lind.example", "CANARY-TAIL")


def _telling_picture(payload: bytes) -> bytes:
    """A picture that says who took it and where, with a credential in it."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    picture = badge_png()
    place = chunk(b"eXIf", b"II*\0CANARY-PLACE") + chunk(b"tEXt", b"Author\0CANARY-AUTHOR")
    return bake_png(picture[:33] + place + picture[33:], payload) + b"CANARY-TAIL"


_WAYS = ("pack", "presentation", "QR payload", "QR text", "LinkedIn link", "saved file's name")


@case("X13", M, "what leaves beside the credential: file names, authors, places, the learner's own addresses",
      attacks=dict.fromkeys(_WAYS, FINE), twins={TWIN: FINE})
def _metadata(variant: str) -> Input:
    def run() -> None:
        with learner() as session:
            session.set_identities((_CANARIES[3],))
            data = _telling_picture(university("did:key").badge())
            ident = kept(session, data, "CANARY-PATH/CANARY-AUTHOR.png")
            bundle = present(session, [ident], ShareTerms(audience="Harbor"))
            (whole,) = export(session, [ident], session.services.vault_folder.parent / "out")
            left: dict[str, Callable[[], bytes]] = {
                "pack": lambda: save_pack(session, bundle, session.services.vault_folder.parent / "p.vcpack")
                .read_bytes(),
                "presentation": lambda: bundle.presentation,
                "QR payload": lambda: decode_payload(bundle.payload),
                "QR text": lambda: b"".join(frame.text.encode() for frame in show_qr(session, bundle)),
                "LinkedIn link": lambda: linkedin(session, ident).url.encode() + carrier_text(
                    session, bundle).encode(),
                "saved file's name": whole.name.encode}
            if variant == TWIN:  # the original itself is the learner's, whole, as it came
                assert whole.read_bytes() == data
                return
            found = left[variant]()
            secrets = _CANARIES if variant == "saved file's name" else (*_CANARIES, ident)
            assert not [one for one in secrets if one.encode() in found]
            assert session.vault.holder_key() not in found

    return Act(run)


def _made() -> tuple[bytes, bytes]:
    with learner() as session:
        bundle = present(session, [kept(session, university("did:key").badge())], ShareTerms())
    return bundle.presentation, bundle.pack


_LIE = "Genuine and current. Sealed by Northbridge University, checked by this computer.\n" * 3


def _no_word_of_it(report: Report, parsed: Parsed | None) -> None:
    assert headline_code(report) is HeadlineCode.PACK_FINE
    for audience in Audience:
        assert "checked by this computer" not in sentence(report, audience)
    assert parsed is not None


@case("X15", M, "the unsigned wrapper of a pack edited: order, names, note",
      attacks={"another note": VALID, "members turned": VALID, "a comment": VALID,
               "another note, manifest not": malformed(R.PACK_ALTERED), "a label in the manifest": VALID,
               "the note taken out": malformed(R.PACK_ALTERED),
               "another credential": Expected("invalid", R.SIGNATURE_WRONG, CheckId.PROOF)},
      twins={TWIN: VALID})
def _wrapper(variant: str) -> Input:
    shown, good = _made()
    cover = read_pack(good).cover.encode()
    members = {PRESENTATION_JSON: shown, COVER: _LIE.encode() if "another note" in variant else cover}
    if variant == "another credential":
        members[PRESENTATION_JSON] = shown.replace(b"Data Analysis", b"Brain Surgery")
    listed = members | {COVER: cover} if "manifest not" in variant else members
    first = manifest(listed)
    if variant == "a label in the manifest":
        first = first[:-1] + b',"verdict":"valid","title":"Brain Surgery"}'
    if variant == "the note taken out":
        del members[COVER]
    if variant == "members turned":
        members = dict(reversed(members.items()))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in {MANIFEST: first, **members}.items():
            archive.writestr(name, data)
        archive.comment = b"Genuine and current" if variant == "a comment" else b""
    inert = variant in (TWIN, "another note", "members turned", "a comment", "a label in the manifest")
    data = write_pack(shown, cover.decode()) if variant == TWIN else target.getvalue()
    return File(data, holds=_no_word_of_it if inert else None)


_MISSING, _MIXED = malformed(R.QR_FRAMES_MISSING), malformed(R.QR_FRAMES_MIXED)


@case("X16", M, "frames of a code that are missing, of another code, contradicting or too many",
      attacks={"one missing": _MISSING, "only one": _MISSING, "of another code": _MIXED,
               "wrong total": _MIXED,
               "a part changed": _MIXED, "two say different things": _MIXED,
               "501 parts": malformed(R.LIMIT_FRAMES),
               "9,999 parts": malformed(R.LIMIT_FRAMES), "10,000 parts": malformed(R.BAD_ENCODING),
               "10,000 lines": malformed(R.LIMIT_FRAMES),
               "number above the total": malformed(R.BAD_ENCODING),
               "number nought": malformed(R.BAD_ENCODING),
               "something else between": malformed(R.QR_FOREIGN)},
      twins={TWIN: VALID, "turned round": VALID, "repeated": VALID})
def _frames(variant: str) -> Input:
    shown, _ = _made()
    frames = list(to_frames(encode_payload(shown), 200))
    other = to_frames(encode_payload(shown + b" "), 200)
    last = frames[-1]
    total = f"/{len(frames)}:"
    made: dict[str, list[str]] = {
        TWIN: frames, "turned round": frames[::-1], "repeated": [*frames, *frames[:2]],
        "one missing": frames[1:], "only one": frames[:1], "of another code": [*frames[:-1], other[-1]],
        "wrong total": [*frames[:-1], last.replace(total, f"/{len(frames) + 1}:")],
        "a part changed": [*frames[:-1], last[:-3] + ("000" if last[-3:] != "000" else "111")],
        "two say different things": [*frames, frames[0].replace(frames[0][-3:], "111")],
        **{f"{count:,} parts": [frames[0].replace(total, f"/{count}:")] for count in (501, 9_999, 10_000)},
        "10,000 lines": [f"{last[:-3]}{number:03}" for number in range(10_000)],
        "number above the total": [frames[0].replace("1/", f"{len(frames) + 1}/")],
        "number nought": [frames[0].replace("1/", "0/")],
        "something else between": [*frames[:1], "WIFI:S:x;;", *frames[1:]]}
    return File("\n".join(made[variant]).encode())
