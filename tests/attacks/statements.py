"""D2: JSON-LD, L14 to L26. Statements that are hidden, attached elsewhere, too many, or in another order."""

from __future__ import annotations

import json
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
    bad_seal,
    case,
    malformed,
    refused,
    valid,
)
from tests.attacks.linked_data import WORDS, sealed_in, with_words
from tests.attacks.pieces import PIECES, copied, graded
from tests.attacks.scene import achievement, attacker, evidence_of, judged_file, sealed, university, unsealed
from tests.conftest import SHARED
from tests.simulators import suites
from tests.simulators.issuer import OB_2_0, V2
from tests.simulators.signing import JsonObject, compact_json, pinned_contexts
from wallet.codec.jcs import canonical_json
from wallet.codec.linked_data.canonical import canonicalise, context_addresses
from wallet.codec.linked_data.rdfc import Quad, canonical_nquads
from wallet.model.credential import Credential, Parsed
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Report, Verdict
from wallet.wording.outcomes import Audience, headline, sentence

H, M = Severity.HIGH, Severity.MEDIUM
_LIMIT = malformed(R.LIMIT_CANONICALISATION)


@case("L14", H, "a supplied context whose catch-all vocabulary gives every word an address",
      attacks={"hides an undefined word": valid(note=R.QUIRK_NO_AGREED_MEANING),
               "for a credential sealed without it": bad_seal()},
      twins={TWIN: VALID})
def _catch_all(variant: str) -> Input:
    words = WORDS if variant == TWIN else {**WORDS, "@vocab": "https://vocabulary.example/words#"}
    contexts = with_words(words)
    data = sealed_in(contexts, lambda one: one.update(
        {"honours": "first class"} if variant == "hides an undefined word" else {}))
    if variant == "for a credential sealed without it":
        data = compact_json(json.loads(data) | {"honours": "first class"})
    return File(data, evidence_of(university()), contexts=contexts)


_ELSEWHERE: JsonObject = {"id": "urn:other", "type": "Profile"}
_KEYWORDS: dict[str, object] = {
    "@reverse": {"issuer": _ELSEWHERE}, "@included": [_ELSEWHERE], "@graph": [_ELSEWHERE],
    "@nest": {"name": "Forged"}, "@id": "urn:other", "@type": "urn:other:type", "@json": {}, "@list": ["x"],
    "@set": ["x"], "@vocab": "urn:x:", "@base": "https://x.example/"}
_ALIASES = ("@graph", "@included", "@nest", "@reverse", "@json")


@case("L15", H, "reserved words in the data, and other names for them in a supplied context",
      attacks={**{f"in the data: {name}": malformed(R.KEYWORD_IN_DATA) for name in _KEYWORDS},
               "in the subject: @reverse": malformed(R.KEYWORD_IN_DATA),
               **{f"another name for {name}": refused(R.CONTEXT_REFUSED) for name in _ALIASES}})
def _keywords(variant: str) -> Input:
    issuer = university()
    kind, _, name = variant.partition(": ")
    if kind.startswith("another name"):
        words = {"hidden": variant.removeprefix("another name for ")}
        return Act(lambda: with_words(words))
    if variant == TWIN:
        return judged_file(issuer.badge(), issuer)
    if kind == "in the subject":
        return judged_file(unsealed(issuer, lambda one: one["credentialSubject"].update(
            {"@reverse": {"issuer": _ELSEWHERE}})), issuer)
    return judged_file(unsealed(issuer, lambda one: one.update({name: _KEYWORDS[name]})), issuer)


_EVIL = {"name": "https://schema.org/alternateName", "issuer": {"@id": "urn:x:issuer", "@type": "@id"}}


@case("L16", M, "a supplied context that gives a protected word another meaning",
      attacks={"another meaning": malformed(R.LINKED_DATA), "null between": malformed(R.CONTEXT_REFUSED),
               "in front": malformed(R.CONTEXT_ORDER), "inside a type": malformed(R.LINKED_DATA)},
      twins={TWIN: VALID})
