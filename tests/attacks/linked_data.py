"""D2: JSON-LD, L01 to L13. Words without meaning, and who may say what words mean."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    File,
    Input,
    Severity,
    case,
    malformed,
    refused,
    undetermined,
    valid,
)
from tests.attacks.scene import achievement, evidence_of, judged_file, sealed, university, unsealed
from tests.conftest import ASSETS
from tests.simulators import sdjwt
from tests.simulators.cose import cose_sign1
from tests.simulators.issuer import OB_2_0, V2
from tests.simulators.signing import JsonObject, _hash, base58, compact_json, pinned_contexts
from wallet.codec.linked_data.canonical import canonicalise, context_addresses
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.credential import Parsed
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Report

C, H = Severity.CRITICAL, Severity.HIGH
OURS = "https://vocabulary.example/v1"

#: Words of a vocabulary that a person chose to trust, for what the shipped ones do not have.
WORDS: JsonObject = {
    "node": {"@id": "urn:words:node"}, "next": {"@id": "urn:words:next", "@type": "@id"},
    "motto": {"@id": "urn:words:motto", "@container": "@language"}}


def with_words(words: JsonObject | None = None) -> Contexts:
    """The shipped contexts and one that the person who checks supplies."""
    return pinned_contexts().extended({OURS: compact_json({"@context": words or WORDS})})


def sealed_in(contexts: Contexts, edit: Callable[[JsonObject], object]) -> bytes:
    """A badge with the supplied vocabulary, sealed over its statements under these contexts."""
    issuer = university()
    document = issuer.badge_document()
    document["@context"].append(OURS)
    edit(document)
    return compact_json(document | {"proof": proof_over(contexts, document)})


def proof_over(contexts: Contexts, document: JsonObject) -> JsonObject:
    """The university's proof over whatever is stated under these contexts."""
    issuer = university()
    proof: JsonObject = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
                         "created": "2026-05-12T09:30:00Z", "verificationMethod": issuer.method,
                         "proofPurpose": "assertionMethod"}
    hashed = b""
    for one in ({"@context": document["@context"], **proof}, document):
        known = contexts.variants(context_addresses(one))[0]
        hashed += hashlib.sha256(canonicalise(one, known)).digest()
    return proof | {"proofValue": "z" + base58(issuer.key.sign(hashed))}


_UNDEFINED = malformed(R.UNDEFINED_TERM)
_ADDED: dict[str, Callable[[JsonObject], object]] = {
    "beside the name": lambda one: one.update(honours="first class"),
    "null": lambda one: one.update(honours=None),
    "an object": lambda one: one.update(honours={"id": "https://x.example/", "type": "Profile"}),
    "in the subject": lambda one: one["credentialSubject"].update(honours="first class"),
    "in the achievement": lambda one: achievement(one).update(honours="first class"),
    "in an alignment": lambda one: achievement(one)["alignment"][0].update(honours="first class"),
    "in the issuer": lambda one: one["issuer"].update(accreditedBy="Ministry"),
    "other capitals": lambda one: one.update(Name="Brain Surgery"),
    "with a space": lambda one: one.update({"name ": "Brain Surgery"}),
    "with a look-alike letter": lambda one: one.update({"n\u0430me": "Brain Surgery"}),
}


@case("L01", C, "a word that no vocabulary defines, added to a sealed credential",
      attacks=dict.fromkeys(_ADDED, _UNDEFINED), twins={TWIN: VALID, "a defined word": VALID})
def _undefined(variant: str) -> Input:
    issuer = university()
    if variant == "a defined word":
        return judged_file(sealed(issuer, lambda one: one.update(description="First class")), issuer)
    return judged_file(issuer.badge() if variant == TWIN else unsealed(issuer, _ADDED[variant]), issuer)


def _empty_seal(document: JsonObject) -> bytes:
    """A genuine seal of the university over nothing at all, beside words that state nothing."""
    issuer = university()
    options: JsonObject = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
                           "created": "2026-05-12T09:30:00Z", "verificationMethod": issuer.method,
                           "proofPurpose": "assertionMethod"}
    hashed = _hash({"@context": document["@context"],
                            **options}) + hashlib.sha256(b"").digest()
    return compact_json(document | {"proof": options | {"proofValue": "z" + base58(issuer.key.sign(hashed))}})


