from __future__ import annotations

import io
import tarfile
import zipfile

import pytest

from wallet.formats.first_bytes import is_pdf, looks_like_svg, may_be_archive


def test_a_pdf_is_known_by_its_beginning() -> None:
    assert is_pdf(b"%PDF-1.7\n")
    assert is_pdf(b"\n\n%PDF-1.7\n")
    assert not is_pdf(b" " * 1024 + b"%PDF-1.7\n")
    assert not is_pdf(b'{"name": "100 %"}')


def test_a_picture_in_xml_is_known_by_its_root() -> None:
    assert looks_like_svg(b"\xef\xbb\xbf <svg/>")
    assert looks_like_svg(b"<!-- " + b"licence " * 5000 + b"--><s:svg xmlns:s='x'>")
    assert not looks_like_svg(b"<html></html>")
    assert not looks_like_svg(b'{"svg": "<svg>"}')
    assert not looks_like_svg(b"")


def _zipped(name: str, data: bytes) -> bytes:
    with io.BytesIO() as kept:
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(name, data)
        return kept.getvalue()


def _tarred(name: str, data: bytes) -> bytes:
    with io.BytesIO() as kept:
        with tarfile.open(fileobj=kept, mode="w") as archive:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        return kept.getvalue()


@pytest.mark.parametrize("data", [
    b'{"name": "%PDF-1.7"}', b'\n [{"name": "%PDF-1.7"}]', b'\xef\xbb\xbf{"a": "%PDF-"}', b"<svg>%PDF-</svg>",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR%PDF-1.7", _zipped("a.pdf", b"%PDF-1.7\n"),
    _tarred("a.pdf", b"%PDF-1.7\n"),
], ids=["JSON", "an array", "behind a mark", "SVG", "PNG", "ZIP", "TAR"])
def test_what_only_mentions_or_holds_a_pdf_is_none(data: bytes) -> None:
    assert b"%PDF-" in data[:1024]
    assert not is_pdf(data)


@pytest.mark.parametrize(("data", "may_be"), [
    (_zipped("a", b""), True), (_tarred("a", b""), True), (b"\x1f\x8b\x08", True), (b"Rar!\x1a\x07", True),
    (b"{", False), (b"", False), (b"eyJ", False), (b"PK", False), (b"x" * 257 + b"usta", False),
], ids=["ZIP", "TAR", "gzip", "RAR", "JSON", "nothing", "a token", "two letters", "almost a TAR"])
def test_archives_are_told_by_how_they_begin(data: bytes, *, may_be: bool) -> None:
    assert may_be_archive(data) is may_be


def test_a_line_in_front_of_a_pdf_is_allowed() -> None:
    assert is_pdf(b"\x1b%-12345X@PJL\r\n%PDF-1.4\n")
