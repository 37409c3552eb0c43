"""Open Badges before 3.0: what a document is, what it says, and what breaks its shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.formats.documents import data
from tests.simulators.signing import JsonObject
from tests.simulators.web_issuer import V1, V2, WebIssuer
from wallet.formats.openbadges2 import (
    Part,
    badge_version,
    check_definition,
    is_record_of,
    is_signed,
    key_address,
    part_of,
    read_badge,
    record_address,
    unix_moment,
    with_definitions,
    wrong_definition,
)
from wallet.formats.parse import parse
from wallet.model.credential import (
    Carrier,
    Credential,
    CredentialFormat,
    EvidenceClass,
    Identifier,
    Issuer,
    Original,
    Securing,
    Skill,
)
from wallet.model.reasons import ReasonCode

HARBOR = WebIssuer()
ORIGINAL = Original(b"{}", "application/json", b"{}", Carrier.JSON)


def read(document: JsonObject) -> Credential:
    found = parse(data(document))
    assert isinstance(found, Credential)
    assert found.format is CredentialFormat.OPEN_BADGE_2
    return found


def problems(document: JsonObject) -> list[tuple[ReasonCode, str]]:
    return [(one.code, one["member"] or one["address"]) for one in read(document).problems]


def test_a_hosted_assertion() -> None:
    found = read(HARBOR.assertion(expires="2027-04-01T00:00:00Z"))
    assert (found.evidence_class, found.securing) == (EvidenceClass.HOSTED, Securing.NONE)
    assert (found.problems, found.notes) == ((), ())
    [who] = found.subject.identifiers
    assert (who.hashed, who.salt, who.kind) == (True, "9f1c", "email")
    assert found.valid_until is not None
    assert (found.valid_until.year, found.version, record_address(found)) == (2027, "2.0", HARBOR.at("a/1"))


def test_a_signed_assertion_is_sealed() -> None:
    found = parse(HARBOR.signed())
    assert isinstance(found, Credential)
    assert (found.evidence_class, found.securing, found.problems) == (EvidenceClass.SEALED, Securing.JWS, ())
    assert (is_signed(found.document), key_address(found.document)) == (True, HARBOR.at("key"))
    old = {"verify": {"type": "signed", "url": "https://harbor.example/key"}}
    assert (is_signed(old), key_address(old)) == (True, "https://harbor.example/key")


def test_the_older_versions() -> None:
    one = read(HARBOR.assertion_1_0())
    assert (one.version, one.id, one.problems) == ("1.0", "a1", ())
    assert record_address(one) == HARBOR.at("a/1")
    assert one.valid_from is not None
    assert (one.valid_from.year, one.title) == (2013, "Badge")
    half = read(HARBOR.assertion_0_5())
    assert (half.version, half.title, half.issuer.id) == ("0.5", "Rope Work", "https://harbor.example")
    assert (half.problems, record_address(half)) == ((), "")
    [who] = half.subject.identifiers
    assert (who.hashed, who.salt) == (True, "9f1c")
    plain = read(HARBOR.assertion_0_5(recipient="maya@lind.example"))
    assert plain.subject.identifiers == (Identifier("maya@lind.example", salt="9f1c"),)
    assert badge_version(HARBOR.assertion(**{"@context": V1})) == "1.1"


@pytest.mark.parametrize(("changes", "found"), [
    ({"@context": "https://w3id.org/openbadges/invalid"}, (ReasonCode.CONTEXT_MISSING, V2)),
    ({"type": "OtherAssertion"}, (ReasonCode.TYPE_MISSING, "type")),
    ({"id": "not an address"}, (ReasonCode.MEMBER_TYPE, "id")),
    ({"id": "urn:uuid:1"}, (ReasonCode.MEMBER_TYPE, "id")),  # hosted nowhere
    ({"recipient": None}, (ReasonCode.MEMBER_MISSING, "recipient")),
    ({"recipient": {"type": "email", "hashed": True}}, (ReasonCode.MEMBER_MISSING, "recipient.identity")),
    ({"recipient": {"hashed": "yes", "identity": "x"}}, (ReasonCode.MEMBER_TYPE, "recipient.hashed")),
    ({"badge": None}, (ReasonCode.MEMBER_MISSING, "badge")),
    ({"badge": "b9"}, (ReasonCode.MEMBER_TYPE, "badge")),
    ({"badge": {"name": "Rope Work"}}, (ReasonCode.MEMBER_MISSING, "badge.issuer")),
    ({"verification": None}, (ReasonCode.MEMBER_MISSING, "verification")),
    ({"verification": {"type": "trust me"}}, (ReasonCode.TYPE_MISSING, "verification.type")),
    ({"issuedOn": "yesterday"}, (ReasonCode.DATE_UNREADABLE, "issuedOn"))])
def test_what_breaks_an_assertion(changes: dict[str, Any], found: tuple[ReasonCode, str]) -> None:
    assert problems(HARBOR.assertion()) == []
    assert found in problems(HARBOR.assertion(**changes))


def test_a_missing_date_and_a_day() -> None:
    undated = HARBOR.assertion()
    del undated["issuedOn"]
    assert problems(undated) == [(ReasonCode.MEMBER_MISSING, "issuedOn")]
    day = read(HARBOR.assertion_1_0(issuedOn="2013-02-01"))
    assert day.valid_from is not None
    assert (day.valid_from.isoformat(), [note.code for note in day.notes]) == (
        "2013-02-01T00:00:00+00:00", [ReasonCode.QUIRK_DATE])
    (wrong,) = read(HARBOR.assertion_1_0(issuedOn="2013-02-31")).problems
    assert (wrong.code, wrong["found"]) == (ReasonCode.DATE_UNREADABLE, "2013-02-31")
    assert read(HARBOR.assertion(issuedOn=1711982460000)).problems[0]["found"] == "1711982460000"
    assert unix_moment(True) is None
    assert unix_moment(10**13) is None


def test_peculiarities_are_read_and_named() -> None:
    found = read(HARBOR.assertion(recipient={"type": "email", "hashed": "true", "identity": "sha256$ab"},
                                  image="data:image/png;base64,AAAA"))
    assert found.problems == ()
    assert found.subject.identifiers == (Identifier("sha256$ab", hashed=True, kind="email"),)
    assert [note["which"] for note in found.notes] == ["recipient.hashed", "image"]


@pytest.mark.parametrize(("stated", "identity", "hashed", "noted"), [
    (True, "sha256$" + "ab" * 32, True, False), (False, "maya@lind.example", False, False),
    (False, "sha256$" + "ab" * 32, True, True), (None, "md5$" + "ab" * 16, True, True),
    (True, "maya@lind.example", False, True), (False, "sha256$ab", False, False),
    (True, "sha1$ab", True, False), ("true", "maya@lind.example", False, True)])
def test_an_identity_is_hashed_if_anybody_can_see_that_it_is(
        stated: Any, identity: str, hashed: bool, noted: bool) -> None:
    recipient = {"type": "email", "hashed": stated, "identity": identity}
    if stated is None:
        del recipient["hashed"]
    found = read(HARBOR.assertion(recipient=recipient))
    assert [one.hashed for one in found.subject.identifiers] == [hashed]
    assert [note["which"] for note in found.notes] == ["recipient.hashed"] * noted


@pytest.mark.parametrize("verification", [
    {"type": "hosted"}, {"type": "HostedBadge"}, {"type": ["HostedBadge"]}])
def test_every_name_of_hosted(verification: JsonObject) -> None:
    assert problems(HARBOR.assertion(verification=verification)) == []


def test_several_extensions_with_vocabularies_of_their_own() -> None:
    extension = {"@context": ["https://x.example/1", "https://x.example/2"], "type": ["Extension"]}
    assert problems(HARBOR.assertion(**{"extensions:one": extension, "extensions:two": extension})) == []


def test_the_badge_class_and_the_issuer_are_put_in() -> None:
    found = with_definitions(read(HARBOR.assertion(evidence=[
        "https://harbor.example/work", {"id": "https://harbor.example/film", "narrative": "A film"}])),
        HARBOR.badge_class() | {"@language": "es"}, Issuer(HARBOR.id, "Harbor College"))
    assert (found.title, found.issuer.name) == ("Rope Work", "Harbor College")
    assert found.achievement.skills == (Skill("Safety", url="https://skills.example/1"), Skill("knots"))
    assert (found.achievement.criteria, found.achievement.language) == ("Tie eight knots.", "es")
    assert found.achievement.evidence == (
        ("https://harbor.example/work", "https://harbor.example/work"),
        ("A film", "https://harbor.example/film"))
    plain = with_definitions(found, {"criteria": "https://harbor.example/how"}, Issuer(""))
    assert plain.achievement.criteria_url == "https://harbor.example/how"


@pytest.mark.parametrize(("document", "part"), [
    (HARBOR.assertion(), Part.ASSERTION), (HARBOR.badge_class(), Part.BADGE_CLASS),
    (HARBOR.profile(), Part.PROFILE), (HARBOR.profile() | {"type": "Profile"}, Part.PROFILE),
    (HARBOR.key_document(), Part.OTHER), (HARBOR.assertion_0_5(), Part.ASSERTION),
    ({"name": "Rope", "criteria": "https://a.example", "issuer": "https://a.example"}, Part.BADGE_CLASS),
    ({"name": "Rope"}, None), ({"type": []}, None)])
def test_what_a_document_is(document: JsonObject, part: Part | None) -> None:
    assert part_of(document) is part


def test_definitions_award_nothing_and_have_a_shape_too() -> None:
    assert read_badge(HARBOR.badge_class(), ORIGINAL).evidence_class is EvidenceClass.DOCUMENT
    assert check_definition(HARBOR.badge_class()) == check_definition(HARBOR.profile()) == ()
    for document, member in ((HARBOR.badge_class(), "criteria"), (HARBOR.profile(), "name")):
        del document[member]
        assert [one["member"] for one in check_definition(document)] == [member]
    assert check_definition({"a": 1})[0].code is ReasonCode.TYPE_MISSING
    assert wrong_definition(HARBOR.profile(), Part.PROFILE) == ()
    [wrong] = wrong_definition(HARBOR.badge_class(), Part.PROFILE)
    assert (wrong.code, wrong["found"]) == (ReasonCode.TYPE_MISSING, "BadgeClass")


def test_a_record_names_its_address_or_has_no_name() -> None:
    assert is_record_of(HARBOR.assertion(), HARBOR.at("a/1"))
    assert not is_record_of(HARBOR.assertion(), HARBOR.at("a/2"))
    assert is_record_of(HARBOR.assertion_1_0(), HARBOR.at("a/1"))
    assert not is_record_of(HARBOR.assertion_1_0(), HARBOR.at("a/2"))
    assert is_record_of(HARBOR.assertion_0_5(), HARBOR.at("anything"))
    assert is_record_of({"name": "Harbor", "url": "https://harbor.example"}, HARBOR.id)
    assert not is_record_of({"error": "gone"}, HARBOR.id)


@pytest.mark.parametrize("address", ["https://a.example\\@b.example/", "https://a.example/ x", "ftp://a.example/",
                                     "javascript:alert(1)"])
def test_an_address_that_is_none_is_not_looked_up(address: str) -> None:
    assert record_address(read_badge(HARBOR.assertion(id=address), ORIGINAL)) == ""


def test_the_published_picture_and_token(vectors: Path) -> None:
    folder = vectors / "1edtech/digital-credentials-public-validator/inspector-vc/src/test/resources/ob20"
    for name, kind in (("simple-badge.png", EvidenceClass.HOSTED), ("simple.jwt", EvidenceClass.SEALED)):
        found = parse((folder / name).read_bytes())
        assert isinstance(found, Credential)
        assert (found.format, found.evidence_class, found.problems) == (
            CredentialFormat.OPEN_BADGE_2, kind, ())


def test_a_salt_in_an_array_is_the_salt() -> None:
    """Two files that count as the same say the same of whose they are."""
    recipient = {"type": "email", "hashed": True, "salt": ["9f1c"], "identity": "sha256$ab"}
    who, = read_badge({"type": "Assertion", "recipient": recipient}, ORIGINAL).subject.identifiers
    assert who.salt == "9f1c"
