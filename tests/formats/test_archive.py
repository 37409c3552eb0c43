"""Archives of others: read where they mean well, refused by member or as a whole where they do not."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.other_wallets import tarred, zipped
from wallet.formats.archive import ArchiveBounds, Member, is_archive, read_archive, read_member
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode


def test_members_come_as_they_are_without_what_systems_add() -> None:
    data = zipped({"a.json": b"{}", "what is ai?.png": b"png", "sub/b.txt": b"b", "__MACOSX/._a": b"x",
                   ".DS_Store": b"x", "sub/Thumbs.db": b"x", "folder/": b""})
    assert is_archive(data)
    assert list(read_archive(data)) == [Member("a.json", b"{}"), Member("what is ai?.png", b"png"),
                                        Member("sub/b.txt", b"b")]


@pytest.mark.parametrize("name", ["../evil", "/abs", "C:\\x", "a/../b", "nul", "sub/COM1.txt", "a\\b", "a//b",
                                  "line\nbreak"])
def test_a_name_that_leads_elsewhere_is_refused_and_the_rest_read(name: str) -> None:
    first, second = read_archive(zipped({name: b"evil", "good.json": b"{}"}))
    assert first.problem is not None
    assert (first.problem.code, first.data) == (ReasonCode.PACK_MEMBER_REFUSED, b"")
    assert second == Member("good.json", b"{}")


def test_doubles_links_and_locked_members_are_refused_one_by_one() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("A.json", b"1")
        archive.writestr("a.JSON", b"2")
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, b"/etc/passwd")
    found = list(read_archive(held.getvalue()))
    assert [one.problem.code if one.problem else None for one in found] == [
        None, ReasonCode.PACK_MEMBER_REFUSED, ReasonCode.PACK_MEMBER_REFUSED]


@pytest.mark.parametrize(("data", "bounds", "code"), [
    (zipped({"bomb": bytes(3_000_000)}), ArchiveBounds(), ReasonCode.LIMIT_RATIO),
    (zipped({"a": b"x" * 60, "b": b"y" * 60}), ArchiveBounds(max_bytes=100), ReasonCode.LIMIT_BYTES),
    (zipped({"a": b"", "b": b""}), ArchiveBounds(max_members=1), ReasonCode.LIMIT_ITEMS),
    (zipped({"a": b""}), ArchiveBounds(max_file_bytes=10), ReasonCode.LIMIT_BYTES),
    (zipped({"a": b"abc"})[:-9], ArchiveBounds(), ReasonCode.PACK_DAMAGED),
], ids=["bomb", "total", "count", "file", "cut"])
def test_an_archive_that_means_harm_ends_with_its_reason(data: bytes, bounds: ArchiveBounds,
                                                         code: ReasonCode) -> None:
    with pytest.raises(FormatError) as caught:
        list(read_archive(data, bounds))
    assert caught.value.reason.code is code


@pytest.mark.parametrize("packed", [zipped, tarred])
def test_the_bound_that_is_told_is_one_of_ours_and_not_what_was_left(
        packed: Callable[[dict[str, bytes]], bytes]) -> None:
    data = packed({"a": b"x" * 60, "b": b"y" * 60})
    for bounds, told in ((ArchiveBounds(max_bytes=100), "100"), (ArchiveBounds(max_member_bytes=50), "50")):
        with pytest.raises(FormatError) as caught:
            list(read_archive(data, bounds))
        assert caught.value.reason["limit"] == told


def test_exactly_at_the_bounds_passes() -> None:
    data = zipped({"a": b"x" * 60, "b": b"y" * 40})
    assert len(list(read_archive(data, ArchiveBounds(100, 2, len(data))))) == 2


@given(st.binary(max_size=300), st.integers(0, 200))
def test_whatever_the_bytes_the_answer_is_members_or_a_reason(noise: bytes, at: int) -> None:
    honest = bytearray(zipped({"a.json": b"{}", "b.json": b"[]"}))
    honest[at:at + len(noise)] = noise
    with suppress(FormatError):  # anything else would fail the test
        assert all(isinstance(one, Member) for one in read_archive(bytes(honest)))
    with suppress(FormatError):
        assert isinstance(read_member(bytes(honest), "b.json"), bytes)


def test_one_member_is_read_without_the_others() -> None:
    data = zipped({"bomb": bytes(3_000_000), "a.json": b"{}"})
    assert read_member(data, "a.json") == b"{}"
    assert read_member(data, "b.json") == b""
    assert read_member(data[:-9], "a.json") == b""
    with pytest.raises(FormatError) as caught:
        read_member(data, "bomb")
    assert caught.value.reason.code is ReasonCode.LIMIT_RATIO
