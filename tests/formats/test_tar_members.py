"""TAR archives: plain files in them are read, everything that means harm is not."""

from __future__ import annotations

import gzip
import io
import tarfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.other_wallets import tarred
from wallet.formats.archive import Member, is_archive, read_archive
from wallet.formats.tar_members import is_tar, tar_entries
from wallet.formats.zip_members import ArchiveBounds
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode


def special(name: str, kind: bytes, target: str = "") -> bytes:
    """An archive with one member of that kind, and one that is fine."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, target
        archive.addfile(entry)
        good = tarfile.TarInfo("good.json")
        good.size = 2
        archive.addfile(good, io.BytesIO(b"{}"))
    return held.getvalue()


def test_members_come_as_they_are_plain_or_behind_gzip() -> None:
    plain = tarred({"./credentials/a.json": b"{}", "manifest.yml": b"x", "._a": b"x", "e": b""})
    long = tarred({"x" * 150 + "/" + "é" * 60: b"1"})
    for data in (plain, gzip.compress(plain)):
        assert is_tar(data)
        assert is_archive(data)
        assert list(read_archive(data)) == [Member("credentials/a.json", b"{}"), Member("manifest.yml", b"x"),
                                            Member("e", b"")]
    assert [one.data for one in read_archive(long)] == [b"1"]
    for other in (b"", b"{}", gzip.compress(b"{}"), b"\x1f\x8b\x08", plain[1:]):
        assert not is_tar(other)


@pytest.mark.parametrize("name", ["../evil", "/abs", "a/../b", "a\\b", "line\nbreak", "a//b", "sub/NUL.txt"])
def test_a_name_that_leads_elsewhere_is_refused_and_the_rest_read(name: str) -> None:
    first, second = read_archive(tarred({name: b"evil", "good.json": b"{}"}))
    assert first.problem is not None
    assert (first.problem.code, first.data) == (ReasonCode.PACK_MEMBER_REFUSED, b"")
    assert second == Member("good.json", b"{}")


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.GNUTYPE_SPARSE],
    ids=["link", "hard link", "device", "pipe", "holes"])
def test_what_is_no_plain_file_is_refused_by_its_name(kind: bytes) -> None:
    found = list(read_archive(special("evil", kind, "/etc/passwd")))
    assert [(one.name, one.data) for one in found if one.problem] == [("evil", b"")]
    assert Member("good.json", b"{}") in found


def test_a_double_is_read_once() -> None:
    first, second = read_archive(tarred({"a.json": b"1", "A.json": b"2"}))
    assert first == Member("a.json", b"1")
    assert second.problem is not None


@pytest.mark.parametrize(("bounds", "code"), [
    (ArchiveBounds(max_bytes=99), ReasonCode.LIMIT_BYTES),
    (ArchiveBounds(max_members=1), ReasonCode.LIMIT_ITEMS),
    (ArchiveBounds(max_file_bytes=600), ReasonCode.LIMIT_BYTES),
    (ArchiveBounds(max_member_bytes=59), ReasonCode.LIMIT_BYTES),
], ids=["all", "members", "file", "member"])
def test_bounds_hold_and_exactly_at_them_passes(bounds: ArchiveBounds, code: ReasonCode) -> None:
    data = tarred({"a": b"x" * 60, "b": b"y" * 40})
    with pytest.raises(FormatError) as caught:
        list(tar_entries(data, bounds))
    assert caught.value.reason.code is code
    assert len(list(tar_entries(data, ArchiveBounds(100, 2, len(data), 60)))) == 2


def test_a_bomb_behind_gzip_is_not_inflated() -> None:
    with pytest.raises(FormatError) as caught:
        list(read_archive(gzip.compress(tarred({"a": bytes(8_000_000)}))))
    assert caught.value.reason.code is ReasonCode.LIMIT_RATIO


def test_a_size_that_is_a_lie_is_damage() -> None:
    data = tarred({"a.json": b"x" * 2000})
    with pytest.raises(FormatError) as caught:
        list(read_archive(data[:1500]))
    assert caught.value.reason.code is ReasonCode.PACK_DAMAGED


@given(st.binary(max_size=300), st.integers(0, 1200), st.booleans())
def test_whatever_the_bytes_the_answer_is_members_or_a_reason(noise: bytes, at: int, packed: bool) -> None:
    honest = bytearray(tarred({"a.json": b"{}", "b.json": b"[]"}))
    honest[at:at + len(noise)] = noise
    data = gzip.compress(bytes(honest)) if packed else bytes(honest)
    with suppress(FormatError):  # anything else would fail the test
        assert all(inside is None or isinstance(inside, bytes)
                   for _, inside in tar_entries(data, ArchiveBounds()))
