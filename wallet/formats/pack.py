"""The share pack (`.vcpack`): a ZIP of a manifest, one presentation and a cover text; how it is taken apart.

    manifest.json       {"format": "vcpack", "version": 1, "sha256": {"<member>": "<hex>", …}}
    presentation.json   or presentation.jwt: the signed presentation
    cover.txt           for people; unsigned and inert

Nothing is ever extracted to disk: members are read into memory by index, counted as they inflate. The
manifest's hashes find damage; what is trusted is the presentation's own proof. Writing is in `share`,
with the manifest made here so that both sides hold one definition.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import stat
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from wallet.codec.strict_json import dump_json, parse_object
from wallet.model.errors import FormatError, WalletError
from wallet.model.limits import MAX_JSON_BYTES
from wallet.model.reasons import ReasonCode, reason

from .zip_members import DAMAGE, ArchiveBounds, is_special, leads_elsewhere, open_zip, read_zip_member

MANIFEST: Final = "manifest.json"
PRESENTATION_JSON: Final = "presentation.json"
PRESENTATION_JWT: Final = "presentation.jwt"
COVER: Final = "cover.txt"
PACK_FORMAT: Final = "vcpack"
PACK_VERSION: Final = 1

_MAX_COVER_BYTES: Final = 64 * 1024  # a page for people
_MAX_MANIFEST_BYTES: Final = 2 * 1024 * 1024  # ten thousand names with their hashes
_BOUNDS: Final = ArchiveBounds(max_member_bytes=MAX_JSON_BYTES)
_PLAIN_NAME: Final = re.compile(r"[^\x00-\x1f\x7f\\:*?\"<>|]+")


@dataclass(frozen=True, slots=True)
class PackMembers:
    """What a pack holds.

    Attributes:
        presentation: The presentation's exact bytes (JSON or compact JWS).
        cover: The unsigned text beside it, "" if there is none.
    """

    presentation: bytes
    cover: str = ""


def manifest(members: Mapping[str, bytes]) -> bytes:
    """Return the manifest for these members."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    return dump_json({"format": PACK_FORMAT, "version": PACK_VERSION, "sha256": hashes})


def read_pack(data: bytes) -> PackMembers:
    """Take a pack apart and check its members against the manifest.

    Raises:
        FormatError: PACK_DAMAGED, PACK_MEMBER_REFUSED (a name no pack of ours has), PACK_ALTERED (a hash
            or a member that does not agree with the manifest), FORMAT_UNKNOWN (another kind of archive),
            LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO.
    """
    members = read_members(data)
    if MANIFEST not in members:
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="zip"))
    _check_manifest(members)
    found = tuple(name for name in (PRESENTATION_JSON, PRESENTATION_JWT) if name in members)
    if len(found) != 1:
        raise FormatError(reason(ReasonCode.PACK_DAMAGED, member=PRESENTATION_JSON))
    return PackMembers(members[found[0]], _cover(members.get(COVER, b"")))


def member_names(data: bytes) -> tuple[str, ...]:
    """Return the names of an archive's members, in order; nothing is unpacked.

    Raises:
        FormatError: PACK_DAMAGED, PACK_MEMBER_REFUSED, LIMIT_BYTES or LIMIT_ITEMS.
    """
    try:
        with _opened(data) as archive:
            return tuple(entry.filename for entry in archive.infolist())
    except DAMAGE as error:
        raise FormatError(reason(ReasonCode.PACK_DAMAGED)) from error


def read_members(data: bytes, *, wanted: Callable[[str], bool] = bool) -> dict[str, bytes]:
    """Return the members of any archive by name, read into memory and counted as they inflate.

    Args:
        data: The archive.
        wanted: Tells by its name whether a member is read; all are if not given.

    Raises:
        FormatError: As `member_names`, and LIMIT_RATIO.
    """
    try:
        with _opened(data) as archive:
            members: dict[str, bytes] = {}
            room = _BOUNDS.max_bytes
            for entry in archive.infolist():
                if entry.is_dir() or not wanted(entry.filename):
                    continue
                members[entry.filename] = read_zip_member(archive, entry, room, _BOUNDS)
                room -= len(members[entry.filename])
            return members
    except DAMAGE as error:
        raise FormatError(reason(ReasonCode.PACK_DAMAGED)) from error


def _opened(data: bytes) -> zipfile.ZipFile:
    """Open an archive whose names are all plain."""
    archive = open_zip(data, _BOUNDS)
    _check_names(archive.infolist())
    return archive


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        folded = name.casefold()
        # The reader cuts a name at its first NUL, so the name as stored is the one to judge.
        if (
            not _is_plain(name.removesuffix("/"))
            or folded in seen
            or name != entry.filename
            or is_special(entry, stat.S_IFDIR)
        ):
            raise FormatError(reason(ReasonCode.PACK_MEMBER_REFUSED, member=name[:200]))
        seen.add(folded)


def _is_plain(name: str) -> bool:
    if not name or not _PLAIN_NAME.fullmatch(name):
        return False
    return not any(leads_elsewhere(part) or part != part.strip(" .") for part in name.split("/"))


def _check_manifest(members: dict[str, bytes]) -> None:
    try:
        document = parse_object(members[MANIFEST], max_bytes=_MAX_MANIFEST_BYTES)
    except WalletError as error:
        raise FormatError(reason(ReasonCode.PACK_DAMAGED, member=MANIFEST)) from error
    if document.get("format") != PACK_FORMAT:
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="zip"))
    if document.get("version") != PACK_VERSION or isinstance(document.get("version"), bool):
        raise FormatError(
            reason(ReasonCode.FORMAT_UNSUPPORTED, what="pack", found=str(document.get("version"))[:20])
        )
    hashes = document.get("sha256")
    if not isinstance(hashes, dict):
        raise FormatError(reason(ReasonCode.PACK_DAMAGED, member=MANIFEST))
    present = set(members) - {MANIFEST}
    for name in sorted(present ^ set(hashes)):
        raise FormatError(reason(ReasonCode.PACK_ALTERED, member=name[:200]))
    for name in sorted(present):
        found = hashlib.sha256(members[name]).hexdigest().encode("ascii")
        if not hmac.compare_digest(found, str(hashes[name]).encode("utf-8", "replace")):
            raise FormatError(reason(ReasonCode.PACK_ALTERED, member=name[:200]))


def _cover(data: bytes) -> str:
    if len(data) > _MAX_COVER_BYTES:
        raise FormatError(reason(ReasonCode.LIMIT_BYTES, what="cover", limit=str(_MAX_COVER_BYTES)))
    return data.decode("utf-8", "replace")