def _protected(variant: str) -> Input:
    inside = {"OpenBadgeCredential": {"@id": "urn:x:Badge", "@context": _EVIL}}
    evil: dict[str, JsonObject] = {"another meaning": _EVIL, "inside a type": inside}
    words = evil.get(variant, {})
    data = sealed_in(with_words(), lambda _one: None)
    document = json.loads(data)
    if variant == "null between":
        document["@context"].insert(2, None)
    if variant == "in front":
        document["@context"].insert(0, document["@context"].pop())
    return File(compact_json(document), evidence_of(university()), contexts=with_words({**WORDS, **words}))


def _clique(size: int) -> list[Quad]:
    return [(f"_:n{a}", "<urn:p>", f"_:n{b}", "") for a in range(size) for b in range(size) if a != b]


def _clique_badge(size: int) -> File:
    """A badge in which every one of so many nameless things is next to every other."""
    names = [f"_:n{number}" for number in range(size)]
    nodes = [{"id": name, "next": [other for other in names if other != name]} for name in names]
    contexts = with_words()
    small = size <= 4
    data = sealed_in(contexts, lambda one: one.update(node=nodes if small else []))
    if not small:
        data = compact_json(json.loads(data) | {"node": nodes})
    return File(data, evidence_of(university()), contexts=contexts)


_PUBLISHED = ("test044", "test045", "test046")


@case("L17", H, "graphs that make naming explode: cliques of nameless things, and the hardest published ones",
      attacks={"badge with K7": _LIMIT, "badge with K8": _LIMIT, "badge with K10": _LIMIT,
               "K7": refused(R.LIMIT_CANONICALISATION), "K8": refused(R.LIMIT_CANONICALISATION),
               "K10, published as test074": refused(R.LIMIT_CANONICALISATION)},
      twins={"badge with K4": VALID, "K4": FINE, **dict.fromkeys(_PUBLISHED, FINE)})
def _poison(variant: str) -> Input:
    if variant.startswith("badge"):
        return _clique_badge(int(variant.partition("K")[2]))
    if variant in _PUBLISHED:
        return Act(lambda: canonical_nquads(_hard_graph(variant)))
    quads = _clique(int(variant.partition(",")[0][1:]))
    return Act(lambda: canonical_nquads(quads))


def _hard_graph(name: str) -> list[Quad]:
    """Read the published graph; where the vectors are not there, a graph of the same kind stands in."""
    path = SHARED / "vectors/w3c/rdf-canon/tests/rdfc10" / f"{name}-in.nq"
    if not path.is_file():  # two circles that look alike from near by
        return [(f"_:{circle}{number}", "<urn:p>", f"_:{circle}{(number + 1) % 6}", "")
                for circle in "ab" for number in range(6)]
    rows = [line.split() for line in path.read_text().splitlines() if line.strip()]
    return [(row[0], row[1], row[2], row[3] if len(row) > 4 else "") for row in rows]


@case("L18", H, "thousands of nameless things that look alike, and more statements than the bound",
      attacks={"501 siblings": _LIMIT, "1,000 siblings": _LIMIT, "5,000 siblings": malformed(R.LIMIT_NODES),
               "5,001 statements": _LIMIT,
               "200,000 statements": malformed(R.LIMIT_BYTES)},
      twins={TWIN: VALID, "400 siblings": VALID})
def _siblings(variant: str) -> Input:
    contexts = with_words()
    count = int(variant.split(maxsplit=1)[0].replace(",", "")) if variant != TWIN else 0
    values: dict[str, Any] = {"siblings": [{"motto": {"en": "x"}} for _ in range(count)],
                              "statements": [f"urn:x:{number}" for number in range(count)]}
    data = sealed_in(contexts, lambda one: one.update(node=values["siblings"] if count == 400 else []))
    if count not in (0, 400):
        word = variant.split()[1]
        data = compact_json(json.loads(data) | {"node" if word == "siblings" else "next": values[word]})
    return File(data, evidence_of(university()), contexts=contexts)


_ORDERS: dict[str, Callable[[JsonObject], object]] = {
    "values turned": lambda one: achievement(one)["tag"].reverse(),
    "a value twice": lambda one: achievement(one)["tag"].append("tables"),
    "nodes turned": lambda one: achievement(one)["alignment"].reverse(),
    "types turned": lambda one: one["type"].reverse(),
    "members turned": lambda one: one.update({name: one.pop(name) for name in reversed(list(one))}),
}


