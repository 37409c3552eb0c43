"""PDF certificates: what is attached to them, and what they say that helps to file them. Never drawn.

A PDF is an envelope here. Looked for, in this order: attached files, the metadata packet (XMP), pictures with
QR codes, links and addresses in its text. No action, script or form in it is carried out, nothing it names is
opened. Everything is bounded, but the library that takes a PDF apart was not written for hostile ones: call
this in a process that can be ended (`operations.pdf_worker`). ISO 32000-2 §7.11.4 (embedded files), §14.3.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from wallet.model.errors import FormatError, WalletError
from wallet.model.limits import MAX_FILE_BYTES, MAX_JSON_BYTES, MAX_PICTURE_BYTES, MIB
from wallet.model.reasons import ReasonCode, reason

from .badge_page import split_address
from .linkedin_export import read_day
from .qr import is_picture, read_qr

if TYPE_CHECKING:  # loaded for the first PDF only
    from pypdf import PageObject, PdfReader

MAX_PDF_PAGES: Final = 50  # that are looked at
MAX_ATTACHMENTS: Final = 50
MAX_PDF_PICTURES: Final = 20
MAX_PDF_LINKS: Final = 100
_MAX_TEXT_PAGES: Final = 5
_MAX_TEXT_CHARS: Final = 100_000
_MAX_XMP_BYTES: Final = 2 * MIB
_MAX_LINE: Final = 300
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]+", re.IGNORECASE)
_DATE: Final = re.compile(
    r"\b(\d{4}-\d{2}-\d{2}|\d{1,2}\.? [^\W\d_]{3,9}\.? \d{4}|[^\W\d_]{3,9}\.? \d{1,2}, \d{4})\b")
#: What programs write where nobody gave a title.
_NO_TITLE: Final = re.compile(
    r"(?i)(untitled|unbenannt|document|certificate|microsoft word|.*\.(docx?|pdf|html?|indd))( ?-.*)?")
#: Sealed text inside a metadata packet: an object, or a token.
_IN_XMP: Final = re.compile(r"\{.*\}|ey[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_~.-]+", re.DOTALL)
# What the library is seen to raise on damaged files; none of it says more than "damaged".
_DAMAGE: Final = (ValueError, LookupError, TypeError, AttributeError, OSError, EOFError, struct.error,
                  zlib.error, RuntimeError, ArithmeticError, AssertionError, MemoryError)


@dataclass(frozen=True, slots=True)
class PdfContents:
    """What was found in a PDF; every text untrusted.

    Attributes:
        title: As its metadata call it, "" where that says nothing.
        author: As its metadata call it.
        date: The one date in its text, None where there is none, or more than one.
        attachments: Names and bytes of attached files that could be a credential.
        inside: Texts in its metadata packet that could be a credential.
        codes: Texts of the QR codes in its pictures.
        links: Web addresses it links to or shows, in order; never opened.
    """

    title: str = ""
    author: str = ""
    date: datetime | None = None
    attachments: tuple[tuple[str, bytes], ...] = ()
    inside: tuple[bytes, ...] = ()
    codes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def read_pdf(data: bytes) -> PdfContents:
    """Look into a PDF.

    Raises:
        FormatError: PDF_DAMAGED, LIMIT_BYTES.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - see above
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    if len(data) > MAX_FILE_BYTES:
        raise FormatError(reason(ReasonCode.LIMIT_BYTES, what="PDF", limit=str(MAX_FILE_BYTES)))
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            reader.decrypt("")  # many are only protected against changes
        pages = list(_bounded(reader.pages, MAX_PDF_PAGES))
    except (*_DAMAGE, PyPdfError) as error:
        raise FormatError(reason(ReasonCode.PDF_DAMAGED)) from error
    parts = _Parts(reader, pages, (*_DAMAGE, PyPdfError))
    text = parts.text()
    title, author = parts.names()
    return PdfContents(title, author, _only_date(text), parts.attachments(), parts.packets(),
                       parts.codes(), _links((*parts.links(), *_ADDRESS.findall(text))))


