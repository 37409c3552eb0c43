"""ZIP archives under bounds: what every reader of them shares. Nothing is ever unpacked to disk.

Counted before the reader is asked: the archive's bytes, its entries; while it inflates: the bytes of each
member, of all together, and how dense they are. Which names and members are taken is the reader's business:
`archive` passes over what it cannot take, `pack` refuses it.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from wallet.model.errors import FormatError
from wallet.model.limits import MAX_FILE_BYTES, MAX_PACK_BYTES, MAX_PACK_MEMBERS, MAX_PACK_RATIO
from wallet.model.reasons import ReasonCode, reason

#: What a damaged or hostile archive makes the reader raise.
DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
                 RuntimeError, OverflowError, IndexError, KeyError)
RATIO_FLOOR_BYTES: Final = 1024 * 1024  # a short text may well be a hundred times the same word
_CENTRAL_ENTRY: Final = b"PK\x01\x02"
_CHUNK_BYTES: Final = 64 * 1024
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1
#: Names that mean a device on Windows, whatever their ending.
_DEVICE: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


@dataclass(frozen=True, slots=True)
class ArchiveBounds:
    """How much an archive may hold.

    Attributes:
        max_bytes: All members together, inflated.
        max_members: How many.
        max_file_bytes: The archive itself.
        max_member_bytes: Each member, inflated.
    """

    max_bytes: int = MAX_PACK_BYTES
    max_members: int = MAX_PACK_MEMBERS
    max_file_bytes: int = MAX_FILE_BYTES
    max_member_bytes: int = MAX_FILE_BYTES


def open_zip(data: bytes, bounds: ArchiveBounds) -> zipfile.ZipFile:
    """Open an archive that is within its bounds.

    Raises:
        FormatError: LIMIT_BYTES, LIMIT_ITEMS; and one of `DAMAGE`.
    """
    demand_bytes(len(data), bounds.max_file_bytes)
    # Counted in the raw bytes first: the reader makes one object for each entry before it can be asked.
    demand_members(data.count(_CENTRAL_ENTRY), bounds)
    return zipfile.ZipFile(io.BytesIO(data))


def read_zip_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int,
                    bounds: ArchiveBounds) -> bytes:
    """Return one member's bytes, counted as they inflate.

    Args:
        archive: Open.
        entry: One of its own.
        room: How many bytes are left for all members together.
        bounds: For this one.

    Raises:
        FormatError: LIMIT_BYTES, LIMIT_RATIO; and one of `DAMAGE`.
    """
    data, before = bytearray(), bounds.max_bytes - room
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            data += chunk
            demand_bytes(len(data), bounds.max_member_bytes, entry.filename)
            demand_bytes(before + len(data), bounds.max_bytes, entry.filename)
            demand_density(len(data), entry.compress_size, entry.filename)
    return bytes(data)


def is_special(entry: zipfile.ZipInfo, *kinds: int) -> bool:
    """Tell whether a member is locked, packed in an unusual way, or of none of these kinds of file."""
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
        return True
    return stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, *kinds)


def leads_elsewhere(part: str) -> bool:
    """Tell whether a part of a name would not stay where it is put, on every system."""
    return part in ("", ".", "..") or _DEVICE.fullmatch(part.strip(" .")) is not None


def demand_bytes(found: int, limit: int, member: str = "") -> None:
    """Refuse what is larger. Raises FormatError: LIMIT_BYTES."""
    if found > limit:
        named = {"member": member[:200]} if member else {}
        raise FormatError(reason(ReasonCode.LIMIT_BYTES, what="pack", limit=str(limit), **named))


def demand_members(found: int, bounds: ArchiveBounds) -> None:
    """Refuse too many members. Raises FormatError: LIMIT_ITEMS."""
    if found > bounds.max_members:
        raise FormatError(reason(ReasonCode.LIMIT_ITEMS, what="pack", limit=str(bounds.max_members)))


def demand_density(found: int, packed: int, member: str = "") -> None:
    """Refuse what inflates to more than anything honest does. Raises FormatError: LIMIT_RATIO."""
    if found > max(RATIO_FLOOR_BYTES, MAX_PACK_RATIO * packed):
        raise FormatError(reason(ReasonCode.LIMIT_RATIO, limit=str(MAX_PACK_RATIO), member=member[:200]))
