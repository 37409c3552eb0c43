from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
import qrcode

from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.encoding import base64url_encode
from wallet.codec.frames import to_frames, to_text
from wallet.codec.payload import encode_payload
from wallet.model.reasons import ReasonCode
from wallet.operations.inputs import Input, inputs_from_bytes, inputs_from_paths, is_web_address
from wallet.operations.progress import SilentProgress

PRESENTATION = b'{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "VerifiablePresentation"}'


def picture_of(text: str) -> bytes:
    out = io.BytesIO()
    qrcode.make(text, error_correction=qrcode.ERROR_CORRECT_L).save(out)
    return out.getvalue()


def from_files(folder: Path) -> list[Input]:
    return list(inputs_from_paths([folder], SilentProgress()))


def test_a_file_comes_through_as_it_is(tmp_path: Path, issuer: SimulatedIssuer) -> None:
    data = issuer.badge()
    (tmp_path / "badge (2).json").write_bytes(data)
    assert from_files(tmp_path) == [Input("badge (2).json", data, tmp_path / "badge (2).json")]


def test_one_code_holds_one_presentation(tmp_path: Path) -> None:
    (tmp_path / "code.png").write_bytes(picture_of(to_text(encode_payload(PRESENTATION))))
    assert [(one.data, one.seen_around) for one in from_files(tmp_path)] == [(PRESENTATION, True)]


def test_frames_over_several_pictures_come_together_in_any_order(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(1500).hex().encode()
    presentation = PRESENTATION[:-1] + b', "x": "' + noise + b'"}'
    frames = list(to_frames(encode_payload(presentation), 400))
    assert len(frames) > 2
    random.Random(1).shuffle(frames)
    for number, frame in enumerate(frames):
        (tmp_path / f"IMG {number}.png").write_bytes(picture_of(frame))
    (found,) = from_files(tmp_path)
    assert found.data == presentation
    (tmp_path / "IMG 0.png").unlink()
    (missing,) = from_files(tmp_path)
    assert missing.problem is not None
    assert missing.problem.code is ReasonCode.QR_FRAMES_MISSING


def test_a_verifier_link_is_taken_apart_pasted_or_scanned(tmp_path: Path) -> None:
    link = "https://check.example/v#" + base64url_encode(encode_payload(PRESENTATION))
    (pasted,) = inputs_from_bytes(link.encode(), "pasted text")
    assert pasted.data == PRESENTATION
    (tmp_path / "code.png").write_bytes(picture_of(link))
    assert [one.data for one in from_files(tmp_path)] == [PRESENTATION]


@pytest.mark.parametrize("text", ["https://evil.example/open-me", "file:///etc/passwd", "WIFI:S:x;;"])
def test_a_foreign_code_is_named_and_never_opened(tmp_path: Path, text: str) -> None:
    (tmp_path / "code.png").write_bytes(picture_of(text))
    (found,) = from_files(tmp_path)
    assert found.problem is None or found.problem.code is ReasonCode.QR_FOREIGN
    assert text.encode() == found.data or found.data == b""


def test_a_picture_with_nothing_in_it_says_so(tmp_path: Path) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (80, 80), "white").save(out, "PNG")
    (tmp_path / "holiday.png").write_bytes(out.getvalue())
    (found,) = from_files(tmp_path)
    assert found.problem is not None
    assert found.problem.code in (ReasonCode.PICTURE_EMPTY, ReasonCode.QR_NOT_FOUND)


def test_a_missing_file_is_a_line_and_not_an_end(tmp_path: Path, issuer: SimulatedIssuer) -> None:
    good = tmp_path / "good.json"
    good.write_bytes(issuer.badge())
    first, second = inputs_from_paths([tmp_path / "none.json", good], SilentProgress())
    assert first.problem is not None
    assert first.problem.code is ReasonCode.FILE_MISSING
    assert second.problem is None


@pytest.mark.parametrize(("text", "is_address"), [
    ("https://a.example/x", True), (" HTTP://a.example", True), ("badge.png", False), ("-", False),
    ("file:///badge", False)])
def test_addresses_are_told_from_files(text: str, *, is_address: bool) -> None:
    assert is_web_address(text) is is_address


def test_files_are_called_so_that_two_are_two(tmp_path: Path) -> None:
    for place in ("a/x.json", "a/sub/x.json", "b/x.json", "b/y.json"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("{}")

    def called(*paths: Path) -> list[str]:
        return [one.name for one in inputs_from_paths(paths, SilentProgress())]

    a, b = tmp_path / "a", tmp_path / "b"
    assert called(a) == ["sub/x.json", "x.json"]
    assert called(a, b) == ["a/sub/x.json", "a/x.json", "b/x.json", "b/y.json"]
    assert called(a / "x.json", b / "y.json") == ["x.json", "y.json"]
    assert called(a / "x.json", b / "x.json", b / "y.json") == [
        str(a / "x.json"), str(b / "x.json"), "y.json"]
    assert called(a / "x.json", b) == ["x.json", "b/x.json", "b/y.json"]
    other = tmp_path / "other" / "b"
    other.mkdir(parents=True)
    (other / "x.json").write_text("{}")
    assert called(b, other) == [(place / name).as_posix()
                                for place, name in ((b, "x.json"), (b, "y.json"), (other, "x.json"))]


def test_a_named_file_is_called_by_its_name_beside_a_folder_here(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    for place in ("a/x.json", "y.json"):
        (tmp_path / place).write_text("{}")
    monkeypatch.chdir(tmp_path)
    found = inputs_from_paths([Path("a"), tmp_path / "y.json"], SilentProgress())
    assert [one.name for one in found] == ["a/x.json", "y.json"]
