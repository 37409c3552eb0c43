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

#: Files that hold files, by how each kind begins; a TAR says what it is further on.
ARCHIVES: Final = {
    b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\x1f\x8b": "gzip", b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd",
}
_ARCHIVE_STARTS: Final = tuple(ARCHIVES)
_TAR_MAGIC: Final = b"ustar"
_TAR_MAGIC_AT: Final = 257


def may_be_archive(data: bytes) -> bool:
    """Return whether the bytes start like a file that holds files."""
    return data.startswith(_ARCHIVE_STARTS) or data.startswith(_TAR_MAGIC, _TAR_MAGIC_AT)


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
