"""What a file is by its first bytes: nothing is parsed here, and nothing loaded that could.

Most files are JSON; whoever asks this of one must not have to load the readers of pictures and PDFs for the
answer. The readers judge for themselves what they are given. ISO 32000-2 §7.5.2; SVG 1.1 §5.1.
"""

from __future__ import annotations

import re
from typing import Final

PDF_MAGIC: Final = b"%PDF-"
_PDF_BYTES: Final = 1024  # some writers put a line in front
_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
#: How JSON, markup and tokens begin. Archives and pictures have a zero byte in front of all that they hold.
_TEXTS: Final = (b"{", b"[", b'"', b"<", b"ey")
_SVG_BYTES: Final = 64 * 1024  # licence comments stand in front of some pictures
_ROOT: Final = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?svg[\s/>]")


def is_pdf(data: bytes) -> bool:
    """Return whether the bytes start like a PDF, and not like something that only mentions or holds one."""
    head = data[:_PDF_BYTES]
    if PDF_MAGIC[:1] not in head or PDF_MAGIC not in head:  # one byte is looked for much faster
        return False
    before = head.partition(PDF_MAGIC)[0]
    return not (before.lstrip(_SPACE).startswith(_TEXTS) or b"\0" in before)


def looks_like_svg(data: bytes) -> bool:
    """Return whether the bytes are XML with an SVG picture in it."""
    head = data[:_SVG_BYTES]
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and bool(_ROOT.search(head))