def _same_skills(_report: Report, parsed: Parsed | None) -> None:
    assert isinstance(parsed, Credential)
    assert {one.name for one in parsed.achievement.skills} == {"Data cleaning", "Statistics", "tables", "sql"}
    assert parsed.title == "Data Analysis Foundations"


@case("L19", M, "sets in another order, and with a value twice: the same statements",
      attacks=dict.fromkeys(_ORDERS, VALID) | {"a value less": bad_seal(), "a list turned": bad_seal()},
      twins={TWIN: VALID})
def _order(variant: str) -> Input:
    issuer = university()
    described = {"id": "urn:uuid:r", "type": ["ResultDescription"], "name": "Grade",
                 "resultType": "LetterGrade",
                 "allowedValue": ["A", "B", "C"]}
    document = json.loads(sealed(issuer, lambda one: achievement(one).update(
        tag=["tables", "sql"], resultDescription=[described])))
    changes: dict[str, Callable[[JsonObject], object]] = {
        **_ORDERS, "a value less": lambda one: achievement(one)["tag"].pop(),
        "a list turned": lambda one: achievement(one).update(resultDescription=[
            described | {"allowedValue": ["C", "B", "A"]}])}
    if variant in changes:
        changes[variant](document)
    holds = _same_skills if variant in _ORDERS or variant == TWIN else None
    return judged_file(compact_json(document), issuer, holds=holds)


def _members(document: JsonObject) -> dict[str, tuple[JsonObject, str]]:
    """Every member of a badge that may hold one value or many."""
    subject = document["credentialSubject"]
    one = achievement(document)
    return {"type": (document, "type"), "issuer type": (document["issuer"], "type"),
            "credentialSubject": (document, "credentialSubject"), "subject type": (subject, "type"),
            "identifier": (subject, "identifier"), "achievement type": (one, "type"), "tag": (one, "tag"),
            "alignment": (one, "alignment"), "alignment type": (one["alignment"][0], "type"),
            "credentialStatus": (document, "credentialStatus"), "proof": (document, "proof"),
            "evidence": (document, "evidence"), "status type": (document["credentialStatus"], "type")}


_SHAPED = ("type", "issuer type", "credentialSubject", "subject type", "identifier", "achievement type",
           "tag",
           "alignment", "alignment type", "credentialStatus", "proof", "evidence", "status type")


@case("L20", M, "one value as an array of one, and an array of one as its value",
      attacks=dict.fromkeys((name for name in _SHAPED if name != "type"), VALID))
def _shape(variant: str) -> Input:
    issuer = university()

    def edit(document: JsonObject) -> None:
        achievement(document).update(tag=["tables"], alignment=achievement(document)["alignment"][:1])
        document["evidence"] = [{"id": "https://northbridge.example/e/1", "type": ["Evidence"]}]

    document = json.loads(sealed(issuer, edit, entries=(issuer.entry(3),)))
    if variant != TWIN:
        holder, member = _members(document)[variant]
        value = holder[member]
        assert not isinstance(value, list) or len(value) == 1
        holder[member] = value[0] if isinstance(value, list) else [value]
    return judged_file(compact_json(document), issuer)


def _template(_report: Report, parsed: Parsed | None) -> None:
    assert isinstance(parsed, Credential)
    assert "DegreeCredential" not in parsed.title


@case("L21", H, "a further type, so that it would be shown as something else",
      attacks={"undefined": malformed(R.RELATIVE_IRI), "defined": bad_seal(), "an address": bad_seal(),
               "one taken away": bad_seal(), "of the subject": bad_seal()})
def _types(variant: str) -> Input:
    issuer = university()
    edits: dict[str, Callable[[JsonObject], object]] = {
        "undefined": lambda one: one["type"].append("DegreeCredential"),
        "defined": lambda one: one["type"].append("Profile"),
        "an address": lambda one: one["type"].append("https://northbridge.example/DegreeCredential"),
        "one taken away": lambda one: one.update(type=["VerifiableCredential"]),
        "of the subject": lambda one: one["credentialSubject"]["type"].append("Profile")}
    data = issuer.badge() if variant == TWIN else unsealed(issuer, edits[variant])
    return judged_file(data, issuer, holds=_template)


