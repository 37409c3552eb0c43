"""Files that hold several things, taken apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

import pytest

from tests.simulators.other_wallets import (
    envelope,
    learncard_bundle,
    locked_wallet,
    tarred,
    universal_wallet,
    zipped,
)
from wallet.codec.frames import to_frames
from wallet.codec.payload import encode_payload
from wallet.model.reasons import ReasonCode
from wallet.operations.containers import contained, is_backup, left_keys, other_wallet
from wallet.operations.enclosed import enclosed
from wallet.operations.inputs import Input


def parts(data: bytes, name: str = "x.zip") -> list[tuple[str, bytes, str]]:
    return [(one.name, one.data, one.problem.code.value if one.problem else "")
            for one in contained([Input(name, data)])]


def test_an_archive_gives_its_members_and_names_what_it_does_not_give() -> None:
    inner = zipped({"b.json": b"{}"})
    found = parts(zipped({"badges/a.json": b'{"a": 1}', "more.zip": inner, "../evil.json": b"{}"}))
    assert found == [("badges/a.json", b'{"a": 1}', ""), ("more.zip", b"", "left_archive"),
                     ("../evil.json", b"", "pack_member_refused")]


@pytest.mark.parametrize("packed", [zipped, tarred])
def test_an_import_finds_in_an_archive_what_a_check_finds(
        packed: Callable[[dict[str, bytes]], bytes]) -> None:
    frames = to_frames(encode_payload(json.dumps({"a": Random(1).randbytes(300).hex()}).encode()), 200)
    held = {"data/a.json": b"{}", "README.txt": b"Dear all", "b.7z": b"7z\xbc\xaf\x27\x1c",
            "cv.docx": zipped({"[Content_Types].xml": b"<x/>"}), "more.zip": zipped({"c.json": b"{}"}),
            **{f"{len(frames) - place}.txt": text.encode() for place, text in enumerate(frames)}}
    assert len(frames) > 1
    one = Input("x.zip", packed(held))
    checked = [(found.name.removeprefix("x.zip: "), found.data, found.problem) for found in enclosed(one)]
    assert [(found.name, found.data, found.problem) for found in contained([one])] == checked
    assert len(checked) == 6


def test_an_archive_with_nothing_to_take_is_not_passed_over_in_silence() -> None:
    for data in (zipped({}), zipped({"[Content_Types].xml": b"<x/>"}), b"Rar!\x1a\x07\x01\x00"):
        assert parts(data) == [("x.zip", b"", "format_unknown")]


def test_a_bomb_keeps_what_came_before_it() -> None:
    found = parts(zipped({"a.json": b"{}", "bomb.json": bytes(3_000_000)}))
    assert found == [("a.json", b"{}", ""), ("x.zip", b"", "limit_ratio")]


def test_a_pack_and_everything_else_is_left_as_it_is() -> None:
    pack = zipped({"manifest.json": b'{"format": "vcpack"}', "presentation.json": b"{}"})
    for data in (pack, b'{"type": "VerifiableCredential"}', b"eyJ.eyJ.x", b""):
        assert parts(data) == [("x.zip", data, "")]


def test_locked_files_of_every_kind_say_so() -> None:
    learncard = zipped(learncard_bundle({"credentials/a.enc": ("credential", envelope(b"{}", "p"), True)}))
    for data in (b"learner-wallet backup 1.1\n", b"learner-wallet export 1.0\n", learncard,
                 json.dumps(locked_wallet([], "p")).encode()):
        assert [code for _, _, code in parts(data)] == ["export_locked"]
    assert is_backup(b"learner-wallet backup 1.1\n")
    assert not is_backup(b"learner-wallet export 1.0\n")


def test_the_other_wallets_words_are_kept() -> None:
    file = json.dumps(universal_wallet({"type": "X", "privateKeyJwk": {}})).encode()
    wallet = other_wallet(file, "w", None)
    assert wallet is not None
    (left,) = left_keys(wallet)
    assert left.problem is not None
    assert left.problem.code is ReasonCode.LEFT_KEY_UNKNOWN
    assert other_wallet(b"%PDF", "w", None) is None
    assert other_wallet(zipped({"a": b""}), "w", None) is None
    assert other_wallet(zipped({"a": b""})[:-5], "w", None) is None
    assert [code for _, _, code in parts(zipped({"a": b""})[:-5])] == ["pack_damaged"]


def test_a_wallets_file_inside_an_archive_is_taken_apart_too() -> None:
    inside = json.dumps(universal_wallet({"type": ["VerifiableCredential"], "id": "urn:x"},
                                         {"type": "X", "privateKeyJwk": {}})).encode()
    for data in (tarred({"manifest.yml": b"ubc-version: 0.1", "wallet/Wallet Backup.json": inside}),
                 zipped({"manifest.yml": b"ubc-version: 0.1", "wallet/Wallet Backup.json": inside})):
        found = parts(data)
        assert found[0] == ("manifest.yml", b"ubc-version: 0.1", "")
        assert [code for _, _, code in found[1:]] == ["", "left_key_unknown"]
        assert b"urn:x" in found[1][1]
    locked = tarred({"w.json": json.dumps(locked_wallet([], "p")).encode()})
    assert parts(locked) == [("w.json", b"", "export_locked")]
