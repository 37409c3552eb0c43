"""The published file of domains: told by content, read as a stream, dated by its name."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wallet.model.errors import WalletError
from wallet.model.reasons import ReasonCode
from wallet.operations.domain_file import compiled_index, is_domain_file
from wallet.trust.domains import read_index

RECORDS = json.dumps([{"id": "https://ror.org/1", "status": "active", "domains": ["mit.edu"],
                       "names": [{"types": ["ror_display"], "value": "MIT"}]}]).encode()
CSV = b"id,names.types.ror_display,domains,status\nhttps://ror.org/1,MIT,mit.edu,active\n"


@pytest.mark.parametrize(("name", "data"), [("v2.1-2026-11-03-ror-data.json", RECORDS),
                                            ("v2.1-2026-11-03-ror-data.csv", CSV)])
def test_plain_files_are_read(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert is_domain_file(path)
    known = read_index(compiled_index(path).data)
    assert known.date == datetime(2026, 11, 3, tzinfo=UTC)
    assert known.find("mit.edu") is not None


def test_the_newest_schema_in_a_zip_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ror.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v1.45-2024-04-11-ror-data.json", b'[{"name":"old"}]')
        archive.writestr("v1.45-2024-04-11-ror-data_schema_v2.json", RECORDS)
    assert is_domain_file(path)
    assert read_index(compiled_index(path).data).date == datetime(2024, 4, 11, tzinfo=UTC)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500, b"[]", b""])
def test_what_is_no_such_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "2026-99-99.zip"
    path.write_bytes(data)
    with pytest.raises(WalletError) as caught:
        compiled_index(path)
    assert caught.value.reason.code is ReasonCode.EVIDENCE_UNREADABLE


def test_lists_of_issuers_are_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('{"issuers": [{"id": "https://ror.org/1", "name": "MIT", "url": "https://ror.org/1"}]}')
    assert not is_domain_file(path)
    assert not is_domain_file(tmp_path)
    assert not is_domain_file(tmp_path / "missing")


def test_a_zip_without_data_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", b"hello")
    with pytest.raises(WalletError) as caught:
        compiled_index(path)
    assert caught.value.reason.code is ReasonCode.EVIDENCE_UNREADABLE
