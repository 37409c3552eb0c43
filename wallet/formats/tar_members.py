"""TAR archives, plain or behind gzip, read member by member in memory under the bounds of `zip_members`.

Wallets for phones hand out such files. What a member is, is told by its content elsewhere; what is no plain
file (links, devices, files with holes in them) is given with its reason.
"""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Iterator
from typing import Final

from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode, reason

from .zip_members import ArchiveBounds, demand_bytes, demand_density, demand_members

_GZIP: Final = b"\x1f\x8b\x08"
_MAGIC: Final = b"ustar"
_MAGIC_AT: Final = 257
_BLOCK_BYTES: Final = 512
_CHUNK_BYTES: Final = 64 * 1024
_GZIP_WINDOW: Final = 31  # zlib: with gzip's own head and end, and no other
_PLAIN: Final = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_DAMAGE: Final = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError, IndexError,
                  KeyError, RecursionError)


def is_tar(data: bytes) -> bool:
    """Tell whether bytes are such an archive by how they begin."""
    try:
        start = zlib.decompressobj(_GZIP_WINDOW).decompress(data[:_CHUNK_BYTES], _BLOCK_BYTES) \
            if data.startswith(_GZIP) else data[:_BLOCK_BYTES]
    except zlib.error:
        return False
    return start[_MAGIC_AT:_MAGIC_AT + len(_MAGIC)] == _MAGIC


def tar_entries(data: bytes, bounds: ArchiveBounds) -> Iterator[tuple[str, bytes | None]]:
    """Yield the name and the bytes of each member in the archive's own order, None for what is no plain file.

    Raises:
        FormatError: PACK_DAMAGED, LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO. Members that came before are good.
    """
    demand_bytes(len(data), bounds.max_file_bytes)
    try:
        plain = _inflated(data, bounds) if data.startswith(_GZIP) else data
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:", errors="replace") as archive:
            yield from _entries(archive, bounds)
    except _DAMAGE as error:
        raise FormatError(reason(ReasonCode.PACK_DAMAGED)) from error


def _entries(archive: tarfile.TarFile, bounds: ArchiveBounds) -> Iterator[tuple[str, bytes | None]]:
    room, count = bounds.max_bytes, 0
    while (entry := archive.next()) is not None:
        count += 1
        demand_members(count, bounds)
        if entry.isdir():
            continue
        # A file with holes may say that it is a thousand times as large as the archive.
        if entry.type not in _PLAIN or entry.issparse():
            yield entry.name, None
            continue
        demand_bytes(entry.size, bounds.max_member_bytes, entry.name)
        demand_bytes(bounds.max_bytes - room + entry.size, bounds.max_bytes, entry.name)
        stream = archive.extractfile(entry)
        data = stream.read() if stream else b""
        if len(data) != entry.size:
            raise FormatError(reason(ReasonCode.PACK_DAMAGED, member=entry.name[:200]))
        room -= len(data)
        yield entry.name, data


def _inflated(data: bytes, bounds: ArchiveBounds) -> bytes:
    """Return what gzip holds, counted as it inflates; what follows its end is not read."""
    inflater, found = zlib.decompressobj(_GZIP_WINDOW), bytearray()
    for start in range(0, len(data), _CHUNK_BYTES):  # what is left over is copied, so little is given at once
        packed = data[start : start + _CHUNK_BYTES]
        while packed and not inflater.eof:
            found += inflater.decompress(packed, _CHUNK_BYTES)
            packed = inflater.unconsumed_tail
            demand_bytes(len(found), bounds.max_bytes)
            demand_density(len(found), len(data))
    if not inflater.eof:
        raise EOFError
    return bytes(found)
