from __future__ import annotations

from wallet.formats.first_bytes import is_pdf, looks_like_svg


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
