"""`--report`: the result of a check as a file, for a record of what was checked, when, and by what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from wallet.model.network import LedgerEntry
from wallet.operations.files import atomic_write

from .output import SCHEMA_VERSION
from .render import JsonRow, stamp


def write_report(target: Path, rows: Sequence[JsonRow], asked: Sequence[LedgerEntry]) -> None:
    """Write the rows, and what was asked of the web for them; an earlier file of that name is replaced.

    Raises:
        OperationError: FOLDER_UNWRITABLE, DISK_FULL.
    """
    requests = [{"at": stamp(one.at), "host": one.host, "address": one.address, "purpose": one.purpose.value,
                 "outcome": one.outcome.value} for one in asked]
    document = {"schemaVersion": SCHEMA_VERSION, "results": list(rows), "asked": requests}
    atomic_write(target, json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8"))
