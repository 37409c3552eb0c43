"""What is presented keeps its seals, says what the preview says, and nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.pictures import baked_png
from tests.simulators.signing import compact_json, pinned_contexts
from wallet.codec.frames import join_frames
from wallet.codec.payload import decode_payload, encode_payload
from wallet.formats.pack import read_pack
from wallet.formats.parse import parse
from wallet.formats.qr import read_qr
from wallet.keys.keypair import HolderKey
from wallet.model.credential import Credential, Presentation
from wallet.model.errors import LinkedDataError, ShareError
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.model.sharing import ShareTerms
from wallet.share.presentation import is_presentable, present, revealed, revealed_by_presentation, write_pack
from wallet.share.qr import qr_frames
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.gather import gather
from wallet.verify.pipeline import Expectation, judge

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KEY = HolderKey.from_seed(bytes(range(32)))
TERMS = ShareTerms(audience="Harbor Ltd", domain="https://jobs.harbor.example", challenge="n-0S6_WzA2Mj",
                   expires=datetime(2027, 1, 31, tzinfo=UTC))
IDENT = "urn:uuid:4f3c2b1a-0000-4000-8000-000000000001"


def read(data: bytes) -> Credential:
    parsed = parse(data)
    assert isinstance(parsed, Credential)
    return parsed


def shown(*credentials: Credential, terms: ShareTerms = TERMS) -> bytes:
    return present(credentials, KEY, terms, at=AT, contexts=pinned_contexts(), presentation_id=IDENT)


def received(data: bytes) -> Presentation:
    parsed = parse(data)
    assert isinstance(parsed, Presentation)
    return parsed


@pytest.fixture(scope="module")
def issuer() -> SimulatedIssuer:
    return SimulatedIssuer("did:key")


@pytest.fixture(scope="module")
def badge(issuer: SimulatedIssuer) -> Credential:
    return read(issuer.badge())


@pytest.fixture(scope="module")
def token(issuer: SimulatedIssuer) -> Credential:
    return read(issuer.badge_jwt())


def judged(data: bytes, *, challenge: str | None = TERMS.challenge, domain: str | None = TERMS.domain,
           at: datetime = AT) -> Any:
    parsed = parse(data)
    evidence = gather(parsed, MemoryEvidence(()), pinned_contexts())
    return judge(parsed, evidence, at=at, expectation=Expectation(challenge=challenge, domain=domain))


def test_receiver_without_any_evidence_finds_the_pack_and_its_items_good(
        badge: Credential, token: Credential) -> None:
    report = judged(shown(badge, token))
    assert report.is_pack
    assert report.verdict is Verdict.VALID
    assert [item.verdict for item in report.items] == [Verdict.VALID, Verdict.VALID]


@pytest.mark.parametrize(("challenge", "domain"), [
    ("another", TERMS.domain), (TERMS.challenge, "https://jobs.harbor.example/"),
    (TERMS.challenge, "HTTPS://JOBS.HARBOR.EXAMPLE"),
])
def test_answer_to_another_question_or_for_somebody_else_is_refused(
        badge: Credential, challenge: str, domain: str) -> None:
    report = judged(shown(badge), challenge=challenge, domain=domain)
    assert report.verdict is Verdict.INVALID
    binding = report.check(CheckId.BINDING)
    assert binding.outcome is Outcome.FAILED


def test_pack_ends_when_its_terms_say_so(badge: Credential) -> None:
    later = datetime(2027, 2, 1, tzinfo=UTC)
    assert judged(shown(badge), at=later).verdict is not Verdict.VALID


@pytest.mark.parametrize("member", ["holder", "id", "verifiableCredential", "proof.domain", "proof.challenge",
                                    "proof.expires", "proof.created"])
def test_any_changed_part_breaks_the_pack(badge: Credential, member: str) -> None:
    document = json.loads(shown(badge))
    target, _, name = member.rpartition(".")
    place = document[target] if target else document
    if name == "verifiableCredential":
        place[name][0]["name"] = "Something else"
    elif name in ("expires", "created"):
        place[name] = "2026-11-20T00:00:00Z" if name == "created" else "2028-01-01T00:00:00Z"
    else:
        place[name] = "urn:uuid:4f3c2b1a-0000-4000-8000-00000000ffff"
    report = judged(compact_json(document), challenge=None, domain=None)
    assert report.verdict is not Verdict.VALID


def test_embedded_credential_keeps_every_member_in_its_order(issuer: SimulatedIssuer) -> None:
    data = issuer.badge(title="Ünïcode & <signs>")
    inside = json.loads(shown(read(data)))["verifiableCredential"][0]
    assert compact_json(inside) == data


def test_token_travels_byte_for_byte(token: Credential) -> None:
    inside = json.loads(shown(token))["verifiableCredential"][0]
    assert inside["type"] == "EnvelopedVerifiableCredential"
    assert inside["id"].partition(",")[2].encode() == token.original.payload
    item = received(shown(token)).credentials[0]
    assert isinstance(item, Credential)
    assert item.jws is not None
    assert item.jws.text.encode() == token.original.payload


def test_older_credential_keeps_its_seal_inside_a_newer_presentation(issuer: SimulatedIssuer) -> None:
    old = read(issuer.badge(version="1.1", suite="Ed25519Signature2020"))
    new = read(issuer.badge(title="Newer", number=2))
    report = judged(shown(old, new))
    assert report.verdict is Verdict.VALID
    assert [item.verdict for item in report.items] == [Verdict.VALID, Verdict.VALID]


def test_terms_left_open_leave_nothing_behind(badge: Credential) -> None:
    document = json.loads(shown(badge, terms=ShareTerms(audience="Harbor Ltd")))
    assert not {"domain", "challenge", "expires"} & set(document["proof"])
    assert b"Harbor" not in compact_json(document)
    assert document["proof"]["proofPurpose"] == "authentication"
    assert document["holder"] == KEY.did


def test_nothing_chosen_is_refused() -> None:
    with pytest.raises(ShareError) as caught:
        shown()
    assert caught.value.reason.code is ReasonCode.NOTHING_TO_SHARE


def test_unsigned_and_foreign_kinds_are_refused_by_name(issuer: SimulatedIssuer) -> None:
    unsigned = read(compact_json(issuer.badge_document(title="No seal")))
    assert not is_presentable(unsigned)
    with pytest.raises(ShareError) as caught:
        shown(unsigned)
    assert caught.value.reason.code is ReasonCode.SHARE_UNSUITABLE
    assert caught.value.reason["name"] == "No seal"


@pytest.mark.parametrize(("value", "leaves_the_house"), [
    ("u2V0AhVhA", False),  # ecdsa-sd-2023, base
    ("u2V0ChVhA", False),  # bbs-2023, base
    ("u2V0BhVhA", True),  # ecdsa-sd-2023, derived
])
def test_base_proof_for_selective_disclosure_never_leaves(
        issuer: SimulatedIssuer, value: str, leaves_the_house: bool) -> None:
    document = json.loads(issuer.badge())
    document["proof"] |= {"cryptosuite": "ecdsa-sd-2023", "proofValue": value}
    credential = read(compact_json(document))
    assert is_presentable(credential) is leaves_the_house
    if not leaves_the_house:
        with pytest.raises(ShareError) as caught:
            shown(credential)
        assert caught.value.reason.code is ReasonCode.SHARE_UNSUITABLE


def test_credential_with_an_undefined_term_is_never_signed_for(issuer: SimulatedIssuer) -> None:
    document = json.loads(issuer.badge())
    document["favouriteColour"] = "green"
    with pytest.raises(LinkedDataError) as caught:
        shown(read(compact_json(document)))
    assert caught.value.reason.code is ReasonCode.UNDEFINED_TERM


# --- what is revealed ---


def leaves(value: Any) -> list[str]:
    """Every leaf of a JSON value as text, by another road than the program's."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in leaves(inner)] or ["{}"]
    if isinstance(value, list):
        return [text for inner in value for text in leaves(inner)] or ["[]"]
    return [value if isinstance(value, str) else json.dumps(value)]


