"""Documents and own statements: kept as what they are, told anew, never with a tick."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import qrcode

from tests.operations.badge_web import on_the_web
from tests.simulators import badge_host
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.pdf import packet_with, pdf_with
from tests.simulators.pictures import badge_png, baked_png
from wallet.model.credential import EvidenceClass
from wallet.model.errors import FormatError, OperationError, ShareError
from wallet.model.headline import headline_code, headline_level
from wallet.model.links import LinkKind
from wallet.model.reasons import ReasonCode
from wallet.model.report import HeadlineCode, Level, Verdict
from wallet.model.sharing import ShareTerms
from wallet.operations import library
from wallet.operations.addresses import bring_address
from wallet.operations.documents import (
    Details,
    add_document,
    add_link,
    add_statement,
    advice,
    change_entry,
    details,
    keep_document,
    links,
    look_into,
    typed_link,
)
from wallet.operations.intake import ImportOutcome, import_bytes
from wallet.operations.session import Session
from wallet.operations.sharing import present

PDF = pdf_with(title="Machine Learning", links=("https://www.coursera.org/verify/AB12",))


def test_a_pdf_is_kept_whole_and_fills_the_form(session: Session, tmp_path: Path) -> None:
    (tmp_path / "cert.pdf").write_bytes(PDF)
    kept = add_document(session, tmp_path / "cert.pdf")
    stored = session.vault.get(kept.row.credential_id)
    assert (stored.title, stored.issuer_name) == ("Machine Learning", "Coursera")
    assert session.vault.original(stored.id).data == PDF
    (written,) = library.export(session, [stored.id], tmp_path / "out")
    assert written.read_bytes() == PDF
    assert written.suffix == ".pdf"
    assert [one.kind for one in links(session, stored.id)] == [LinkKind.FOUND]


@pytest.mark.parametrize("what", ["document", "link", "statement"])
def test_nothing_here_ever_gets_a_tick(session: Session, what: str) -> None:
    said = Details("First aid", "Massachusetts Institute of Technology", datetime(2026, 5, 12, tzinfo=UTC))
    if what == "document":
        row = keep_document(session, PDF, "cert.pdf", said).row
    else:
        row = add_link(session, "https://mit.edu/1", said) if what == "link" else add_statement(session, said)
    report = library.detail(session, row.credential_id).report
    assert report.verdict is Verdict.UNDETERMINED
    assert headline_level(report) is not Level.GOOD
    assert headline_code(report) in (HeadlineCode.DOCUMENT_ONLY, HeadlineCode.SELF_STATED)
    assert all(row.report.verdict is Verdict.UNDETERMINED for row in library.credentials(session))


def test_it_is_never_put_into_a_share_pack(session: Session) -> None:
    row = add_statement(session, Details("Ran the chess club"))
    with pytest.raises(ShareError) as caught:
        present(session, [row.credential_id], ShareTerms())
    assert caught.value.reason.code is ReasonCode.SHARE_UNSUITABLE


def test_what_the_learner_says_goes_first(session: Session) -> None:
    kept = keep_document(session, PDF, "cert.pdf", Details("Mine", date=datetime(2026, 5, 12, tzinfo=UTC)))
    stored = session.vault.get(kept.row.credential_id)
    assert (stored.title, stored.issuer_name) == ("Mine", "Coursera")
    assert stored.valid_from == datetime(2026, 5, 12, tzinfo=UTC)


def test_the_same_file_again_changes_what_is_said(session: Session) -> None:
    first = keep_document(session, PDF, "cert.pdf").row
    again = keep_document(session, PDF, "cert.pdf").row
    assert (again.outcome, again.credential_id) == (ImportOutcome.KNOWN, first.credential_id)
    keep_document(session, PDF, "cert.pdf", Details("Statistics"))
    (stored,) = session.vault.list()
    assert stored.title == "Statistics"
    assert session.vault.search("machine") == ()
    assert session.vault.original(stored.id).data == PDF


def test_entries_are_told_anew_and_sealed_ones_are_not(session: Session, issuer: SimulatedIssuer) -> None:
    row = add_statement(session, Details("Chess", about="Three years"))
    change_entry(session, row.credential_id, Details("Chess club", about="Four years"))
    assert details(session, row.credential_id) == Details("Chess club", about="Four years")
    (sealed,) = import_bytes(session, issuer.badge(), "badge.json").rows
    with pytest.raises(OperationError) as caught:
        change_entry(session, sealed.credential_id, Details("Doctorate"))
    assert caught.value.reason.code is ReasonCode.ENTRY_SEALED
    with pytest.raises(OperationError) as caught:
        change_entry(session, row.credential_id, Details(" "))
    assert caught.value.reason.code is ReasonCode.ENTRY_UNTITLED


@pytest.mark.parametrize("where", ["attachment", "packet", "baked"])
def test_a_credential_inside_is_taken_out_and_judged(session: Session, issuer: SimulatedIssuer,
                                                     where: str) -> None:
    badge = issuer.badge()
    data = {"attachment": lambda: pdf_with(attachments={"badge.json": badge, "x.xml": b"<x/>"}),
            "packet": lambda: pdf_with(packet=packet_with(badge.decode())),
            "baked": lambda: pdf_with(attachments={"badge.png": baked_png(badge)}, dangerous=True)}[where]()
    (row,) = import_bytes(session, data, "cert.pdf").rows
    assert row.report is not None
    assert row.report.verdict is Verdict.VALID
    assert session.vault.get(row.credential_id).evidence_class is EvidenceClass.SEALED
    kept = keep_document(session, data, "cert.pdf")
    assert kept.inside[0].credential_id == row.credential_id
    assert session.vault.get(kept.row.credential_id).evidence_class is EvidenceClass.DOCUMENT


def test_a_forged_one_inside_is_found_forged(session: Session, issuer: SimulatedIssuer) -> None:
    forged = issuer.badge().replace(b"Data Analysis Foundations", b"Doctor of Philosophy AAAA")
    (row,) = import_bytes(session, pdf_with(attachments={"badge.json": forged}), "cert.pdf").rows
    assert row.report is not None
    assert row.report.verdict is Verdict.INVALID


def test_a_pdf_without_one_is_not_imported_and_says_what_to_do(session: Session) -> None:
    (row,) = import_bytes(session, PDF, "cert.pdf").rows
    assert row.outcome is ImportOutcome.REFUSED
    assert row.reason is not None
    assert row.reason.code is ReasonCode.PDF_EMPTY
    assert session.vault.list() == ()


def test_a_qr_code_in_a_picture_becomes_a_link(session: Session, tmp_path: Path) -> None:
    picture = tmp_path / "photo.png"
    with picture.open("wb") as file:
        qrcode.make("https://www.coursera.org/verify/AB12").save(file)
    kept = add_document(session, picture)
    assert [(one.address, one.kind) for one in links(session, kept.row.credential_id)] == [
        ("https://www.coursera.org/verify/AB12", LinkKind.CODE)]
    assert session.vault.get(kept.row.credential_id).issuer_name == "Coursera"


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", badge_png()[:60], b"anything"])
def test_a_file_that_cannot_be_read_is_kept_all_the_same(session: Session, data: bytes) -> None:
    kept = keep_document(session, data, "scan_of my.certificate.pdf")
    assert session.vault.original(kept.row.credential_id).data == data
    assert session.vault.get(kept.row.credential_id).title == "scan of my.certificate"
    assert look_into(data, "x").details.title == "x"


def test_an_empty_file_is_refused(session: Session) -> None:
    with pytest.raises(OperationError) as caught:
        keep_document(session, b"", "x.pdf")
    assert caught.value.reason.code is ReasonCode.EMPTY_FILE


def test_a_page_becomes_a_document_with_its_link(session: Session) -> None:
    web, door = on_the_web(session)
    badge_host.page(web, "https://uni.example/cert/7", title="Certificate of Maya")
    brought = bring_address(session, "https://uni.example/cert/7", door)
    row = add_link(session, brought.address, Details(brought.page))
    assert session.vault.get(row.credential_id).title == "Certificate of Maya"
    assert links(session, row.credential_id)[0].kind is LinkKind.PAGE


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "not an address"])
def test_only_web_pages_are_links(session: Session, address: str) -> None:
    with pytest.raises(FormatError) as caught:
        add_link(session, address)
    assert caught.value.reason.code is ReasonCode.ADDRESS_UNREADABLE


def test_advice_by_provider(session: Session, issuer: SimulatedIssuer) -> None:
    def told(ident: str) -> ReasonCode | None:
        found = advice(session, ident)
        return found.code if found else None

    coursera = keep_document(session, PDF, "cert.pdf").row.credential_id
    nobody = add_link(session, "https://uni.example/1").credential_id
    own = add_statement(session, Details("Chess")).credential_id
    (sealed,) = import_bytes(session, issuer.badge(), "badge.json").rows
    web, door = on_the_web(session)
    record = badge_host.credly(web).award("one")
    (hosted,) = bring_address(session, record["id"], door).rows
    assert [told(one) for one in (coursera, nobody, own, sealed.credential_id, hosted.credential_id)] == [
        ReasonCode.ADVICE_ALSO_CREDLY, ReasonCode.ADVICE_ASK_ISSUER, None, None,
        ReasonCode.ADVICE_DOWNLOAD_BADGE]


@pytest.mark.parametrize("provider", ["credly", "badgr", "moodle"])
def test_advice_for_a_badge_that_lives_on_a_website(session: Session, provider: str) -> None:
    web, door = on_the_web(session)
    if provider == "moodle":
        address = badge_host.moodle_award(badge_host.moodle(web), "abcdef0123456789")
    else:
        site = badge_host.credly(web) if provider == "credly" else badge_host.badgr(web)
        address = site.award("one")["id"]
    (hosted,) = bring_address(session, address, door).rows
    found = advice(session, hosted.credential_id)
    assert found is not None
    names = {"credly": "Credly", "badgr": "Canvas Credentials", "moodle": "Moodle"}
    assert found["name"] == names[provider]
    assert session.vault.get(hosted.credential_id).evidence_class is EvidenceClass.HOSTED


def test_links_follow_what_is_said_and_those_of_the_file_stay(session: Session) -> None:
    row = keep_document(session, PDF, "cert.pdf", Details("Mine", links=("https://a.example/",)),
                        more_links=("https://a.example/",)).row
    found = "https://www.coursera.org/verify/AB12"
    said = details(session, row.credential_id)
    change_entry(session, row.credential_id, replace(said, links=("https://b.example/", "https://c.example/")))
    assert [one.address for one in links(session, row.credential_id)] == [
        "https://b.example/", "https://c.example/", found]
    change_entry(session, row.credential_id, replace(said, links=()))
    assert [one.address for one in links(session, row.credential_id)] == [found]


@pytest.mark.parametrize(("typed", "kept"), [
    (" https://a.example/x?id=1 ", "https://a.example/x?id=1"), ("a.example/x", "https://a.example/x"),
    ("", ""), ("two words", ""), ("javascript:alert(1)", ""), ("https://u:p@a.example/", "")])
def test_a_link_as_it_is_typed(typed: str, kept: str) -> None:
    assert typed_link(typed) == kept
