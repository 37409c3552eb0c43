"""A whole vault as an archive, and the archive as a source of rows."""

from __future__ import annotations

import json

import pytest

from tests.simulators.other_wallets import zipped
from tests.vault.merging_vaults import fill
from tests.vault.vaults import NOW
from wallet.model.errors import VaultError
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode
from wallet.vault.exports import (
    TABLES,
    ExportCounts,
    ExportFile,
    export_pieces,
    harmless,
    is_export,
    read_export,
)
from wallet.vault.rows import StoreRows
from wallet.vault.store import Vault


def exported(vault: Vault, *, with_keys: bool = False) -> tuple[bytes, ExportCounts]:
    counts = ExportCounts()
    return b"".join(export_pieces(vault, "Read me", counts, now=NOW, with_keys=with_keys)), counts


def test_every_row_comes_back_as_it_was(vault: Vault) -> None:
    fill(vault, range(3))
    data, counts = exported(vault, with_keys=True)
    export = read_export(data, proven=True)
    assert (counts.credentials, len(export.originals), export.has_keys) == (3, 3, True)
    present = frozenset(row["sha256"] for row in StoreRows(vault.database).rows("credential"))
    inside = ExportFile(export.members, True, vault.database, present)
    for table in (*TABLES, "holder_key"):
        for mine, theirs in zip(StoreRows(vault.database).rows(table), inside.rows(table), strict=True):
            assert theirs.items() <= (dict(mine) | {"file": theirs.get("file")}).items()
    for row in inside.rows("evidence"):
        assert inside.content(row["sha256"]) == StoreRows(vault.database).content(row["sha256"])


def test_what_nobody_vouched_for_counts_less() -> None:
    members = {"data/evidence.json": b'[{"grade": "fetched"}]',
               "data/pinned.json": json.dumps([{"evidence": '["a","k","s","shipped","x",null]'}]).encode()}
    (row,) = ExportFile(members, proven=False).rows("evidence")
    assert row["grade"] == Grade.SENDER.value
    (pinned,) = ExportFile(members, proven=False).rows("pinned")
    assert json.loads(pinned["evidence"])[3] == Grade.SENDER.value
    (row,) = ExportFile(members, proven=True).rows("evidence")
    assert row["grade"] == Grade.FETCHED.value


@pytest.mark.parametrize("rows", ["{}", "[1]", "not json", '[{"credential": 5, "tag": "x"}]',
                                  '[{"credential": "s", "tag": 7}]', '[{"credential": "s"}]',
                                  '[{"credential": "s", "tag": true}]',
                                  '[{"credential": "s", "tag": "\\ud800"}]'])
def test_a_row_that_no_table_takes_is_refused(vault: Vault, rows: str) -> None:
    export = ExportFile({"data/tag.json": rows.encode()}, proven=True, database=vault.database)
    with pytest.raises(VaultError) as caught:
        list(export.rows("tag"))
    assert caught.value.reason.code is ReasonCode.EXPORT_DAMAGED


def test_a_manifest_decides_what_is_ours() -> None:
    assert is_export(b'{"format": "learner-wallet-export"}')
    assert not is_export(b'{"format": "vcpack"}')
    assert not is_export(b"")
    with pytest.raises(VaultError) as caught:
        read_export(zipped({"manifest.json": b"{}"}), proven=False)
    assert caught.value.reason.code is ReasonCode.EXPORT_DAMAGED


@pytest.mark.parametrize(("cell", "kept"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-1", "'-1"),
                                            ("plain", "plain"), (5, 5), (None, None)])
def test_no_cell_is_a_formula(cell: object, kept: object) -> None:
    assert harmless(cell) == kept
