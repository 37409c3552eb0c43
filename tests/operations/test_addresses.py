"""Pasted addresses through the door: pages, records, lists, files; what is asked, and what is never asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.badge_web import on_the_web
from tests.simulators import badge_host
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.pictures import baked_png
from wallet.model.credential import EvidenceClass
from wallet.model.errors import FormatError
from wallet.model.links import Link, LinkKind
from wallet.model.network import Permission
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.net.fetch import FetchError
from wallet.operations.addresses import (
    bring_address,
    bring_offers,
    hosts_asked,
    is_profile,
    offer_profile,
)
from wallet.operations.documents import links
from wallet.operations.intake import ImportOutcome
from wallet.operations.session import Session

ID = badge_host.CREDLY_IDS[0]
PASTED = f"https://www.credly.com/badges/{ID}/public_url?identity__email=maya%40lind.example"


def test_a_badge_page_becomes_a_badge_with_its_records(session: Session) -> None:
    web, door = on_the_web(session)
    badge_host.credly(web).award(ID)
    (row,) = bring_address(session, PASTED, door).rows
    assert row.outcome is ImportOutcome.ADDED
    assert (row.title, row.issuer) == ("Rope Work", "Harbor College")
    assert row.report is not None
    assert row.report.verdict is Verdict.VALID
    assert row.report.evidence_class is EvidenceClass.HOSTED
    assert all(web.requests[address] == 1 for address in web.addresses)
    assert not any("maya" in address for address in web.addresses)
    page = Link(f"https://www.credly.com/badges/{ID}/public_url", LinkKind.PAGE)
    assert page in links(session, row.credential_id)


def test_the_sealed_form_is_taken_where_there_is_one(session: Session, issuer: SimulatedIssuer) -> None:
    web, door = on_the_web(session)
    badge_host.credly(web).award(ID)
    web.put(f"https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{ID}", issuer.badge())
    (row,) = bring_address(session, PASTED, door).rows
    assert session.vault.get(row.credential_id).evidence_class is EvidenceClass.SEALED


@pytest.mark.parametrize("shape", ["badgr", "moodle"])
def test_other_hosts_by_their_shapes(session: Session, shape: str) -> None:
    web, door = on_the_web(session)
    if shape == "badgr":
        site = badge_host.badgr(web)
        site.award("AbCdEfGhIjKl")
        web.put(site.at("/public/assertions/AbCdEfGhIjKl.json?v=2_0"), site.award("AbCdEfGhIjKl"))
        pasted = site.at("/public/assertions/AbCdEfGhIjKl?identity__email=a%40b.example")
    else:
        pasted = badge_host.moodle_award(badge_host.moodle(web), "abcdef0123456789")
    (row,) = bring_address(session, pasted, door).rows
    assert row.report is not None
    assert row.report.verdict is Verdict.VALID


def test_the_published_records_are_brought_byte_for_byte(session: Session, vectors: Path) -> None:
    web, door = on_the_web(session)
    served = badge_host.serve_published(web, vectors)
    record = (vectors / "1edtech/digital-credentials-public-validator/inspector-vc/src/test/resources/ob20"
              / "basic-assertion.json").read_bytes()
    web.put("https://www.example.org/beths-robotics-badge.json", record)
    web.put("https://example.org/beths-robotics-badge.json", record)
    (row,) = bring_address(session, "https://example.org/beths-robotics-badge.json", door).rows
    assert row.outcome is ImportOutcome.ADDED
    assert session.vault.original(row.credential_id).data == record
    kept = [one for one in session.kept.all() if one.address in served]
    assert kept
    assert all(one.data == served[one.address] for one in kept)


@pytest.mark.parametrize("form", ["json", "jwt", "png", "pack in a page", "alternate", "og:image"])
def test_any_file_behind_an_address_is_imported(session: Session, issuer: SimulatedIssuer, form: str) -> None:
    web, door = on_the_web(session)
    badge, here = issuer.badge(), "https://uni.example/files/1"
    if form == "json":
        web.put(here, badge)
    elif form == "jwt":
        web.put(here, issuer.badge_jwt(), "application/vc+jwt")
    elif form == "png":
        web.put(here, baked_png(badge), "image/png")
    elif form == "alternate":
        badge_host.page(web, here, alternate="/files/1.json")
        web.put("https://uni.example/files/1.json", badge)
    elif form == "og:image":
        badge_host.page(web, here, picture="https://img.example/1.png")
        web.put("https://img.example/1.png", baked_png(badge), "image/png")
    else:
        badge_host.page(web, here, inside=issuer.seal(issuer.badge_document()))
    (row,) = bring_address(session, here, door).rows
    assert row.report is not None
    assert row.report.verdict is Verdict.VALID
    assert not any("tracker.example" in address for address in web.addresses)


def test_a_page_without_a_credential_says_so_and_runs_nothing(session: Session) -> None:
    web, door = on_the_web(session)
    badge_host.page(web, "https://uni.example/about", title="About us")
    brought = bring_address(session, "https://uni.example/about", door)
    assert brought.rows == ()
    assert brought.page == "About us"
    assert brought.problem is not None
    assert brought.problem.code is ReasonCode.PAGE_EMPTY
    assert web.addresses == ("https://uni.example/about",)
    assert session.vault.list() == ()


def test_where_nothing_answers_the_first_reason_is_told(session: Session) -> None:
    _, door = on_the_web(session)
    with pytest.raises(FetchError) as caught:
        bring_address(session, PASTED, door)
    assert caught.value.reason.code is ReasonCode.ANSWER_MISSING


def test_offline_nothing_is_asked(session: Session) -> None:
    with pytest.raises(FetchError) as caught:
        bring_address(session, PASTED, session.door(Permission.COMMAND))
    assert caught.value.reason.code is ReasonCode.NETWORK_OFF


def test_hosts_beyond_the_sheet_are_not_asked(session: Session) -> None:
    web, _ = on_the_web(session)
    badge_host.credly(web).award(ID)
    door = session.door(Permission.ONCE, frozenset({"www.credly.com"}))
    with pytest.raises(FetchError):
        bring_address(session, PASTED, door)
    assert all("//www.credly.com/" in address for address in web.addresses)


def test_the_sheet_names_who_is_asked_first() -> None:
    assert hosts_asked(PASTED) == ("www.credly.com", "api.credly.com")
    assert hosts_asked("https://www.credly.com/users/maya") == ("www.credly.com",)


def test_a_profile_becomes_a_tick_list_over_several_pages(session: Session) -> None:
    web, door = on_the_web(session)
    ids = badge_host.CREDLY_IDS[:7]
    badge_host.credly_list(web, "maya-lind", ids, per_page=3)
    listed = offer_profile(session, "https://www.credly.com/users/maya-lind/badges", door)
    assert len(listed.offers) == 7
    assert listed.complete
    assert len(web.addresses) == 3
    assert session.vault.list() == ()


def test_what_is_ticked_is_brought_and_then_known(session: Session) -> None:
    web, door = on_the_web(session)
    ids = badge_host.CREDLY_IDS[:3]
    badge_host.credly_list(web, "maya-lind", ids)
    site = badge_host.credly(web)
    site.award(ids[0], "Rope Work")
    site.award(ids[2], "Sail Work")
    listed = offer_profile(session, "https://www.credly.com/users/maya-lind", door)
    summary = bring_offers(session, listed.offers, door)
    assert [row.outcome for row in summary.rows] == [
        ImportOutcome.ADDED, ImportOutcome.REFUSED, ImportOutcome.ADDED]
    assert summary.rows[1].reason is not None
    assert summary.rows[1].reason.code is ReasonCode.ANSWER_MISSING
    again = offer_profile(session, "https://www.credly.com/users/maya-lind", door)
    assert again.known == {listed.offers[0].address, listed.offers[2].address}


def test_a_list_without_end_is_cut(session: Session) -> None:
    web, door = on_the_web(session)
    for number in range(1, 60):
        here = f"https://www.credly.com/users/maya/badges.json?page={number}"
        web.put(here, {"data": [{"id": badge_host.CREDLY_IDS[number], "badge_template": {"name": "x"}}],
                       "metadata": {"next_page_url": f"?page={number + 1}"}})
    listed = offer_profile(session, "https://www.credly.com/users/maya", door)
    assert not listed.complete
    assert len(web.addresses) == 20


def test_a_collection_is_asked_without_who_asks(session: Session) -> None:
    web, door = on_the_web(session)
    site = badge_host.badgr(web)
    pasted = badge_host.badgr_collection(site, "best", {"AbCdEfGhIjKl": site.award("AbCdEfGhIjKl")})
    assert is_profile(pasted)
    listed = offer_profile(session, pasted, door)
    (row,) = bring_offers(session, listed.offers, door).rows
    assert row.outcome is ImportOutcome.ADDED
    assert not any("maya" in address for address in web.addresses)


def test_a_page_in_place_of_a_list_is_refused(session: Session) -> None:
    web, door = on_the_web(session)
    web.put("https://www.credly.com/users/maya/badges.json?page=1", {"error": "private"})
    with pytest.raises(FormatError) as caught:
        offer_profile(session, "https://www.credly.com/users/maya", door)
    assert caught.value.reason.code is ReasonCode.LIST_UNREADABLE
