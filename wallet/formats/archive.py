"""Archives of others, ZIP or TAR, read member by member in memory: names judged, bytes counted.

Nothing is ever unpacked to disk. A member that cannot be taken is given with its reason and the others are
read; an archive that means harm as a whole (too many members, too much, too dense) ends with a reason. What a
member is, is told by its content elsewhere; our own share pack is stricter and read in `pack`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wallet.model.errors import FormatError
from wallet.model.reasons import Reason, ReasonCode, reason

from .tar_members import is_tar, tar_entries
from .zip_members import DAMAGE, ArchiveBounds, is_special, leads_elsewhere, open_zip, read_zip_member

__all__ = ["ArchiveBounds", "Member", "is_archive", "is_zip", "read_archive", "read_member"]

ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\\]|^[A-Za-z]:")
#: What systems put beside the files of a person.
_SYSTEM: Final = re.compile(r"(?i)(^|/)(__macosx/|\.[^./]|thumbs\.db$|desktop\.ini$)")
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
    """Tell whether bytes are an archive that is read here, by how they begin."""
    return is_zip(data) or is_tar(data)


def is_zip(data: bytes) -> bool:
    """Tell whether bytes are a ZIP archive by how they begin."""
    return data.startswith(ZIP_MAGIC)


def read_archive(data: bytes, bounds: ArchiveBounds = _BOUNDS) -> Iterator[Member]:
    """Yield the members of an archive in its own order; folders and what systems add are left out.

    Raises:
        FormatError: PACK_DAMAGED, LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO. Members that came before are good.
    """
    if is_tar(data):
        yield from _tar_members(data, bounds)
        return
    try:
        with open_zip(data, bounds) as archive:
            yield from _zip_members(archive, bounds)
    except DAMAGE as error:
        raise FormatError(reason(ReasonCode.PACK_DAMAGED)) from error


def read_member(data: bytes, name: str) -> bytes:
    """Return one member of a ZIP, without reading the others; nothing if it is not there or damaged.

    Raises:
        FormatError: LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO.
    """
    try:
        with open_zip(data, _BOUNDS) as archive:
            found = [entry for entry in archive.infolist() if entry.orig_filename == name]
            if not found or is_special(found[0]):
                return b""
            return read_zip_member(archive, found[0], _BOUNDS.max_bytes, _BOUNDS)
    except DAMAGE:
        return b""


def _zip_members(archive: zipfile.ZipFile, bounds: ArchiveBounds) -> Iterator[Member]:
    seen: set[str] = set()
    room = bounds.max_bytes
    for entry in archive.infolist():
        # The reader cuts a name at its first NUL, so the name as stored is the one to judge.
        name = entry.orig_filename
        if name.endswith("/") or _SYSTEM.search(name):
            continue
        if not _is_plain(name) or name.casefold() in seen or name != entry.filename or is_special(entry):
            yield _refused(name)
            continue
        seen.add(name.casefold())
        data = read_zip_member(archive, entry, room, bounds)
        room -= len(data)
        yield Member(name, data)


def _tar_members(data: bytes, bounds: ArchiveBounds) -> Iterator[Member]:
    seen: set[str] = set()
    for stored, inside in tar_entries(data, bounds):
        name = stored.removeprefix("./")  # how some programs name everything
        if _SYSTEM.search(name):
            continue
        if inside is None or not _is_plain(name) or name.casefold() in seen:
            yield _refused(name)
            continue
        seen.add(name.casefold())
        yield Member(name, inside)


def _refused(name: str) -> Member:
    return Member(name, b"", reason(ReasonCode.PACK_MEMBER_REFUSED, member=name[:200]))


def _is_plain(name: str) -> bool:
    """Tell whether a name stays where it is put, on every system."""
    return not _CONTROL.search(name) and not any(map(leads_elsewhere, name.split("/")))