_CONTROLS = {"U+0000": "\0", "U+0001": "\1", "U+0008": "\b", "U+000B": "\v", "U+001F": "\x1f",
             "U+007F": "\x7f",
             "U+FFFE": "\ufffe", "quotes": '"\\'}
_ESCAPES = {"U+0000": "\\u0000", "U+0001": "\\u0001", "U+0008": "\\b", "U+000B": "\\u000B",
            "U+001F": "\\u001F",
            "U+007F": "\\u007F", "U+FFFE": "\\uFFFE", "quotes": '\\"\\\\'}


@case("L22", M, "control characters in a sealed text: escaped for the seal, harmless when shown",
      attacks={**dict.fromkeys(_CONTROLS, VALID), "taken away": bad_seal()})
def _controls(variant: str) -> Input:
    issuer = university()
    character = _CONTROLS.get(variant, "\1" if variant == "taken away" else "")
    name = f"Northbridge{character} University"
    data = sealed(issuer, lambda one: one["issuer"].update(name=name))
    if variant in _CONTROLS:
        unsecured = {key: value for key, value in json.loads(data).items() if key != "proof"}
        written = canonicalise(unsecured,
                               pinned_contexts().variants(context_addresses(unsecured))[0]).decode()
        assert f'"Northbridge{_ESCAPES[variant]} University"' in written
    if variant == "taken away":
        data = data.replace(b"\\u0001", b"")

    def harmless(report: Report, _parsed: Parsed | None) -> None:
        for said in (headline(report), *(sentence(report, audience) for audience in Audience)):
            assert not any(ord(one) < 32 or one in "\x7f\ufffe" for one in said), said

    return judged_file(data, issuer, holds=harmless)


@case("L23", M, "two credentials where one is expected",
      attacks={"an array of two": malformed(R.FORMAT_UNKNOWN), "@graph with two": malformed(R.FORMAT_UNKNOWN),
               "@graph beside": malformed(R.KEYWORD_IN_DATA)},
      twins={TWIN: VALID, "an array of one": VALID},
      open_={"an array of two": "decision 53: read as a folder: unsigned as a whole, each judged by itself"})
def _two_roots(variant: str) -> Input:
    issuer, other = university(), attacker()
    good, forged = json.loads(issuer.badge()), json.loads(other.badge())
    made: dict[str, object] = {
        TWIN: good, "an array of one": [good], "an array of two": [good, forged],
        "@graph with two": {"@context": [V2, OB_2_0], "@graph": [good, forged]},
        "@graph beside": good | {"@graph": [forged]}}
    return judged_file(compact_json(made[variant]), issuer)


def _sibling(document: JsonObject) -> JsonObject:
    return {"id": document["id"] + "0", "type": document["type"], "issuer": document["issuer"],
            "credentialSubject": {"type": ["AchievementSubject"], "achievement": achievement(document)}}


#: Forms of what says where a badge is withdrawn that one seal covers alike.
_FORMS: dict[str, JsonObject] = {"its purpose in an array": {"statusPurpose": ["revocation"]},
                                 "its place twice": {"statusListIndex": ["7", "7"]},
                                 "its place as an object": {"statusListIndex": {"@value": "7"}}}


def _still_named(report: Report, _parsed: Parsed | None) -> None:
    assert report.issuer_name == "Northbridge University"


@case("L24", H, "a second credential of the same types beside or inside the sealed one",
      attacks={"@included": malformed(R.KEYWORD_IN_DATA),
               "@included in the subject": malformed(R.KEYWORD_IN_DATA),
               "a second subject": bad_seal(), "as an endorsement": bad_seal(),
               "as evidence": bad_seal(), **dict.fromkeys(PIECES, malformed(R.MEMBER_TYPE)),
               "the issuer's name moved to the creator": VALID,
               **dict.fromkeys(_FORMS, Expected(Verdict.REVOKED.value, R.STATUS_REVOKED, CheckId.STATUS))},
      twins={TWIN: VALID, "copies": VALID})
