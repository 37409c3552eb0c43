"""What every reader of a ZIP archive shares: bounds before work, and while it inflates."""

from __future__ import annotations

import stat
import zipfile

import pytest

from tests.simulators.other_wallets import zipped
from wallet.formats.archive import read_archive
from wallet.formats.pack import read_members
from wallet.formats.zip_members import (
    RATIO_FLOOR_BYTES,
    ArchiveBounds,
    demand_density,
    is_special,
    leads_elsewhere,
    open_zip,
    read_zip_member,
)
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_PACK_MEMBERS, MAX_PACK_RATIO
from wallet.model.reasons import ReasonCode


def test_entries_are_counted_before_the_reader_is_asked() -> None:
    data = zipped({"a": b""}) + b"PK\x01\x02" * MAX_PACK_MEMBERS
    for reading in (lambda: list(read_archive(data)), lambda: read_members(data)):
        with pytest.raises(FormatError) as caught:
            reading()
        assert caught.value.reason.code is ReasonCode.LIMIT_ITEMS


@pytest.mark.parametrize(("room", "each", "passes"), [(3, 3, True), (2, 3, False), (3, 2, False)])
def test_a_member_fits_its_own_room_and_what_is_left(room: int, each: int, passes: bool) -> None:
    bounds = ArchiveBounds(max_member_bytes=each)
    with open_zip(zipped({"a": b"abc"}), bounds) as archive:
        entry = archive.infolist()[0]
        if passes:
            assert read_zip_member(archive, entry, room, bounds) == b"abc"
            return
        with pytest.raises(FormatError) as caught:
            read_zip_member(archive, entry, room, bounds)
    assert caught.value.reason.code is ReasonCode.LIMIT_BYTES


def test_density_counts_from_a_megabyte_on() -> None:
    demand_density(RATIO_FLOOR_BYTES, 1)
    demand_density(RATIO_FLOOR_BYTES * 2, RATIO_FLOOR_BYTES * 2 // MAX_PACK_RATIO + 1)
    with pytest.raises(FormatError) as caught:
        demand_density(RATIO_FLOOR_BYTES + 1, 1)
    assert caught.value.reason.code is ReasonCode.LIMIT_RATIO


def test_links_locks_and_unusual_packing_are_special() -> None:
    plain, link, locked, packed = (zipfile.ZipInfo(name) for name in "abcd")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    locked.flag_bits = 1
    packed.compress_type = zipfile.ZIP_LZMA
    assert [is_special(one) for one in (plain, link, locked, packed)] == [False, True, True, True]
    plain.external_attr = stat.S_IFDIR << 16
    assert is_special(plain)
    assert not is_special(plain, stat.S_IFDIR)


@pytest.mark.parametrize("part", ["", ".", "..", "NUL", "com1.txt", "aux."])
def test_parts_of_names_that_lead_elsewhere(part: str) -> None:
    assert leads_elsewhere(part)
    assert not leads_elsewhere("a" + part + "b")