@case("L02", C, "a genuine seal over nothing, beside words that state nothing",
      attacks={"undefined words": malformed(R.FORMAT_UNKNOWN), "empty members": malformed(R.TYPE_MISSING),
               "only a context": malformed(R.FORMAT_UNKNOWN), "nulls": malformed(R.TYPE_MISSING)})
def _nothing_sealed(variant: str) -> Input:
    issuer = university()
    documents: dict[str, JsonObject] = {
        "undefined words": {"degree": "PhD", "holder_": "Mallory"}, "only a context": {},
        "empty members": {"type": [], "issuer": {}, "credentialSubject": []},
        "nulls": {"type": None, "issuer": None, "credentialSubject": None}}
    if variant == TWIN:
        return judged_file(issuer.credential(), issuer)
    return judged_file(_empty_seal({"@context": [V2], **documents[variant]}), issuer)


_ILLEGAL = {"space": " ", "angle": "<x>", "quote": '"', "brace": "{x}", "newline": "\n", "backslash": "\\",
            "NUL": "\0", "caret": "^", "pipe": "|"}


def _status(document: JsonObject, **changes: str) -> None:
    document["credentialStatus"] |= changes


_PLACES: dict[str, tuple[Callable[[JsonObject, str], object], R]] = {
    "issuer": (lambda one, text: one.update(issuer=f"did:web:northbridge.example{text}"), R.MEMBER_TYPE),
    "id": (lambda one, text: one.update(id=f"urn:uuid:1{text}"), R.MEMBER_TYPE),
    "credentialStatus.id": (lambda one, text: _status(one, id=f"urn:uuid:1{text}"), R.MEMBER_TYPE),
    "list address": (lambda one, text: _status(one, statusListCredential=f"https://x.example/{text}"),
                     R.BAD_IRI),
    "achievement": (lambda one, text: achievement(one).update(id=f"urn:uuid:1{text}"), R.BAD_IRI),
}


@case("L03", C, "an address with characters that make its whole statement vanish",
      attacks={f"{place}: {name}": malformed(code) for place, (_, code) in _PLACES.items()
               for name in _ILLEGAL},
      twins={TWIN: VALID, "escaped": VALID})
def _illegal_iri(variant: str) -> Input:
    issuer = university()
    entry = issuer.entry(3)
    if variant == "escaped":
        data = sealed(issuer, lambda one: achievement(one).update(id="https://northbridge.example/a%20b"))
        return judged_file(data, issuer)
    data = issuer.badge(entries=(entry,))
    if variant != TWIN:
        place, _, name = variant.partition(": ")
        edit = _PLACES[place][0]
        data = unsealed(issuer, lambda one: edit(one, _ILLEGAL[name]), entries=(entry,))
    return judged_file(data, issuer)


_INJECTED = {"a statement": 'en .\n<urn:x> <urn:y> "z" .\n_:b0 <urn:p> "',
             "a newline": "en\n", "a space": "en us", "nothing": "", "a long one": "e" * 9,
             "a look-alike": "\u212aa", "two hyphens": "en--us"}


@case("L04", C, "a language whose tag holds a statement of its own",
      attacks=dict.fromkeys(_INJECTED, malformed(R.BAD_LANGUAGE)) | {"a number": malformed(R.BAD_LANGUAGE)},
      twins={TWIN: VALID, "a language": VALID})
def _language(variant: str) -> Input:
    issuer = university()
    if variant == "a language":
        text = {"@value": "Analyse de données", "@language": "fr-CA"}
        return judged_file(sealed(issuer, lambda one: one.update(description=text)), issuer)
    tag = 5 if variant == "a number" else _INJECTED.get(variant)
    return judged_file(issuer.badge() if variant == TWIN else unsealed(
        issuer, lambda one: one.update(name={"@value": "Data Analysis Foundations", "@language": tag})),
        issuer)


_MAPPED = {name: tag for name, tag in _INJECTED.items() if name != "nothing"}


