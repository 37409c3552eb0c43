"""What somebody sent in an archive: each file in it, under both names, as if the archive were a folder.

ZIP and TAR, the latter also with gzip, are read in memory, under the bounds of `formats.archive`; nothing
is written anywhere. An archive in an archive is named and not opened. What is an archive by its bytes and
none to people (a share pack, an office document) is one file; other kinds are named with what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wallet.formats.archive import Member, is_archive, is_zip, read_archive, read_member
from wallet.formats.first_bytes import ARCHIVES, may_be_archive
from wallet.formats.pack import MANIFEST, PACK_FORMAT
from wallet.model.errors import FormatError
from wallet.model.reasons import Reason, ReasonCode, reason

from .inputs import Frames, Input, expand

_OFFICE: Final = "[Content_Types].xml"  # ECMA-376 part 2 §10.1.2.2
_OPEN_OFFICE: Final = "mimetype"  # OpenDocument 1.3 part 2 §3.3, EPUB 3.3 §4.2.1
_EVIDENCE: Final = b'"vcevidence"'


def enclosed(one: Input) -> Iterator[Input]:
    """Yield everything to parse in an archive, or the file itself if it is to be read as one."""
    try:
        if is_pack(one.data):
            yield one
            return
        problem = no_folder(one.data)
    except FormatError as error:
        problem = error.reason
    if problem is not None:
        yield Input(one.name, b"", one.path, problem)
        return
    yield from filled(one, _members(one))


def filled(one: Input, found: Iterator[Input]) -> Iterator[Input]:
    """Yield what was found in an archive, or that nothing is in it."""
    is_empty = True
    for inner in found:
        is_empty = False
        yield inner
    if is_empty:
        yield Input(one.name, b"", one.path, reason(ReasonCode.FORMAT_UNKNOWN, what="empty"))


def _members(one: Input) -> Iterator[Input]:
    frames = Frames()
    try:
        for member in read_archive(one.data):
            for inner in _inside(member, frames):
                yield _named(one, inner)
    except FormatError as error:  # what came before was good, and stays
        yield Input(one.name, b"", one.path, error.reason)
    for joined in frames.joined():
        yield _named(one, joined)


def _inside(member: Member, frames: Frames) -> Iterator[Input]:
    problem = problem_of(member)
    if problem is not None:
        yield Input(member.name, b"", None, problem)
    else:
        yield from expand(member.name, member.data, None, frames)


def problem_of(member: Member) -> Reason | None:
    """Return why a member of an archive is not looked into, None if it is."""
    if member.problem is not None or not may_be_archive(member.data):
        return member.problem
    try:
        if is_pack(member.data):
            return None
        return no_folder(member.data) or reason(ReasonCode.LEFT_ARCHIVE, name=member.name)
    except FormatError as error:
        return error.reason


def _named(one: Input, inner: Input) -> Input:
    return replace(inner, name=f"{one.name}: {inner.name}", path=one.path)


def is_pack(data: bytes) -> bool:
    """Tell whether an archive means to be a share pack; those are read by their own, stricter rules.

    Raises:
        FormatError: LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO.
    """
    return is_zip(data) and f'"{PACK_FORMAT}"'.encode() in read_member(data, MANIFEST)


def no_folder(data: bytes) -> Reason | None:
    """Return what to say of an archive that nobody would take for a folder, or that we cannot open.

    Raises:
        FormatError: LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO.
    """
    if not is_archive(data):
        kind = next(kind for start, kind in ARCHIVES.items() if data.startswith(start))
        return reason(ReasonCode.FORMAT_UNKNOWN, what="packed", found=kind)
    if not is_zip(data):
        return None
    if _EVIDENCE in read_member(data, MANIFEST):
        return reason(ReasonCode.FORMAT_UNKNOWN, what="evidence_pack")
    if read_member(data, _OFFICE) or read_member(data, _OPEN_OFFICE):
        return reason(ReasonCode.FORMAT_UNKNOWN, what="office")
    from wallet.formats.linkedin_export import is_linkedin_export  # noqa: PLC0415 - not for a pack

    return reason(ReasonCode.FORMAT_UNKNOWN, what="linkedin") if is_linkedin_export(data) else None