class _Parts:
    """The parts of one PDF. What cannot be read counts as not there: the rest may be fine."""

    def __init__(self, reader: PdfReader, pages: list[PageObject],
                 damage: tuple[type[Exception], ...]) -> None:
        self._reader = reader
        self._pages = pages
        self._damage = damage

    def names(self) -> tuple[str, str]:
        with suppress(*self._damage):
            about = self._reader.metadata
            title = _line(about.title if about else None)
            return "" if _NO_TITLE.fullmatch(title) else title, _line(about.author if about else None)
        return "", ""

    def text(self) -> str:
        found: list[str] = []
        for page in self._pages[:_MAX_TEXT_PAGES]:
            with suppress(*self._damage):
                found.append(page.extract_text()[:_MAX_TEXT_CHARS])
        return "\n".join(found)[:_MAX_TEXT_CHARS]

    def links(self) -> Iterator[str]:
        for annotation in self._annotations():
            with suppress(*self._damage):
                address = annotation["/A"].get_object()["/URI"]
                if isinstance(address, str):
                    yield address

    def attachments(self) -> tuple[tuple[str, bytes], ...]:
        found: dict[bytes, str] = {}
        for name, stream in _bounded(self._embedded(), MAX_ATTACHMENTS):
            with suppress(*self._damage):
                data = bytes(stream.get_data())
                if 0 < len(data) <= MAX_JSON_BYTES:
                    found.setdefault(data, name[:_MAX_LINE])
        return tuple((name, data) for data, name in found.items())

    def packets(self) -> tuple[bytes, ...]:
        with suppress(*self._damage):
            packet: Any = self._reader.root_object["/Metadata"].get_object()
            data = bytes(packet.get_data())
            return _sealed_texts(data) if len(data) <= _MAX_XMP_BYTES else ()
        return ()

    def codes(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for data in _bounded(self._pictures(), MAX_PDF_PICTURES):
            with suppress(WalletError, *self._damage):
                found |= dict.fromkeys(read_qr(data))
        return tuple(found)

    def _pictures(self) -> Iterator[bytes]:
        for page in self._pages:
            with suppress(*self._damage):
                for name in page.images.keys():  # noqa: SIM118 - no dictionary: asking one by one bounds it
                    with suppress(*self._damage):
                        data = bytes(page.images[name].data)
                        if len(data) <= MAX_PICTURE_BYTES and is_picture(data):
                            yield data

    def _annotations(self) -> Iterator[Any]:
        for page in self._pages:
            with suppress(*self._damage):
                for one in _bounded(page.get("/Annots", ()), 10 * MAX_PDF_LINKS):
                    found: Any = None
                    with suppress(*self._damage):
                        found = one.get_object()
                    if isinstance(found, dict):
                        yield found

    def _embedded(self) -> Iterator[tuple[str, Any]]:
        """The streams of attached files: in the name tree, beside the document, and pinned to pages."""
        specifications: list[Any] = []
        with suppress(*self._damage):
            root = self._reader.root_object
            names: Any = root.get("/Names", {})
            tree = names.get_object().get("/EmbeddedFiles")
            specifications += list(_leaves(tree.get_object(), 8)) if tree is not None else []
        with suppress(*self._damage):
            specifications += list(_bounded(self._reader.root_object.get("/AF", ()), MAX_ATTACHMENTS))
        specifications += [one["/FS"] for one in self._annotations() if "/FS" in one]
        for each in specifications:
            with suppress(*self._damage):
                stated = each.get_object()
                file = stated["/EF"].get_object()
                stream = file.get("/UF") or file.get("/F")
                yield str(stated.get("/UF") or stated.get("/F") or "attachment"), stream.get_object()


def _leaves(node: Any, depth: int) -> Iterator[Any]:
    """The values of a name tree, which holds name and value by turns."""
    pairs = list(_bounded(node.get("/Names", ()), 2 * MAX_ATTACHMENTS))
    yield from pairs[1::2]
    if depth:
        for kid in _bounded(node.get("/Kids", ()), MAX_ATTACHMENTS):
            yield from _leaves(kid.get_object(), depth - 1)


def _sealed_texts(packet: bytes) -> tuple[bytes, ...]:
    """Return the texts and attributes of a packet that look like a credential."""
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - as above
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    try:
        root = fromstring(packet.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        return ()
    found: dict[bytes, None] = {}
    for element in root.iter():
        for text in (element.text or "", *element.attrib.values()):
            if _IN_XMP.fullmatch(text.strip()) and len(text) <= MAX_JSON_BYTES:
                found[text.strip().encode("utf-8", "replace")] = None
    return tuple(found)[:MAX_ATTACHMENTS]


def _links(addresses: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(one.strip().rstrip(".,;:") for one in addresses)
    return tuple(one for one in found if split_address(one) is not None)[:MAX_PDF_LINKS]


def _only_date(text: str) -> datetime | None:
    days = {day for one in _DATE.findall(text) if (day := read_day(one)) is not None}
    day = days.pop() if len(days) == 1 else None
    return day.astimezone(UTC) if day else None


def _line(value: Any) -> str:
    return " ".join(str(value).split())[:_MAX_LINE] if value else ""


def _bounded(values: Any, limit: int) -> Iterator[Any]:
    for number, one in enumerate(values):
        if number >= limit:
            return
        yield one
