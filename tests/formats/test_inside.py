"""What stands inside a credential is read like a file of its own, and only so deep and so many."""

from __future__ import annotations

import json

import pytest

from tests.simulators.issuer import OB_2_0, V2, SimulatedIssuer
from tests.simulators.records import endorsed_badge, endorsement, record
from tests.simulators.signing import JsonObject
from wallet.formats.parse import parse
from wallet.model.credential import Credential, CredentialFormat, Presentation, Securing, Unreadable
from wallet.model.limits import MAX_ENDORSEMENTS, MAX_PACK_CREDENTIALS
from wallet.model.reasons import ReasonCode

ISSUER = SimulatedIssuer("did:key")


def read(document: JsonObject) -> Credential:
    found = parse(json.dumps(document).encode())
    assert isinstance(found, Credential)
    return found


def inner(count: int = 1) -> list[JsonObject]:
    return [json.loads(ISSUER.badge(title=f"Course {number}", number=number)) for number in range(count)]


def test_credentials_of_a_record_are_read_with_their_own_seals() -> None:
    token = ISSUER.badge_jwt(title="Token").decode()
    found = read(record(ISSUER, [*inner(), token, 7]))
    badge, jwt, broken = found.inside
    assert isinstance(badge, Credential)
    assert isinstance(jwt, Credential)
    assert (badge.title, badge.securing) == ("Course 0", Securing.EMBEDDED)
    assert (jwt.title, jwt.securing, jwt.original.payload) == ("Token", Securing.JWS, token.encode())
    assert isinstance(broken, Unreadable)
    assert broken.reason.code is ReasonCode.FORMAT_UNKNOWN


def test_a_plain_badge_holds_nothing() -> None:
    found = read(inner()[0])
    assert (found.inside, found.endorsed, found.endorsements) == ((), (), 0)


def test_records_in_records_are_read_to_a_depth_and_counted_beyond() -> None:
    document = record(ISSUER, inner())
    for depth in range(3):
        document = record(ISSUER, [document], f"urn:uuid:record-{depth}")
    found = read(document)
    for _ in range(2):
        assert ReasonCode.INNER_NOT_CHECKED not in {note.code for note in found.notes}
        one = found.inside[0]
        assert isinstance(one, Credential)
        found = one
    assert found.format is CredentialFormat.CLR_2
    assert found.inside == ()
    assert [note["count"] for note in found.notes if note.code is ReasonCode.INNER_NOT_CHECKED] == ["1"]


@pytest.mark.parametrize(("count", "fine"), [(MAX_PACK_CREDENTIALS, True), (MAX_PACK_CREDENTIALS + 1, False)])
def test_a_record_with_too_many_is_malformed(count: int, fine: bool) -> None:
    found = read(record(ISSUER, ["x"] * count))
    assert bool(found.inside) is fine
    assert (ReasonCode.LIMIT_ITEMS in {one.code for one in found.problems}) is not fine


def test_records_in_a_presentation_are_opened_too() -> None:
    shown = {"@context": [V2], "type": ["VerifiablePresentation"],
             "verifiableCredential": [record(ISSUER, inner(2))]}
    found = parse(json.dumps(shown).encode())
    assert isinstance(found, Presentation)
    one = found.credentials[0]
    assert isinstance(one, Credential)
    assert len(one.inside) == 2


def test_endorsements_are_found_in_their_places() -> None:
    badge = ISSUER.badge_document()
    achievement = badge["credentialSubject"]["achievement"]
    for holder in (badge, achievement, badge["issuer"]):
        holder["endorsement"] = [endorsement(ISSUER, holder["id"])]
    badge["endorsementJwt"] = [ISSUER.seal_jwt(endorsement(ISSUER, badge["id"])).decode()]
    found = read(badge)
    assert found.endorsements == 4
    assert [one.of for one in found.endorsed] == [badge["id"], badge["id"], achievement["id"], ISSUER.id]
    assert all(isinstance(one.credential, Credential) for one in found.endorsed)


@pytest.mark.parametrize("count", [MAX_ENDORSEMENTS - 1, MAX_ENDORSEMENTS, MAX_ENDORSEMENTS + 1])
def test_endorsements_beyond_the_limit_are_only_counted(count: int) -> None:
    badge = ISSUER.badge_document()
    found = read(endorsed_badge(ISSUER, *[endorsement(ISSUER, badge["id"])] * count))
    assert found.endorsements == count
    assert len(found.endorsed) == min(count, MAX_ENDORSEMENTS)


def test_an_endorsement_that_is_none_stays_with_its_reason() -> None:
    found = read({**ISSUER.badge_document(), "endorsement": {"@context": [V2, OB_2_0], "nothing": "here"}})
    assert isinstance(found.endorsed[0].credential, Unreadable)


def test_a_refresh_service_is_named_and_a_badge_without_one_is_quiet() -> None:
    badge = ISSUER.badge_document()
    assert ReasonCode.REFRESH_ANNOUNCED not in {one.code for one in read(badge).notes}
    address = "https://northbridge.example/refresh"
    badge["refreshService"] = {"id": address, "type": "1EdTechCredentialRefresh"}
    noted = [one for one in read(badge).notes if one.code is ReasonCode.REFRESH_ANNOUNCED]
    assert [one["address"] for one in noted] == [address]
