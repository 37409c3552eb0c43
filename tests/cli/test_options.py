"""Values that options read, and where a passphrase may come from."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from wallet.cli.options import WalletChoice, example, passphrase, read_duration, read_end, read_time, secret
from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode
from wallet.operations.wallets import Passphrase, RecoveryCode


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-21", datetime(2026, 11, 21, tzinfo=UTC)),
        ("2026-11-21T12:00:00Z", datetime(2026, 11, 21, 12, tzinfo=UTC)),
        ("2026-11-21T12:00:00+02:00", datetime(2026, 11, 21, 10, tzinfo=UTC)),
        ("2026-11-21T12:00", datetime(2026, 11, 21, 12, tzinfo=UTC)),
    ],
)
def test_times(text: str, expected: datetime) -> None:
    assert read_time(text) == expected
    assert read_time(text).tzinfo is UTC


@pytest.mark.parametrize("text", ["", "now", "21.11.2026", "2026-13-01", "9" * 500])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is no time"):
        read_time(text)


def test_spans_and_ends() -> None:
    assert read_duration("12h") == timedelta(hours=12)
    assert read_duration("2 W") == timedelta(weeks=2)
    assert read_end("30d") == timedelta(days=30)
    assert read_end("2027-01-01") == datetime(2027, 1, 1, tzinfo=UTC)
    with pytest.raises(click.BadParameter, match="is no span of time"):
        read_duration("-3d")


def test_example_is_kept_line_by_line() -> None:
    assert example("wallet a", "wallet b") == "\b\nExample:\n  wallet a\n  wallet b"


@pytest.mark.parametrize("content", [b"correct horse\n", b"correct horse", b"correct horse\r\nnote\n"])
def test_passphrase_is_the_first_line_of_a_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pass"
    path.write_bytes(content)
    assert passphrase(WalletChoice(passphrase_file=path), "Passphrase") == "correct horse"


def test_spaces_in_a_passphrase_count(tmp_path: Path) -> None:
    path = tmp_path / "pass"
    path.write_bytes(b" a b \n")
    assert passphrase(WalletChoice(passphrase_file=path), "Passphrase") == " a b "


def test_passphrase_file_is_bounded_and_text(tmp_path: Path) -> None:
    path = tmp_path / "pass"
    path.write_bytes(b"x" * 5000)
    with pytest.raises(OperationError) as large:
        passphrase(WalletChoice(passphrase_file=path), "Passphrase")
    assert large.value.reason.code is ReasonCode.LIMIT_BYTES
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(OperationError) as binary:
        passphrase(WalletChoice(passphrase_file=path), "Passphrase")
    assert binary.value.reason.code is ReasonCode.NOT_UTF8


def test_closed_descriptor_is_a_sentence() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.close(writing)
    with pytest.raises(OperationError) as caught:
        passphrase(WalletChoice(passphrase_fd=reading), "Passphrase")
    assert caught.value.reason.code is ReasonCode.FILE_UNREADABLE


def test_descriptor_stays_open_for_its_owner() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"correct horse\n")
    os.close(writing)
    assert passphrase(WalletChoice(passphrase_fd=reading), "Passphrase") == "correct horse"
    os.close(reading)


def test_recovery_code_is_no_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "code"
    path.write_bytes(b"ABCD-EFGH\n")
    assert isinstance(secret(WalletChoice(passphrase_file=path, recovery=True)), RecoveryCode)
    assert isinstance(secret(WalletChoice(passphrase_file=path)), Passphrase)