def _node_confusion(variant: str) -> Input:
    issuer = university()
    if variant in _FORMS:
        issuer.revoke(7)
        withdrawn = json.loads(issuer.badge(entries=(issuer.entry(7),)))
        withdrawn["credentialStatus"].update(_FORMS[variant])
        return judged_file(compact_json(withdrawn), issuer)
    if variant.startswith("the issuer's name"):
        made = json.loads(sealed(issuer, lambda one: achievement(one).update(
            creator={"id": issuer.id, "type": ["Profile"]})))
        achievement(made)["creator"]["name"] = made["issuer"].pop("name")
        return judged_file(compact_json(made), issuer, holds=_still_named)
    if variant in PIECES or variant == "copies":
        document = json.loads(sealed(issuer, graded))
        PIECES.get(variant, copied)(document)
        return judged_file(compact_json(document), issuer)

    def second_subject(one: JsonObject) -> None:
        one["credentialSubject"] = [_sibling(one)["credentialSubject"], one["credentialSubject"]]

    edits: dict[str, Callable[[JsonObject], object]] = {
        "@included": lambda one: one.update({"@included": [_sibling(one)]}),
        "@included in the subject": lambda one: one["credentialSubject"].update({"@included": [
            _sibling(one)]}),
        "a second subject": second_subject,
        "as an endorsement": lambda one: one["credentialSubject"].update(endorsement=[_sibling(one)]),
        "as evidence": lambda one: one.update(evidence=[{"id": "urn:uuid:e", "type": ["Evidence"],
                                                         "name": "x"}])}
    return judged_file(issuer.badge() if variant == TWIN else unsealed(issuer, edits[variant]), issuer)


@case("L25", H, "a word that nobody defines, sealed with the JSON itself",
      attacks={"sealed": valid(note=R.QUIRK_NO_AGREED_MEANING), "changed later": bad_seal(),
               "added later": bad_seal(), "beside a seal over statements": malformed(R.UNDEFINED_TERM)})
def _sealed_as_json(variant: str) -> Input:
    signer, suite = suites.Signer("EdDSA"), "eddsa-jcs-2022"
    document = suites.badge(signer, suite)
    if variant in ("sealed", "changed later"):
        document["honours"] = "first class"
    if variant == "beside a seal over statements":
        curved = suites.Signer("ES256")
        both = suites.sealed(suites.badge(curved, suite), curved, "ecdsa-rdfc-2019")
        return judged_file(compact_json(suites.sealed(both | {"honours": "x"}, curved, "ecdsa-jcs-2019")))
    sealed_document = suites.sealed(document, signer, suite)
    if variant in ("changed later", "added later"):
        sealed_document["honours"] = "third class"
    return judged_file(compact_json(sealed_document))


#: RFC 8785 §3.2.3 and appendix B.
_WRITTEN: dict[str, tuple[object, str]] = {
    "minus zero": ({"n": -0.0}, '{"n":0}'), "1e21": ({"n": 1e21}, '{"n":1e+21}'),
    "below 1e21": ({"n": 1e20}, '{"n":100000000000000000000}'), "1e-7": ({"n": 1e-7}, '{"n":1e-7}'),
    "third": ({"n": 333333333.33333329}, '{"n":333333333.3333333}'), "whole": ({"n": 1.0}, '{"n":1}'),
    "order of UTF-16": ({"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3},
                        '{"\u20ac":3,"\U0001f600":2,"\ufb33":1}'),
    "escapes": ({"t": "\x0f\n\u20ac\"\\/"}, '{"t":"\\u000f\\n\u20ac\\"\\\\/"}'),
}


@case("L26", M, "numbers, escapes and the order of members as RFC 8785 writes them",
      attacks=dict.fromkeys(_WRITTEN, FINE) | {"a badge in another order": VALID},
      twins={TWIN: FINE, "a badge": VALID})
def _written(variant: str) -> Input:
    if "badge" in variant:
        signer, suite = suites.Signer("EdDSA"), "eddsa-jcs-2022"
        document = suites.sealed(suites.badge(signer, suite), signer, suite)
        turned = json.dumps(document, sort_keys=variant == "a badge in another order", indent=2)
        return judged_file(turned.encode())
    value, text = _WRITTEN.get(variant, ({"a": 1}, '{"a":1}'))

    def run() -> None:
        assert canonical_json(value).decode() == text

    return Act(run)
