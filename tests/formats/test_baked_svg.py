"""Badges in SVG: what is read, what is refused, and that baking changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents import badge, data, token, without
from wallet.formats.baked_svg import BADGE_NAMESPACE, bake_svg, read_svg, unbake_svg
from wallet.formats.parse import parse
from wallet.model.credential import Carrier, Credential, EvidenceClass
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_PICTURE_BYTES
from wallet.model.reasons import ReasonCode as R

SVG = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<!-- > --><svg xmlns="http://www.w3.org/2000/svg" a=">"><g/></svg>\n'
)
SUITE = "1edtech/digital-credentials-public-validator/inspector-vc/src/test/resources/ob30"
NEW = f'xmlns:openbadges="{BADGE_NAMESPACE}"'
OLD = 'xmlns:ob="http://openbadges.org"'


def _svg(inside: str, before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {NEW} {OLD}>{inside}</svg>'.encode()


def _refused(picture: bytes) -> R:
    with pytest.raises(FormatError) as caught:
        unbake_svg(picture)
    return caught.value.reason.code


# Whatever XML can hold at all; a credential's JSON never holds more.
XML_TEXT = st.text(
    st.characters(codec="utf-8", min_codepoint=9, exclude_characters="\ufffe\uffff"), min_size=1, max_size=80
).map(lambda text: "".join(one for one in text if one in "\t\n\r" or one > "\x1f"))


@given(XML_TEXT.filter(lambda text: bool(text.strip())))
def test_what_was_baked_comes_out_exactly(text: str) -> None:
    assert unbake_svg(bake_svg(SVG, text.encode())) == text.encode()


@pytest.mark.parametrize("text", ["]]>", "a\r\nb", "<b>&amp;</b>", "é®", '{"a":"]]>"}', "a.b.c", " a.b.c\n"])
def test_awkward_texts_come_out_exactly(text: str) -> None:
    assert unbake_svg(bake_svg(SVG, text.encode())) == text.encode()


def test_baking_changes_nothing_else() -> None:
    baked = bake_svg(SVG, b'{"a":1}')
    element = baked[baked.index(b"<openbadges") : baked.index(b"</openbadges:credential>") + 24]
    assert baked.replace(element, b"") == SVG
    assert baked.index(element) == SVG.index(b"<g/>")


def test_a_token_goes_into_the_attribute() -> None:
    baked = bake_svg(SVG, b"aa.bb.cc")
    assert b'verify="aa.bb.cc"/>' in baked
    assert unbake_svg(baked) == b"aa.bb.cc"


def test_an_empty_picture_with_a_prefix_is_opened() -> None:
    baked = bake_svg(b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', b"{}")
    assert baked.endswith(b"</s:svg>")
    assert unbake_svg(baked) == b"{}"


@pytest.mark.parametrize(
    ("inside", "payload"),
    [
        ("<openbadges:credential>{}</openbadges:credential>", b"{}"),
        ("<g><openbadges:credential><![CDATA[ {} ]]></openbadges:credential></g>", b" {} "),
        ('<openbadges:credential verify="a.b.c"/>', b"a.b.c"),
        ('<openbadges:credential verify="a.b.c">\n  </openbadges:credential>', b"a.b.c"),
        ('<ob:assertion verify="a.b.c"/>', b"a.b.c"),
        ('<ob:assertion verify="https://a.example/1">{}</ob:assertion>', b"{}"),
        (f'<x:credential xmlns:x="{BADGE_NAMESPACE}">{{}}</x:credential>', b"{}"),
        (
            '<credential xmlns="urn:other">no</credential><openbadges:credential>{}</openbadges:credential>',
            b"{}",
        ),
    ],
)
def test_both_namespaces_and_any_prefix(inside: str, payload: bytes) -> None:
    assert unbake_svg(_svg(inside)) == payload


@pytest.mark.parametrize("namespace", [
    "http://openbadges.org", "https://openbadges.org/schema/", "https://openbadges.org/",
    "http://www.openbadges.org", "https://purl.imsglobal.org/ob/v3p0", "https://purl.imsglobal.org/spec/ob/v3p0/"])
@pytest.mark.parametrize("name", ["assertion", "credential"])
def test_the_paths_that_programs_put_behind_the_names(namespace: str, name: str) -> None:
    inside = f'<x:{name} xmlns:x="{namespace}">{{}}</x:{name}>'
    assert unbake_svg(_svg(inside)) == b"{}"
    assert _refused(_svg(inside + "<openbadges:credential>{}</openbadges:credential>")) is \
        R.PICTURE_TWO_CREDENTIALS


@pytest.mark.parametrize("namespace", [
    "https://openbadges.org.evil.example/", "https://evil.example/openbadges.org", "urn:openbadges.org",
    "https://purl.imsglobal.org/spec/clr/v2p0"])
def test_other_names_are_nobodys_badge(namespace: str) -> None:
    assert _refused(_svg(f'<x:assertion xmlns:x="{namespace}">{{}}</x:assertion>')) is R.PICTURE_EMPTY


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("", R.PICTURE_EMPTY),
        ("<openbadges:credential/>", R.PICTURE_EMPTY),
        ("<openbadges:credential>a</openbadges:credential>" * 2, R.PICTURE_TWO_CREDENTIALS),
        (
            '<openbadges:credential>a</openbadges:credential><ob:assertion verify="b"/>',
            R.PICTURE_TWO_CREDENTIALS,
        ),
        ('<openbadges:credential verify="a.b.c">{}</openbadges:credential>', R.PICTURE_TWO_CREDENTIALS),
        ("<openbadges:credential>{<b/>}</openbadges:credential>", R.SVG_REFUSED),
        ("<openbadges:credential>{}", R.PICTURE_DAMAGED),
        ("&undeclared;", R.PICTURE_DAMAGED),
    ],
)
def test_what_is_refused(inside: str, code: R) -> None:
    assert _refused(_svg(inside)) is code


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        "<!DOCTYPE svg [<!ELEMENT svg ANY>]>",
        '<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://a.example/p.dtd"> %p;]>',
    ],
)
def test_declarations_are_refused(before: str) -> None:
    inside = "<openbadges:credential>{}</openbadges:credential>"
    assert _refused(_svg(inside, before)) is R.SVG_REFUSED
    harmless = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert unbake_svg(_svg(inside, harmless)) == b"{}"


def test_other_xml_and_broken_xml() -> None:
    assert _refused(b"<html><svg/></html>") is R.FORMAT_UNKNOWN
    assert _refused(b"<svg") is R.PICTURE_DAMAGED
    assert _refused(b'<?xml version="1.0" encoding="nonsense"?><svg/>') is R.PICTURE_DAMAGED
    assert _refused(b"<svg>" + b" " * MAX_PICTURE_BYTES) is R.LIMIT_BYTES


def test_deep_nesting_and_many_elements_cost_little() -> None:
    deep = "<g>" * 50_000 + "</g>" * 50_000
    assert unbake_svg(_svg(deep + "<openbadges:credential>{}</openbadges:credential>")) == b"{}"


@pytest.mark.parametrize(
    ("picture", "payload", "code"),
    [
        (SVG, b"\xff", R.SVG_REFUSED),
        (SVG, b'"\x01"', R.SVG_REFUSED),
        (SVG, b"  ", R.SVG_REFUSED),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><svg/>', b"{}", R.SVG_REFUSED),
        (_svg("<openbadges:credential>a</openbadges:credential>"), b"{}", R.PICTURE_TWO_CREDENTIALS),
        (b"<html/>", b"{}", R.FORMAT_UNKNOWN),
    ],
)
def test_what_cannot_be_baked(picture: bytes, payload: bytes, code: R) -> None:
    with pytest.raises(FormatError) as caught:
        bake_svg(picture, payload)
    assert caught.value.reason.code is code


def test_baked_badges_are_parsed_and_their_bytes_are_kept() -> None:
    for payload in (data(badge()), token(without(badge(), "proof")).encode()):
        picture = bake_svg(SVG, payload)
        found = parse(picture)
        assert isinstance(found, Credential)
        assert (found.original.data, found.original.payload) == (picture, payload)
        assert (found.original.carrier, found.title) == (Carrier.SVG, "Rope Work")


def test_an_address_instead_of_a_record_is_hosted_and_not_fetched() -> None:
    found = parse(_svg('<ob:assertion verify="https://a.example/1"/>'))
    assert isinstance(found, Credential)
    assert (found.evidence_class, found.id) == (EvidenceClass.HOSTED, "https://a.example/1")


def test_the_published_badge_with_a_document_type(vectors: Path) -> None:
    found = parse((vectors / SUITE / "simple-jwt.svg").read_bytes())
    assert isinstance(found, Credential)
    assert (found.title, found.problems) == ("Teamwork", ())


def test_the_published_extraction_case(vectors: Path) -> None:
    picture = (vectors / "mozilla/openbadges-bakery/test/no-json.svg").read_bytes()
    assert read_svg(picture).payload