@case("L05", C, "the same in the key of a map by language",
      attacks=dict.fromkeys((*_MAPPED, "a sealed tag, look-alike"), malformed(R.BAD_LANGUAGE)))
def _language_map(variant: str) -> Input:
    contexts = with_words()
    document = json.loads(sealed_in(contexts, lambda one: one.update(motto={"ka": "Dare", "fr": "Ose"})))
    if variant == "a sealed tag, look-alike":  # the Kelvin sign, whose small letter is k
        document["motto"] = {"\u212aa": "Dare", "fr": "Ose"}
    elif variant != TWIN:
        document["motto"][_MAPPED[variant]] = "Forged"
    return File(compact_json(document), evidence_of(university()), contexts=contexts)


@case("L06", H, "what describes a text, and no seal over statements covers",
      attacks={"direction added": valid(note=R.QUIRK_UNSEALED_DIRECTION),
               "direction changed": valid(note=R.QUIRK_UNSEALED_DIRECTION),
               "index added": malformed(R.KEYWORD_IN_DATA), "index changed": malformed(R.KEYWORD_IN_DATA),
               "unknown keyword": malformed(R.KEYWORD_IN_DATA)},
      twins={TWIN: VALID, "direction as sealed": valid(note=R.QUIRK_UNSEALED_DIRECTION)})
def _direction(variant: str) -> Input:
    issuer = university()
    text = {"@value": "تحليل البيانات", "@language": "ar"}
    if variant.startswith("direction") and variant != "direction added":
        text["@direction"] = "rtl"
    document = json.loads(sealed(issuer, lambda one: one.update(description=text)))
    changes = {"direction added": {"@direction": "ltr"}, "direction changed": {"@direction": "ltr"},
               "index added": {"@index": "1"}, "index changed": {"@index": "2"},
               "unknown keyword": {"@set": "1"}}
    document["description"] |= changes.get(variant, {})
    return judged_file(compact_json(document), issuer)


_RELATIVE: dict[str, tuple[Callable[[JsonObject], object], R]] = {
    "type Forged": (lambda one: one["type"].append("Forged"), R.RELATIVE_IRI),
    "type of the subject": (lambda one: one["credentialSubject"]["type"].append("Forged"), R.RELATIVE_IRI),
    "empty id": (lambda one: one.update(id=""), R.MEMBER_TYPE),
    "empty inner id": (lambda one: achievement(one).update(id=""), R.MEMBER_MISSING),
    "fragment": (lambda one: achievement(one).update(id="#frag"), R.RELATIVE_IRI),
    "path": (lambda one: achievement(one).update(id="../achievements/2"), R.RELATIVE_IRI),
    "host without scheme": (lambda one: achievement(one).update(id="//northbridge.example/1"),
                            R.RELATIVE_IRI),
    "issuer": (lambda one: one.update(issuer="Northbridge"), R.MEMBER_TYPE),
    "skill address": (lambda one: achievement(one)["alignment"][0].update(targetUrl=""), R.MEMBER_MISSING),
}


@case("L07", H, "addresses and types that are not whole, and would vanish or be made up",
      attacks={name: malformed(code) for name, (_, code) in _RELATIVE.items()})
def _relative(variant: str) -> Input:
    issuer = university()
    return judged_file(issuer.badge() if variant == TWIN else unsealed(issuer, _RELATIVE[variant][0]), issuer)


_SWAP = {"name": "https://schema.org/alternateName", "description": "https://schema.org/name"}


@case("L08", C, "meanings brought along: an object among the contexts that swaps two words",
      attacks=dict.fromkeys(("appended", "first", "alone", "a vocabulary of its own", "in a token",
                             "in a message", "in an SD-JWT"), malformed(R.CONTEXT_INLINE)),
      twins={TWIN: VALID, "token twin": VALID, "message twin": VALID, "SD-JWT twin": VALID},
      open_={"a vocabulary of its own": "let in with a note, if no known context mentions its host"})
