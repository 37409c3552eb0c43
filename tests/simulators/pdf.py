"""PDF certificates for tests: with links, attachments, metadata, QR codes, and things that must not run."""

from __future__ import annotations

import io

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, RectangleObject, TextStringObject


def pdf_with(*, title: str = "", author: str = "", links: tuple[str, ...] = (),
             attachments: dict[str, bytes] | None = None, packet: bytes = b"",
             picture: Image.Image | None = None, dangerous: bool = False, pages: int = 1) -> bytes:
    """A PDF that holds these things."""
    writer = PdfWriter()
    if picture is not None:
        target = io.BytesIO()
        picture.convert("RGB").save(target, "PDF")
        writer.append(PdfReader(target))
    else:
        for _ in range(pages):
            writer.add_blank_page(300, 300)
    if title or author:
        writer.add_metadata({"/Title": title, "/Author": author})
    for link in links:
        writer.add_uri(0, link, RectangleObject((0, 0, 50, 50)))
    for name, data in (attachments or {}).items():
        writer.add_attachment(name, data)
    if packet:
        stream = DecodedStreamObject()
        stream.set_data(packet)
        stream[NameObject("/Type")] = NameObject("/Metadata")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    if dangerous:
        for name, action in (("/OpenAction", "/JavaScript"), ("/AA", "/Launch")):
            writer.root_object[NameObject(name)] = DictionaryObject({
                NameObject("/S"): NameObject(action),
                NameObject("/JS"): TextStringObject("app.launchURL('x')"),
                NameObject("/F"): TextStringObject("/bin/sh")})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def packet_with(text: str) -> bytes:
    """A metadata packet that holds a text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return (f'<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
            f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
            f'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential>{escaped}'
            f'</openbadges:credential></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>').encode()
