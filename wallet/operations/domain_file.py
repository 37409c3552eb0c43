"""The data file of institutions' web domains, as it is published: JSON or CSV, mostly inside a ZIP.

Read as a stream, so that its hundreds of megabytes are never held; what is kept is the small index that
`wallet.trust.domains` compiles. The day of the file is in its name, because nowhere inside it is one.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from wallet.model.errors import OperationError, TrustError
from wallet.model.limits import MAX_DOMAIN_FILE_BYTES
from wallet.model.reasons import ReasonCode, reason
from wallet.trust.domains import Compiled, compile_index

_NAME: Final = "ROR"
_MARKS: Final = (b'"https://ror.org/', b"names.types.ror_display")
_ZIP: Final = b"PK\x03\x04"
_DAY: Final = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)")
_LOOKED_AT: Final = 64 * 1024
_MAX_MEMBERS: Final = 64


def is_domain_file(path: Path) -> bool:
    """Tell the published file by its content, or a ZIP that holds one. Never raises."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
    except OSError:
        return False
    if start.startswith(_ZIP):
        return True
    return any(mark in start for mark in _MARKS) and b'"registry"' not in start and b'"issuers"' not in start


def compiled_index(path: Path) -> Compiled:
    """Compile the index of a published file.

    Raises:
        OperationError: FILE_UNREADABLE.
        TrustError: EVIDENCE_UNREADABLE.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_ZIP)) != _ZIP:
                file.seek(0)
                return compile_index(file, name=_NAME, date=_day(path.name))
        return _from_zip(path)
    except OSError as error:
        raise OperationError(reason(ReasonCode.FILE_UNREADABLE, name=path.name)) from error


def _from_zip(path: Path) -> Compiled:
    try:
        with zipfile.ZipFile(path) as archive:
            member = _member(archive)
            if member is None or member.file_size > MAX_DOMAIN_FILE_BYTES:
                raise _unreadable(path)
            with archive.open(member) as stream:
                return compile_index(stream, name=_NAME, date=_day(member.filename) or _day(path.name))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise _unreadable(path) from error


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """Choose the newest schema's JSON, else its CSV."""
    members = archive.infolist()[:_MAX_MEMBERS]
    for ending in ("_schema_v2.json", ".json", "_schema_v2.csv", ".csv"):
        found = next((one for one in members if one.filename.endswith(ending)), None)
        if found:
            return found
    return None


def _day(name: str) -> datetime | None:
    match = _DAY.search(name)
    try:
        return datetime.fromisoformat(match[0]).replace(tzinfo=UTC) if match else None
    except ValueError:
        return None


def _unreadable(path: Path) -> TrustError:
    return TrustError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=path.name, found="zip"))
