"""Bad input through the real command line: a clear sentence with a code, no traceback, nothing lost."""

from __future__ import annotations

import io
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.runner import Ran, run_wallet
from tests.simulators.issuer import SimulatedIssuer
from wallet.formats.baked import bake_png
from wallet.vault.container import acquire_window_lock

PASSPHRASE = "four bright lanterns drifting"


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(out, "PNG")
    return out.getvalue()


def baked() -> bytes:
    return bake_png(png(), SimulatedIssuer("did:key").badge())


def two_chunks() -> bytes:
    data = baked()
    start = data.index(b"iTXt") - 4
    end = start + 12 + int.from_bytes(data[start:start + 4], "big")
    return data[:end] + data[start:end] + data[end:]


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.json": (lambda: b"", "empty_file"),
    "truncated.png": (lambda: baked()[:-30], "picture_damaged"),
    "two-chunks.png": (two_chunks, "picture_two_credentials"),
    "twice.json": (lambda: b'{"issuer": "did:a:b", "\\u0069ssuer": "did:c:d"}', "duplicate_key"),
    "deep.json": (lambda: b"[" * 10_000 + b"]" * 10_000, "limit_depth"),
    "large.json": (lambda: b'{"a": "' + b"x" * (50 * 1024 * 1024) + b'"}', "limit_bytes"),
    "nonsense.txt": (lambda: b"not a credential at all", "format_unknown"),
}


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a wallet that holds one credential, and its passphrase in a file; to be copied."""
    made = tmp_path_factory.mktemp("furnished")
    (made / "pass").write_text(PASSPHRASE)
    (made / "badge.json").write_bytes(SimulatedIssuer("did:key").badge())
    assert wallet(made, "create").code == 0
    assert wallet(made, "import", made / "badge.json").code == 0
    return made


@pytest.fixture
def home(furnished: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of that home."""
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    yield tmp_path
    assert titles(tmp_path) == ["Data Analysis Foundations"]  # whatever happened, nothing was lost


def wallet(home: Path, *arguments: str | Path) -> Ran:
    return run_wallet(home, *arguments, "--vault", home / "vault", "--passphrase-file", home / "pass")


def titles(home: Path) -> list[str]:
    listed = wallet(home, "list", "--json").json()["credentials"]
    assert isinstance(listed, list)
    return [row["title"] for row in listed]


def test_every_bad_file_is_refused_with_its_reason(home: Path) -> None:
    folder = home / "bad"
    folder.mkdir()
    for name, (make, _) in CASES.items():
        (folder / name).write_bytes(make())
    ran = wallet(home, "import", folder, "--json")
    assert ran.code == 4
    rows = ran.json()["imported"]
    assert isinstance(rows, list)
    assert {row["file"]: row["reason"]["code"] for row in rows} == {
        name: code for name, (_, code) in CASES.items()}
    assert all(row["reason"]["text"].strip() for row in rows)


def test_the_same_files_are_judged_malformed_without_a_wallet(home: Path) -> None:
    for name, (make, _) in CASES.items():
        (home / name).write_bytes(make())
        ran = run_wallet(home, "verify", "--json", home / name)
        assert ran.code == 4, name
        rows = ran.json()["results"]
        assert isinstance(rows, list)
        assert [row["verdict"] for row in rows] == ["malformed"]


def test_a_wrong_passphrase_is_told_from_damage(home: Path) -> None:
    (home / "wrong").write_text("not this one at all")
    ran = run_wallet(home, "list", "--vault", home / "vault", "--passphrase-file", home / "wrong")
    assert ran.code == 5
    assert "passphrase" in ran.err.lower()


@pytest.mark.parametrize("size", [0, 1, 15, 100, 4096])
@pytest.mark.parametrize("name", ["vault.db", "vault.head"])
def test_a_cut_vault_is_damaged_and_never_taken_for_new(home: Path, name: str, size: int) -> None:
    path = home / "vault" / name
    whole = path.read_bytes()
    if size >= len(whole):
        pytest.skip("the file is smaller than that")
    path.write_bytes(whole[:size])
    ran = wallet(home, "list")
    assert ran.code not in (0, 1)
    assert "damaged" in ran.err.lower()
    assert path.read_bytes() == whole[:size]
    path.write_bytes(whole)


def test_a_second_window_is_told_and_the_command_line_still_works(home: Path) -> None:
    with acquire_window_lock(home / "vault"):
        assert titles(home) == ["Data Analysis Foundations"]
        from wallet.model.errors import VaultError
        from wallet.model.reasons import ReasonCode

        with pytest.raises(VaultError) as error, acquire_window_lock(home / "vault"):
            pass
        assert error.value.reason.code is ReasonCode.VAULT_BUSY


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(home: Path) -> None:
    folder = home / "closed"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    ran = wallet(home, "export", "--out", folder, "--all")
    assert ran.code == 4
    assert "folder" in ran.err.lower()


def test_a_share_into_a_missing_folder_shares_nothing(home: Path) -> None:
    listed = wallet(home, "list", "--json").json()["credentials"]
    assert isinstance(listed, list)
    ran = wallet(home, "share", listed[0]["id"], "--to", "Harbor", "--out", home / "none" / "a.vcpack")
    assert ran.code not in (0, 1)
    assert wallet(home, "share", "log", "--json").json()["shares"] == []