def test_preview_is_exactly_what_leaves(badge: Credential) -> None:
    document = json.loads(shown(badge))
    lines = revealed(badge)
    assert sorted(line.value for line in lines) == sorted(leaves(document["verifiableCredential"][0]))
    values = {line.path: line.value for line in lines}
    assert values["/credentialSubject/identifier/0/identityHash"].startswith("sha256$")
    assert values["/credentialSubject/identifier/0/salt"] == "b4c1"
    assert values["/credentialSubject/identifier/0/hashed"] == "true"
    assert values["/proof/proofValue"] == badge.document["proof"]["proofValue"]


def test_preview_of_the_sender_is_exactly_what_the_presentation_adds(badge: Credential) -> None:
    document = json.loads(shown(badge))
    said = {line.path: line.value for line in revealed_by_presentation(KEY, TERMS, AT)}
    assert said["/holder"] == document["holder"]
    for name in ("domain", "challenge"):
        assert said[f"/{name}"] == document["proof"][name]
    for name in ("created", "expires"):
        assert datetime.fromisoformat(said[f"/{name}"]) == datetime.fromisoformat(document["proof"][name])


def test_preview_of_a_token_shows_header_and_payload(token: Credential) -> None:
    values = {line.path: line.value for line in revealed(token)}
    assert values["header/kid"]
    assert values["/iss"]
    assert values["/credentialSubject/achievement/name"] == "Data Analysis Foundations"


