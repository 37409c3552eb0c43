"""Sharing through the whole house: what the preview says is what leaves, and a receiver finds it good."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.operations.conftest import Clock, documents_of
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.pictures import baked_png
from wallet.formats.pack import read_pack
from wallet.formats.parse import parse
from wallet.model.credential import Presentation
from wallet.model.errors import LinkedDataError, OperationError, ShareError, VaultError
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.model.sharing import Channel, ShareTerms
from wallet.operations.checking import Desk, Expectation, check_bytes, check_paths
from wallet.operations.intake import import_bytes
from wallet.operations.session import Session
from wallet.operations.settings import Settings, save_settings
from wallet.operations.sharing import (
    carrier_text,
    linkedin,
    present,
    preview,
    save_pack,
    save_qr,
    shares,
    show_qr,
)
from wallet.trust.evidence_store import MemoryEvidence

TERMS = ShareTerms(audience="Harbor Ltd, junior analyst", domain="https://jobs.harbor.example",
                   challenge="n-0S6_WzA2Mj", expires=datetime(2027, 1, 31, tzinfo=UTC))


def keep(session: Session, data: bytes) -> str:
    (row,) = import_bytes(session, data, "badge").rows
    assert row.credential_id
    return row.credential_id


@pytest.fixture
def desk(session: Session, issuer: SimulatedIssuer) -> Desk:
    """An employer who has the issuer's documents and no wallet."""
    return Desk(session.services.contexts, MemoryEvidence(documents_of(issuer)))


