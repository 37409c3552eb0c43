"""What is found in a PDF, and what is not done with it."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
import qrcode
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.pdf import packet_with, pdf_with
from wallet.formats.pdf import MAX_ATTACHMENTS, MAX_PDF_LINKS, read_pdf
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode

BADGE = SimulatedIssuer("did:key").badge()


def test_metadata_and_links_fill_the_form() -> None:
    page = "https://redcross.example/verify/1"
    found = read_pdf(pdf_with(title="First aid", author="Red Cross", links=(page,)))
    assert (found.title, found.author) == ("First aid", "Red Cross")
    assert found.links == (page,)
    assert found.attachments == ()


@pytest.mark.parametrize("title", ["Untitled", "Microsoft Word - cert.docx", "certificate.pdf", ""])
def test_a_title_that_a_program_wrote_is_none(title: str) -> None:
    assert read_pdf(pdf_with(title=title, author="x")).title == ""


def test_attached_files_come_out_byte_for_byte() -> None:
    found = read_pdf(pdf_with(attachments={"credential.json": BADGE, "notes.txt": b"hello"}))
    assert dict(found.attachments)["credential.json"] == BADGE


def test_a_credential_in_the_metadata_packet_comes_out() -> None:
    assert read_pdf(pdf_with(packet=packet_with(BADGE.decode()))).inside == (BADGE,)


@pytest.mark.parametrize("packet", [
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", b"<x>{not closed</x>", b"<x",
    b"\0\0", b"<x>plain words</x>", b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x>{&b;}</x>"])
def test_a_hostile_packet_is_as_if_absent(packet: bytes) -> None:
    assert read_pdf(pdf_with(packet=packet)).inside == ()


def test_a_qr_code_in_a_picture_is_read() -> None:
    picture = qrcode.make("https://coursera.org/verify/AB12").get_image()
    assert read_pdf(pdf_with(picture=picture)).codes == ("https://coursera.org/verify/AB12",)


def test_actions_are_neither_run_nor_listed() -> None:
    links = ("javascript:alert(1)", "file:///bin/sh", "https://ok.example/")
    assert read_pdf(pdf_with(dangerous=True, links=links)).links == ("https://ok.example/",)


def test_everything_is_bounded() -> None:
    many = {f"{number}.txt": f"file {number}".encode() for number in range(MAX_ATTACHMENTS + 10)}
    links = tuple(f"https://a.example/{number}" for number in range(MAX_PDF_LINKS + 10))
    found = read_pdf(pdf_with(attachments=many, links=links))
    assert len(found.attachments) <= MAX_ATTACHMENTS
    assert len(found.links) == MAX_PDF_LINKS


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"junk"])
def test_a_damaged_file_is_called_so(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        read_pdf(data)
    assert caught.value.reason.code is ReasonCode.PDF_DAMAGED


WHOLE = pdf_with(title="First aid", links=("https://a.example/",), attachments={"a.json": BADGE})


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_file_with_flipped_bytes_is_read_or_refused(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(WHOLE)
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(FormatError):
        read_pdf(bytes(data[: chance.randrange(100, len(data))] if seed % 2 else data))