def test_pointers_escape_their_signs(issuer: SimulatedIssuer) -> None:
    document = {**json.loads(issuer.badge()), "a/b~c": [{}, [], None, 1.5, True]}
    lines = {line.path: line.value for line in revealed(read(compact_json(document)))}
    assert [lines[f"/a~1b~0c/{index}"] for index in range(5)] == ["{}", "[]", "null", "1.5", "true"]


def test_picture_around_a_baked_badge_stays_at_home(issuer: SimulatedIssuer) -> None:
    data = issuer.badge()
    baked = read(baked_png(data))
    assert shown(baked) == shown(read(data))


# --- pack ---


def test_pack_gives_back_the_same_presentation_and_note(badge: Credential) -> None:
    presentation = shown(badge)
    members = read_pack(write_pack(presentation, "For Harbor Ltd\n"))
    assert (members.presentation, members.cover) == (presentation, "For Harbor Ltd\n")
    parsed = received(write_pack(presentation, "note"))
    assert parsed.original.payload == presentation
    assert parsed.cover == "note"


def test_pack_says_nothing_about_when_or_where() -> None:
    one, other = write_pack(b"{}", "note"), write_pack(b"{}", "note")
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.comment == b""
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.extra, entry.comment) == (b"", b"")
        assert archive.namelist() == ["manifest.json", "presentation.json", "cover.txt"]


@settings(max_examples=25, deadline=None)
@given(presentation=st.binary(min_size=1, max_size=3_000), cover=st.text(max_size=300))
def test_any_pack_reads_back(presentation: bytes, cover: str) -> None:
    cover = cover.encode("utf-8", "ignore").decode()
    members = read_pack(write_pack(presentation, cover))
    assert (members.presentation, members.cover) == (presentation, cover)


def test_presentation_survives_its_pictures_in_reverse_order(badge: Credential, token: Credential) -> None:
    presentation = shown(badge, token)
    frames = qr_frames(encode_payload(presentation))
    assert len(frames) > 1
    texts = [text for frame in reversed(frames) for text in read_qr(frame.png)]
    assert decode_payload(join_frames(texts)) == presentation
