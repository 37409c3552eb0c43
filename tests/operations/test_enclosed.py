"""An archive that somebody sent is checked as a folder of it would be, and nothing is passed over."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.operations.conftest import documents_of
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.other_wallets import tarred, zipped
from tests.simulators.pictures import baked_png
from wallet.codec.frames import to_frames
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.payload import encode_payload
from wallet.formats.archive import Member
from wallet.formats.pack import manifest
from wallet.model.reasons import ReasonCode as R
from wallet.operations import enclosed as module
from wallet.operations.checking import CheckedFile, Desk, check_bytes, check_paths
from wallet.trust.evidence_store import MemoryEvidence


@pytest.fixture
def desk(contexts: Contexts, issuer: SimulatedIssuer) -> Desk:
    return Desk(contexts, MemoryEvidence(documents_of(issuer)))


def answers(found: tuple[CheckedFile, ...]) -> list[tuple[str, str, R]]:
    return [(one.name, one.report.verdict.value, one.report.checks[0].reason.code) for one in found]


def why(desk: Desk, data: bytes, at: datetime) -> tuple[R, str]:
    (found,) = check_bytes(desk, data, "x", at=at)
    reason = found.report.checks[0].reason
    return reason.code, reason["what"]


@pytest.mark.parametrize("pack", [zipped, tarred, lambda held: gzip.compress(tarred(held))],
                         ids=["ZIP", "TAR", "TAR with gzip"])
def test_an_archive_is_checked_like_a_folder(
        desk: Desk, issuer: SimulatedIssuer, at: datetime, tmp_path: Path,
        pack: Callable[[dict[str, bytes]], bytes]) -> None:
    badge = issuer.badge()
    frames = to_frames(encode_payload(issuer.badge(number=2)), 300)
    held = {"a.json": badge, "b.json": badge.replace(b"Statistics", b"Statistika"), "c.png": baked_png(badge),
            "d.txt": b"Dear all", "e.txt": frames[1].encode(), "f.txt": frames[0].encode(),
            ".hidden": b"x", "__MACOSX/._a.json": b"x"}
    assert len(frames) == 2
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, data in held.items():
        if "/" not in name:
            (folder / name).write_bytes(data)
    (tmp_path / "sent").write_bytes(pack(held))
    alone = answers(check_paths(desk, [folder], at=at))
    assert [verdict for _, verdict, _ in alone] == ["valid", "invalid", "valid", "malformed", "valid"]
    together = answers(check_paths(desk, [tmp_path / "sent"], at=at))
    assert together == [(f"sent: {name}", verdict, code) for name, verdict, code in alone]


def test_a_file_of_its_own_kind_is_no_folder(desk: Desk, at: datetime) -> None:
    members = {"presentation.json": b"["}
    pack = zipped({"manifest.json": manifest(members), **members})
    office = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert why(desk, pack, at)[0] is not R.FORMAT_UNKNOWN
    assert why(desk, office, at) == (R.FORMAT_UNKNOWN, "office")
    assert why(desk, zipped({"mimetype": b"application/epub+zip"}), at) == (R.FORMAT_UNKNOWN, "office")
    assert why(desk, zipped({"manifest.json": b'{"format": "vcevidence"}'}), at) == (
        R.FORMAT_UNKNOWN, "evidence_pack")
    assert why(desk, zipped({"Certifications.csv": b"Name,Url\n"}), at) == (R.FORMAT_UNKNOWN, "linkedin")
    found = check_bytes(desk, zipped({"a.vcpack": pack, "cv.docx": office}), "x", at=at)
    assert [(one.name, one.report.checks[0].reason["what"]) for one in found][1] == ("x: cv.docx", "office")
    assert found[0].report.checks[0].reason.code is why(desk, pack, at)[0]


@pytest.mark.parametrize(("data", "what"), [
    (zipped({}), "empty"), (zipped({"folder/": b"", ".DS_Store": b"x"}), "empty"),
    (gzip.compress(b"{}"), "packed"), (lzma.compress(b"x"), "packed"),
    (b"7z\xbc\xaf\x27\x1c\x00\x04", "packed"), (b"Rar!\x1a\x07\x01\x00", "packed"),
], ids=["empty", "only folders", "gzip", "xz", "7z", "rar"])
def test_what_is_not_opened_is_named(desk: Desk, at: datetime, data: bytes, what: str) -> None:
    assert why(desk, data, at) == (R.FORMAT_UNKNOWN, what)


def test_an_archive_inside_is_named_and_the_rest_checked(desk: Desk, issuer: SimulatedIssuer,
                                                         at: datetime) -> None:
    badge = issuer.badge()
    held = {"inner.zip": zipped({"a.json": badge}), "inner.7z": b"7z\xbc\xaf\x27\x1c\x00", "a.json": badge,
            "../up.json": badge}
    assert answers(check_bytes(desk, zipped(held), "x.zip", at=at)) == [
        ("x.zip: inner.zip", "malformed", R.LEFT_ARCHIVE), ("x.zip: inner.7z", "malformed", R.FORMAT_UNKNOWN),
        ("x.zip: a.json", "valid", R.STRUCTURE_OK), ("x.zip: ../up.json", "malformed", R.PACK_MEMBER_REFUSED)]


@pytest.mark.parametrize(("fault", "code"), [
    (ZeroDivisionError, R.INTERNAL_ERROR), (MemoryError, R.CHECK_STOPPED)])
def test_a_fault_of_ours_in_an_archive_costs_no_other_file_its_answer(
        desk: Desk, issuer: SimulatedIssuer, at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        fault: type[Exception], code: R) -> None:
    def failing(_data: bytes) -> Iterator[Member]:
        yield Member("a.json", issuer.badge())
        raise fault

    monkeypatch.setattr(module, "read_archive", failing)
    (tmp_path / "1.zip").write_bytes(zipped({"a.json": b"{}"}))
    (tmp_path / "2.json").write_bytes(issuer.badge())
    assert answers(check_paths(desk, [tmp_path], at=at)) == [
        ("1.zip: a.json", "valid", R.STRUCTURE_OK), ("1.zip", "undetermined", code),
        ("2.json", "valid", R.STRUCTURE_OK)]


def test_what_came_before_the_damage_stays(desk: Desk, issuer: SimulatedIssuer, at: datetime) -> None:
    bomb = zipped({"a.json": issuer.badge(), "bomb": bytes(3_000_000), "b.json": issuer.badge()})
    assert answers(check_bytes(desk, bomb, "x", at=at)) == [
        ("x: a.json", "valid", R.STRUCTURE_OK), ("x", "malformed", R.LIMIT_RATIO)]
    assert why(desk, zipped({"a.json": b"{}"})[:-9], at)[0] is R.PACK_DAMAGED
