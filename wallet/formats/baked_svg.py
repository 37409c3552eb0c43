"""Badges inside SVG: take the credential out, put one in. The picture itself is never drawn from here.

Read by a parser that declares no entities, loads nothing and builds no tree. A document type that only names
the SVG DTD is met in published badges and harmless, since nothing is loaded; one with declarations of its own
is refused. Open Badges 3.0 §5.3.2, Open Badges 2.0 "Baking".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from defusedxml.common import DefusedXmlException, DTDForbidden

from wallet.model.errors import FormatError
from wallet.model.limits import MAX_PICTURE_BYTES
from wallet.model.reasons import Reason, ReasonCode, reason

SVG_NAMESPACE: Final = "http://www.w3.org/2000/svg"
BADGE_NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
#: Programs that bake have put several paths behind the names of both standards.
_NAMESPACE: Final = re.compile(
    r"https?://(?:(?:www\.)?openbadges\.org|purl\.imsglobal\.org/(?:spec/)?ob)(?:[/#].*)?", re.ASCII)
_NAMES: Final = frozenset({"assertion", "credential"})
_JWS: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_DECLARED: Final = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._\-]+)")
# XML 1.0 §2.2: what no document may hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Baked:
    """A credential's exact text out of a picture, and what was allowed for."""

    payload: bytes
    notes: tuple[Reason, ...] = ()


@dataclass(slots=True)
class _Sieve:
    """Keeps the badge elements of a stream of XML events and forgets everything else."""

    parser: Any = None
    texts: list[list[str]] = field(default_factory=list)
    verify: list[str] = field(default_factory=list)
    root: str = ""
    root_at: int = 0
    depth: int = 0
    inside: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.depth == 0:
            self.root, self.root_at = tag, self.parser.CurrentByteIndex
        self.depth += 1
        if _is_badge(tag):
            self.inside = self.depth
            self.texts.append([])
            self.verify.append(attributes.get("verify", ""))
        elif self.inside:
            # An element inside the credential: its text would be glued to what was sealed.
            raise _refused("element")

    def end(self, _tag: str) -> None:
        if self.depth == self.inside:
            self.inside = 0
        self.depth -= 1

    def data(self, text: str) -> None:
        if self.inside:
            self.texts[-1].append(text)

    def close(self) -> None:
        """Nothing is built."""


def _is_badge(tag: str) -> bool:
    namespace, _, name = tag[1:].rpartition("}")
    return name in _NAMES and bool(_NAMESPACE.fullmatch(namespace))


def _parser(sieve: _Sieve) -> Any:
    """Return a parser that feeds the sieve. The libraries are loaded for the first SVG only."""
    from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415 - as said above

    class Parser(DefusedXMLParser):
        """Refuses entities and external references; a document type only if it declares anything."""

        def defused_start_doctype_decl(self, name: Any, sysid: Any, pubid: Any, internal: Any) -> None:
            if internal:
                raise DTDForbidden(name, sysid, pubid)

    # `forbid_dtd` is what makes the parser ask `Parser` about a document type.
    parser = Parser(target=sieve, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    sieve.parser = parser.parser
    return parser


def unbake_svg(data: bytes) -> bytes:
    """Return the exact text of the credential inside an SVG.

    Raises:
        FormatError: As `read_svg`.
    """
    return read_svg(data).payload


def read_svg(data: bytes) -> Baked:
    """Return the credential inside an SVG: JSON, a compact JWS, or (1.x and 2.0) the address of a record.

    Raises:
        FormatError: SVG_REFUSED, PICTURE_DAMAGED, PICTURE_EMPTY, PICTURE_TWO_CREDENTIALS, LIMIT_BYTES.
    """
    sieve = _sift(data)
    if not sieve.texts:
        raise FormatError(reason(ReasonCode.PICTURE_EMPTY))
    if len(sieve.texts) > 1:
        raise FormatError(reason(ReasonCode.PICTURE_TWO_CREDENTIALS, found=str(len(sieve.texts))))
    text, verify = "".join(sieve.texts[0]), sieve.verify[0]
    if not text.strip():
        if not verify.strip():
            raise FormatError(reason(ReasonCode.PICTURE_EMPTY))
        return Baked(verify.encode("utf-8"))
    # Open Badges 2.0 puts the record's address beside the record; two seals at once are two credentials.
    if verify.strip() and not verify.strip().lower().startswith(("https://", "http://")):
        raise FormatError(reason(ReasonCode.PICTURE_TWO_CREDENTIALS, found="2"))
    return Baked(text.encode("utf-8"))


def bake_svg(picture: bytes, payload: bytes) -> bytes:
    """Return the picture with the credential just behind its opening tag; every other byte stays.

    Raises:
        FormatError: As for reading; PICTURE_TWO_CREDENTIALS if there is a credential in it already;
            SVG_REFUSED for an encoding or a text that cannot be written so that it comes out the same.
    """
    sieve = _sift(picture)
    if sieve.texts:
        raise FormatError(reason(ReasonCode.PICTURE_TWO_CREDENTIALS))
    declared = _DECLARED.search(picture[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        raise _refused("encoding")
    element = _element(payload)
    start = sieve.root_at
    end = _end_of_tag(picture, start)
    if picture[end - 2 : end] != b"/>":
        return picture[:end] + element + picture[end:]
    name = re.split(rb"[\s/>]", picture[start + 1 : end], maxsplit=1)[0]
    return picture[: end - 2] + b">" + element + b"</" + name + b">" + picture[end:]


def _sift(data: bytes) -> _Sieve:
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - as for the parser

    if len(data) > MAX_PICTURE_BYTES:
        raise FormatError(
            reason(ReasonCode.LIMIT_BYTES, what="picture", limit=str(MAX_PICTURE_BYTES), found=str(len(data)))
        )
    sieve = _Sieve()
    parser = _parser(sieve)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        raise _refused(type(error).__name__) from error
    except (ParseError, LookupError, ValueError) as error:
        raise FormatError(reason(ReasonCode.PICTURE_DAMAGED, what="XML")) from error
    if sieve.root.rpartition("}")[2] != "svg" or sieve.root not in ("svg", f"{{{SVG_NAMESPACE}}}svg"):
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="XML"))
    return sieve


def _element(payload: bytes) -> bytes:
    from xml.sax.saxutils import escape, quoteattr  # noqa: PLC0415 - as for the parser

    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused("text") from error
    if not text.strip() or _FORBIDDEN.search(text):
        raise _refused("text")
    opening = f'<openbadges:credential xmlns:openbadges="{BADGE_NAMESPACE}"'
    if _JWS.fullmatch(text):
        return f"{opening} verify={quoteattr(text)}/>".encode()
    # A parser turns CR into LF unless it is escaped, and CDATA cannot be escaped.
    plain = "\r" not in text and "]]>" not in text
    body = f"<![CDATA[{text}]]>" if plain else escape(text, {"\r": "&#13;"})
    return f"{opening}>{body}</openbadges:credential>".encode()


def _end_of_tag(data: bytes, start: int) -> int:
    quote = 0
    for position in range(start, len(data)):
        byte = data[position]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == ord(">"):
            return position + 1
    raise FormatError(reason(ReasonCode.PICTURE_DAMAGED, what="XML"))


def _refused(what: str) -> FormatError:
    return FormatError(reason(ReasonCode.SVG_REFUSED, what=what))