def test_employer_verifies_the_pack_and_both_credentials_in_it(
        session: Session, desk: Desk, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    ids = [keep(session, issuer.badge(entries=(issuer.entry(0),))),
           keep(session, baked_png(issuer.badge_jwt(title="Statistical Thinking", number=2)))]
    path = save_pack(session, present(session, ids, TERMS), tmp_path / "application.vcpack")
    (checked,) = check_paths(desk, [path], at=session.now(), expectation=Expectation(
        challenge=TERMS.challenge, domain=TERMS.domain))
    assert checked.report.is_pack
    assert checked.report.verdict is Verdict.VALID
    assert [item.verdict for item in checked.report.items] == [Verdict.VALID, Verdict.VALID]
    (other,) = check_paths(desk, [path], at=session.now(), expectation=Expectation(domain="https://else.example"))
    assert other.report.verdict is Verdict.INVALID


def test_qr_pictures_in_any_order_give_the_same_pack(
        session: Session, desk: Desk, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    ids = [keep(session, issuer.badge_jwt(title=f"Badge {number}", number=number)) for number in (1, 2, 3)]
    bundle = present(session, ids, ShareTerms())
    paths = save_qr(session, bundle, tmp_path / "code.png")
    assert [path.name for path in paths] == [f"code-{index}-of-{len(paths)}.png"
                                             for index in range(1, len(paths) + 1)]
    assert len(paths) > 1
    (checked,) = check_paths(desk, tuple(reversed(paths)), at=session.now())
    assert isinstance(checked.parsed, Presentation)
    assert checked.parsed.original.payload == bundle.presentation
    assert checked.report.verdict is Verdict.VALID


def test_one_small_credential_is_one_code(session: Session, desk: Desk, issuer: SimulatedIssuer,
                                          tmp_path: Path) -> None:
    bundle = present(session, [keep(session, issuer.credential())], ShareTerms())
    (path,) = save_qr(session, bundle, tmp_path / "code.png")
    assert path.name == "code.png"
    (checked,) = check_paths(desk, [path], at=session.now())
    assert checked.report.verdict is Verdict.VALID


def test_link_to_a_verifier_page_when_one_is_set(session: Session, issuer: SimulatedIssuer) -> None:
    bundle = present(session, [keep(session, issuer.credential())], ShareTerms())
    assert carrier_text(session, bundle).startswith("LW1:")
    save_settings(session.services.config_file, Settings(verifier_address="https://verify.example/"))
    assert carrier_text(session, bundle).startswith("https://verify.example/#")
    assert show_qr(session, bundle)[0].text == carrier_text(session, bundle)


def test_every_way_out_is_noted_and_looking_is_not(session: Session, issuer: SimulatedIssuer,
                                                   tmp_path: Path) -> None:
    ident = keep(session, issuer.badge())
    preview(session, [ident], TERMS)
    bundle = present(session, [ident], TERMS)
    linkedin(session, ident, note=False)
    assert shares(session) == ()
    save_pack(session, bundle, tmp_path / "a.vcpack")
    save_qr(session, bundle, tmp_path / "a.png")
    linkedin(session, ident)
    assert len(shares(session)) == 3
    carrier_text(session, bundle)
    assert len(shares(session)) == 4
    noted = {share.channel: share for share in shares(session)}
    assert set(noted) == {Channel.PACK, Channel.QR, Channel.LINKEDIN}
    assert noted[Channel.PACK].audience == TERMS.audience
    assert noted[Channel.PACK].expires == TERMS.expires
    assert noted[Channel.PACK].titles == ("Data Analysis Foundations",)
    assert noted[Channel.PACK].credential_ids == (ident,)


def test_preview_shows_exactly_what_leaves(session: Session, issuer: SimulatedIssuer) -> None:
    ident = keep(session, issuer.badge())
    before = preview(session, [ident], TERMS)
    bundle = present(session, [ident], TERMS)
    document = json.loads(bundle.presentation)
    (item,) = before.items
    left = document.pop("verifiableCredential")
    assert {line.value for line in item.revealed} == set(_texts(left))
    own = set(_texts(document)) - {document["id"], document["proof"]["proofValue"]}
    fixed = {"https://www.w3.org/ns/credentials/v2", "VerifiablePresentation", "DataIntegrityProof",
             "eddsa-rdfc-2022", "authentication", document["proof"]["verificationMethod"]}
    dates = {document["proof"]["created"], document["proof"]["expires"]}
    assert own - fixed - dates <= {line.value for line in before.sender}
    assert read_pack(bundle.pack).cover == before.cover
    assert TERMS.audience in before.cover


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value if isinstance(value, str) else json.dumps(value)]


def test_nothing_of_the_wallet_itself_leaves(
        session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    session.set_identities(("maya@lind.example",))
    ident = keep(session, baked_png(issuer.badge()))
    bundle = present(session, [ident], ShareTerms())
    for data in (bundle.pack, bundle.presentation):
        for secret in ("maya@lind.example", str(tmp_path), ident, "IHDR", session.vault.holder_key().hex()):
            assert secret.encode() not in data


def test_ended_withdrawn_and_unknown_ones_can_be_shared_with_the_warning_shown(
        session: Session, desk: Desk, issuer: SimulatedIssuer, clock: Clock) -> None:
    stranger = SimulatedIssuer("did:web", host="elsewhere.example", seed="elsewhere")
    issuer.revoke(0)
    session.supplied = MemoryEvidence(documents_of(issuer))
    ids = [keep(session, issuer.badge(valid_until=clock.now - timedelta(days=1))),
           keep(session, issuer.badge(title="Withdrawn", number=2, entries=(issuer.entry(0),))),
           keep(session, stranger.badge(title="Stranger", number=3)),
           keep(session, issuer.badge(title="Good", number=4))]
    shown = preview(session, ids, ShareTerms())
    assert [item.report.verdict for item in shown.items] == [
        Verdict.EXPIRED, Verdict.REVOKED, Verdict.UNDETERMINED, Verdict.VALID]
    assert [item.title for item in shown.warnings] == ["Data Analysis Foundations", "Withdrawn", "Stranger"]
    assert all(item.shareable for item in shown.items)
    (checked,) = check_bytes(desk, present(session, ids, ShareTerms()).pack, "p.vcpack", at=session.now())
    assert checked.report.verdict is Verdict.VALID
    assert checked.report.items[0].verdict is Verdict.EXPIRED


def test_altered_credential_never_goes_into_a_pack(session: Session, issuer: SimulatedIssuer) -> None:
    ident = keep(session, issuer.badge().replace(b"Two marked projects", b"Ten marked projects"))
    (item,) = preview(session, [ident], ShareTerms()).items
    assert item.report.verdict is Verdict.INVALID
    assert not item.shareable
    with pytest.raises(ShareError) as caught:
        present(session, [ident], ShareTerms())
    assert caught.value.reason.code is ReasonCode.SHARE_NOT_GOOD
    assert caught.value.reason["because"] == "invalid"
    assert shares(session) == ()


def test_unknown_vocabulary_is_seen_before_it_is_tried(session: Session, issuer: SimulatedIssuer) -> None:
    document = json.loads(issuer.badge())
    document["@context"].append("https://vocabulary.example/v1")
    ident = keep(session, json.dumps(document).encode())
    (item,) = preview(session, [ident], ShareTerms()).items
    assert not item.shareable
    with pytest.raises(LinkedDataError) as caught:
        present(session, [ident], ShareTerms())
    assert caught.value.reason.code is ReasonCode.CONTEXT_UNKNOWN


def test_terms_that_have_ended_are_refused(session: Session, issuer: SimulatedIssuer, clock: Clock) -> None:
    ident = keep(session, issuer.badge())
    terms = ShareTerms(expires=clock.now)
    for wish in (preview, present):
        with pytest.raises(ShareError) as caught:
            wish(session, [ident], terms)
        assert caught.value.reason.code is ReasonCode.PACK_ENDED
    assert present(session, [ident], ShareTerms(expires=clock.now + timedelta(seconds=1)))


def test_nothing_chosen_and_unknown_ids_are_refused(session: Session) -> None:
    with pytest.raises(ShareError) as caught:
        present(session, [], ShareTerms())
    assert caught.value.reason.code is ReasonCode.NOTHING_TO_SHARE
    with pytest.raises(VaultError) as missing:
        preview(session, ["nosuchid"], ShareTerms())
    assert missing.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND


def test_same_credential_chosen_twice_leaves_once(session: Session, issuer: SimulatedIssuer) -> None:
    ident = keep(session, issuer.badge())
    bundle = present(session, [ident, ident], ShareTerms())
    assert len(json.loads(bundle.presentation)["verifiableCredential"]) == 1
    assert bundle.credential_ids == (ident,)


def test_two_presentations_of_the_same_are_told_apart(session: Session, issuer: SimulatedIssuer) -> None:
    ident = keep(session, issuer.badge())
    one, other = (json.loads(present(session, [ident], ShareTerms()).presentation) for _ in range(2))
    assert one["id"] != other["id"]


def test_pack_that_cannot_be_written_is_not_noted(session: Session, issuer: SimulatedIssuer,
                                                  tmp_path: Path) -> None:
    bundle = present(session, [keep(session, issuer.badge())], ShareTerms())
    with pytest.raises(OperationError):
        save_pack(session, bundle, tmp_path / "missing" / "a.vcpack")
    assert shares(session) == ()


def test_note_for_people_cannot_be_broken_by_text_from_a_file(
        session: Session, issuer: SimulatedIssuer) -> None:
    ident = keep(session, issuer.badge(title="Good\nGenuine and current"))
    bundle = present(session, [ident], ShareTerms(audience="Harbor\nLtd"))
    cover = read_pack(bundle.pack).cover
    assert "- Good Genuine and current, awarded by" in cover
    assert cover.startswith("Credentials for Harbor Ltd\n")


def test_linkedin_keeps_address_and_number_back_until_asked(
        session: Session, issuer: SimulatedIssuer) -> None:
    document = issuer.badge_document()
    document["id"] = "https://northbridge.example/credentials/AB-12"
    ident = keep(session, json.dumps(issuer.seal(document)).encode())
    plain = parse_qs(urlsplit(linkedin(session, ident).url).query)
    assert not {"certUrl", "certId"} & set(plain)
    asked = parse_qs(urlsplit(linkedin(session, ident, with_url=True, with_id=True).url).query)
    assert asked["certUrl"] == ["https://northbridge.example/credentials/AB-12"]
    assert asked["certId"] == ["AB-12"]


def test_pack_is_a_presentation_for_any_reader(session: Session, issuer: SimulatedIssuer) -> None:
    bundle = present(session, [keep(session, issuer.badge())], TERMS)
    inside, bare = parse(bundle.pack), parse(bundle.presentation)
    assert isinstance(inside, Presentation)
    assert isinstance(bare, Presentation)
    assert inside.document == bare.document
    assert (bare.challenge, bare.domain, bare.expires) == (TERMS.challenge, (TERMS.domain,), TERMS.expires)