def _inline_context(variant: str) -> Input:
    issuer = university()
    contexts: dict[str, list[object]] = {
        "appended": [V2, OB_2_0, _SWAP], "first": [V2, _SWAP, OB_2_0], "alone": [V2, {"@vocab": "urn:x:"}],
        "a vocabulary of its own": [V2, OB_2_0, {"@vocab": "https://mallory.example/words#"}]}
    enveloped: dict[str, Callable[[JsonObject], bytes]] = {
        "token": issuer.seal_jwt,
        "message": lambda one: cose_sign1(compact_json(one), issuer.key, issuer.method),
        "SD-JWT": lambda one: sdjwt.issue(issuer, one, typ="vc+sd-jwt").encode()}
    for name, enclose in enveloped.items():
        if name in variant:
            document = issuer.badge_document()
            if "twin" not in variant:
                document["@context"].append(_SWAP)
            return judged_file(enclose(document), issuer)
    return judged_file(issuer.badge() if variant == TWIN else unsealed(
        issuer, lambda one: one.update({"@context": contexts[variant]})), issuer)


@case("L09", H, "the contexts in another order",
      attacks={"turned": malformed(R.CONTEXT_ORDER), "base context last": malformed(R.CONTEXT_ORDER),
               "both bases": malformed(R.CONTEXT_ORDER), "no base": malformed(R.CONTEXT_MISSING),
               "none": malformed(R.CONTEXT_MISSING), "token turned": malformed(R.CONTEXT_ORDER)},
      twins={TWIN: VALID, "token twin": VALID})
def _context_order(variant: str) -> Input:
    issuer = university()
    v1 = "https://www.w3.org/2018/credentials/v1"
    contexts = {"turned": [OB_2_0, V2], "base context last": ["https://w3id.org/security/data-integrity/v2",
                                                              V2],
                "both bases": [V2, v1], "no base": [OB_2_0], "none": []}
    if variant.startswith("token"):
        document = issuer.badge_document()
        if variant == "token turned":
            document["@context"].reverse()
        return judged_file(issuer.seal_jwt(document), issuer)
    return judged_file(issuer.badge() if variant == TWIN else unsealed(
        issuer, lambda one: one.update({"@context": contexts[variant]})), issuer)


_NESTED: dict[str, Callable[[JsonObject], object]] = {
    "in the subject": lambda one: one["credentialSubject"].update({"@context": [V2]}),
    "the same again": lambda one: one["credentialSubject"].update({"@context": [V2, OB_2_0]}),
    "in the achievement": lambda one: achievement(one).update({"@context": OB_2_0}),
    "in the issuer": lambda one: one["issuer"].update({"@context": OB_2_0}),
    "in an array": lambda one: achievement(one)["alignment"][1].update({"@context": V2}),
}


@case("L10", H, "meanings changed half-way: a context inside",
      attacks={**dict.fromkeys(_NESTED, malformed(R.CONTEXT_NESTED)),
               "null inside": malformed(R.CONTEXT_REFUSED),
               "null among them": malformed(R.CONTEXT_REFUSED), "object inside": malformed(R.CONTEXT_INLINE),
               "other in the proof": malformed(R.CONTEXT_MISMATCH, check=CheckId.PROOF)})
def _nested_context(variant: str) -> Input:
    issuer = university()
    more: dict[str, Callable[[JsonObject], object]] = {
        "null inside": lambda one: one["credentialSubject"].update({"@context": None}),
        "null among them": lambda one: one["@context"].append(None),
        "object inside": lambda one: one["credentialSubject"].update({"@context": _SWAP}),
        "other in the proof": lambda one: one["proof"].update({"@context": OB_2_0})}
    edits = _NESTED | more
    return judged_file(issuer.badge() if variant == TWIN else unsealed(issuer, edits[variant]), issuer)


_LOOKALIKES = {
    "http": OB_2_0.replace("https:", "http:"), "slash behind": V2 + "/", "capitals": OB_2_0.replace("purl",
                                                                                                    "PURL"),
    "escaped": OB_2_0.replace("ob", "%6fb", 1), "fragment": V2 + "#", "query": V2 + "?v=2",
    "other path": OB_2_0.replace("/spec/", "/evil/"), "other letter": OB_2_0.replace("purl", "pur1"),
    "punycode": OB_2_0.replace("imsglobal", "xn--imsglobl-1fg"), "Cyrillic": OB_2_0.replace("o", "\u043e", 1),
    "space behind": OB_2_0 + " ", "port": OB_2_0.replace(".org", ".org:443"),
    "user": OB_2_0.replace("purl", "purl@purl", 1)}
