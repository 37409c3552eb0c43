"""What a file is by its first bytes: nothing is parsed here, and nothing loaded that could.

Most files are JSON; whoever asks this of one must not have to load the readers of pictures and PDFs for the
answer. The readers judge for themselves what they are given. ISO 32000-2 §7.5.2; SVG 1.1 §5.1.
"""

from __future__ import annotations

import re
from typing import Final

PDF_MAGIC: Final = b"%PDF-"
_PDF_BYTES: Final = 1024  # some writers put a line in front
_SVG_BYTES: Final = 64 * 1024  # licence comments stand in front of some pictures
_ROOT: Final = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?svg[\s/>]")


def is_pdf(data: bytes) -> bool:
    """Return whether the bytes start like a PDF."""
    head = data[:_PDF_BYTES]
    return PDF_MAGIC[:1] in head and PDF_MAGIC in head  # one byte is looked for much faster


def looks_like_svg(data: bytes) -> bool:
    """Return whether the bytes are XML with an SVG picture in it."""
    head = data[:_SVG_BYTES]
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and bool(_ROOT.search(head))
