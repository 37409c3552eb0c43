"""ZIP archives of others, read member by member in memory: names judged, bytes counted as they inflate.

Nothing is ever unpacked to disk. A member that cannot be taken is given with its reason and the others are
read; an archive that means harm as a whole (too many members, too much, too dense) ends with a reason. What a
member is, is told by its content elsewhere; our own share pack is stricter and read in `pack`.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wallet.model.errors import FormatError
from wallet.model.limits import (
    MAX_FILE_BYTES,
    MAX_PACK_BYTES,
    MAX_PACK_MEMBERS,
    MAX_PACK_RATIO,
)
from wallet.model.reasons import Reason, ReasonCode, reason

ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_CENTRAL_ENTRY: Final = b"PK\x01\x02"
_CHUNK_BYTES: Final = 64 * 1024
_RATIO_FLOOR_BYTES: Final = 1024 * 1024  # a short text may well be a hundred times the same word
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1
#: Names that mean a device on Windows, whatever their ending.
_DEVICE: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\\]|^[A-Za-z]:")
#: What systems put beside the files of a person.
_SYSTEM: Final = re.compile(r"(?i)(^|/)(__macosx/|\.[^./]|thumbs\.db$|desktop\.ini$)")
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
                  RuntimeError, OverflowError, IndexError, KeyError)


@dataclass(frozen=True, slots=True)
class ArchiveBounds:
    """How much an archive may hold.

    Attributes:
        max_bytes: All members together, inflated.
        max_members: How many.
        max_file_bytes: The archive itself.
    """

    max_bytes: int = MAX_PACK_BYTES
    max_members: int = MAX_PACK_MEMBERS
    max_file_bytes: int = MAX_FILE_BYTES


_BOUNDS: Final = ArchiveBounds()


@dataclass(frozen=True, slots=True)
class Member:
    """One member.

    Attributes:
        name: As the archive has it; untrusted text, and never a path of this computer.
        data: Its bytes; empty if there is a problem.
        problem: Why it was not read, else None.
    """

    name: str
    data: bytes
    problem: Reason | None = None


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a ZIP archive by how they begin."""
    return data.startswith(ZIP_MAGIC)


def read_archive(data: bytes, bounds: ArchiveBounds = _BOUNDS) -> Iterator[Member]:
    """Yield the members of an archive in its own order; folders and what systems add are left out.

    Raises:
        FormatError: PACK_DAMAGED, LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO. Members that came before are good.
    """
    if len(data) > bounds.max_file_bytes:
        raise FormatError(reason(ReasonCode.LIMIT_BYTES, what="pack", limit=str(bounds.max_file_bytes)))
    # Counted in the raw bytes first: the reader makes one object for each entry before it can be asked.
    if data.count(_CENTRAL_ENTRY) > bounds.max_members:
        raise FormatError(reason(ReasonCode.LIMIT_ITEMS, what="pack", limit=str(bounds.max_members)))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _members(archive, bounds)
    except _DAMAGE as error:
        raise FormatError(reason(ReasonCode.PACK_DAMAGED)) from error


def read_member(data: bytes, name: str) -> bytes:
    """Return one member, without reading the others; nothing if it is not there or the archive is damaged.

    Raises:
        FormatError: LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO.
    """
    if data.count(_CENTRAL_ENTRY) > _BOUNDS.max_members:
        raise FormatError(reason(ReasonCode.LIMIT_ITEMS, what="pack", limit=str(_BOUNDS.max_members)))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [entry for entry in archive.infolist() if entry.orig_filename == name]
            return _read(archive, found[0], _BOUNDS.max_bytes) if found and not _is_special(found[0]) else b""
    except _DAMAGE:
        return b""


def _members(archive: zipfile.ZipFile, bounds: ArchiveBounds) -> Iterator[Member]:
    seen: set[str] = set()
    room = bounds.max_bytes
    for entry in archive.infolist():
        # The reader cuts a name at its first NUL, so the name as stored is the one to judge.
        name = entry.orig_filename
        if name.endswith("/") or _SYSTEM.search(name):
            continue
        if not _is_plain(name) or name.casefold() in seen or name != entry.filename or _is_special(entry):
            yield Member(name, b"", reason(ReasonCode.PACK_MEMBER_REFUSED, member=name[:200]))
            continue
        seen.add(name.casefold())
        data = _read(archive, entry, room)
        room -= len(data)
        yield Member(name, data)


def _is_plain(name: str) -> bool:
    """Tell whether a name stays where it is put, on every system."""
    parts = name.split("/")
    return not _CONTROL.search(name) and not any(
        part in ("", ".", "..") or _DEVICE.fullmatch(part.strip(" .")) for part in parts)


def _is_special(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
        return True
    return kind not in (0, stat.S_IFREG)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    limit = min(room, MAX_FILE_BYTES)
    data = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            data += chunk
            if len(data) > limit:
                raise FormatError(reason(ReasonCode.LIMIT_BYTES, what="pack", limit=str(limit),
                                         member=entry.filename[:200]))
            if len(data) > max(_RATIO_FLOOR_BYTES, MAX_PACK_RATIO * entry.compress_size):
                raise FormatError(reason(ReasonCode.LIMIT_RATIO, limit=str(MAX_PACK_RATIO),
                                         member=entry.filename[:200]))
    return bytes(data)