#: Those that a person would read as the same.
_NAMED = ("http", "slash behind", "capitals", "escaped", "fragment", "other path")


def _names_lookalike(report: Report, _parsed: Parsed | None) -> None:
    check = report.check(CheckId.STRUCTURE)
    assert check is not None
    assert check.reason["lookalike"] in (OB_2_0, V2), check.reason


@case("L11", C, "the address of a context that only looks like a known one",
      attacks=dict.fromkeys(_LOOKALIKES, undetermined(R.CONTEXT_UNKNOWN, CheckId.STRUCTURE)))
def _lookalike(variant: str) -> Input:
    issuer = university()
    if variant == TWIN:
        return judged_file(issuer.badge(), issuer)
    other = _LOOKALIKES[variant]
    contexts = [V2, OB_2_0, other] if other.startswith(V2) else [V2, other]
    data = unsealed(issuer, lambda one: one.update({"@context": contexts}))
    return judged_file(data, issuer, holds=_names_lookalike if variant in _NAMED else None)


@case("L12", C, "one byte of a shipped context changed on disk",
      attacks=dict.fromkeys(("one byte", "one byte more", "missing", "manifest", "swapped"),
                            refused(R.CONTEXT_ALTERED)), twins={TWIN: FINE})
def _altered_on_disk(variant: str) -> Input:
    def run() -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "contexts"
            shutil.copytree(ASSETS / "contexts", folder)
            one = folder / "credentials-v2.json"
            data = one.read_bytes()
            if variant == "one byte":
                one.write_bytes(data.replace(b"issuer", b"issues", 1))
            if variant == "one byte more":
                one.write_bytes(data + b"\n")
            if variant == "missing":
                one.unlink()
            if variant == "manifest":
                (folder / "manifest.json").write_bytes(b"{}")
            if variant == "swapped":
                shutil.copy(folder / "credentials-v1.json", one)
            assert Contexts.pinned(folder).addresses() == pinned_contexts().addresses()
    return Act(run)


_IMPORT = refused(R.CONTEXT_REFUSED)


@case("L13", H, "a supplied context that fetches, imports, or calls itself",
      attacks={"@import": _IMPORT, "@import inside": _IMPORT, "@base": _IMPORT, "a page": _IMPORT,
               "a redirect": _IMPORT, "over a shipped one": VALID,
               "itself": malformed(R.LINKED_DATA), "each other": malformed(R.LINKED_DATA),
               "an unknown one": undetermined(R.CONTEXT_UNKNOWN, CheckId.STRUCTURE)},
      twins={TWIN: VALID})
def _supplied_context(variant: str) -> Input:
    bodies: dict[str, object] = {
        "@import": {"@context": {"@version": 1.1, "@import": V2}},
        "@base": {"@context": {"@base": "https://x.example/"}},
        "@import inside": {"@context": [V2, {"Course": {"@id": "urn:c", "@context": {"@import": V2}}}]},
        "a page": "<html></html>", "a redirect": {"Location": V2}}
    if variant in bodies:
        body = bodies[variant]
        data = body.encode() if isinstance(body, str) else compact_json(body)
        return Act(lambda: pinned_contexts().extended({OURS: data}))
    other = OURS + "/other"
    evil = {"@context": {"name": "https://schema.org/alternateName"}}
    supplied: dict[str, JsonObject] = {
        "itself": {OURS: {"@context": [OURS, WORDS]}},
        "each other": {OURS: {"@context": [other, WORDS]}, other: {"@context": [OURS]}},
        "an unknown one": {OURS: {"@context": ["https://unknown.example/v1", WORDS]}},
        "over a shipped one": {OURS: {"@context": WORDS}, V2: evil}}
    contexts = pinned_contexts().extended(
        {address: compact_json(body) for address, body in supplied.get(variant,
                                                                       {OURS: {"@context": WORDS}}).items()})
    data = sealed_in(with_words(), lambda one: one.update(motto={"en": "Dare"}))
    return File(data, evidence_of(university()), contexts=contexts)
