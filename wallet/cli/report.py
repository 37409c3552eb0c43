"""`--report`: the result of a check as a file, for a record of what was checked, when, and by what.

JSON for machines, an HTML page for people; the name of the file says which.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, unique
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wallet.operations.checking import CheckedFile
from wallet.operations.files import atomic_write

from .output import SCHEMA_VERSION
from .render import JsonRow, stamp

if TYPE_CHECKING:  # loaded when a page is written: most checks write none
    from wallet.model.network import LedgerEntry
    from wallet.operations.report_page import Section



@unique
class ReportKind(Enum):
    """What a report is made of."""

    ROWS = "rows"
    PAGE = "page"


_KINDS: Final = {".json": ReportKind.ROWS, ".html": ReportKind.PAGE, ".htm": ReportKind.PAGE}


def report_kind(target: Path) -> ReportKind:
    """Return what the file's name asks for.

    Raises:
        click.UsageError: If no such report is written, with what to do instead.
    """
    kind = _KINDS.get(target.suffix.lower())
    if kind is None:
        message = "A report is written as JSON or as a page: give it a name that ends in .json or .html."
        raise click.UsageError(message)
    return kind


@dataclass(slots=True)
class ReportFile:
    """One report while it grows.

    Attributes:
        target: Where it will be.
    """

    target: Path
    _rows: list[JsonRow] = field(default_factory=list)
    _sections: list[Section] = field(default_factory=list)

    def add(self, row: JsonRow | None, section: Section | None) -> None:
        """Take what one file came to."""
        if section is None:
            self._rows += [row] if row else []
        else:
            from wallet.operations.report_page import MAX_FULL_FILES  # noqa: PLC0415 - as above

            self._sections.append(section if len(self._sections) < MAX_FULL_FILES else section.short())

    def write(self, asked: Sequence[LedgerEntry], at: datetime) -> None:
        """Write it, with what was asked of the web; an earlier file of that name is replaced.

        Raises:
            OperationError: FOLDER_UNWRITABLE, DISK_FULL.
        """
        if report_kind(self.target) is ReportKind.PAGE:
            from wallet.operations.report_page import write_report_page  # noqa: PLC0415 - as above

            write_report_page(self.target, self._sections, at=at, asked=asked)
            return
        document = {"schemaVersion": SCHEMA_VERSION, "results": self._rows,
                    "asked": [_request(one) for one in asked]}
        atomic_write(self.target, json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8"))


def page_section(one: CheckedFile, refusals: Sequence[str]) -> Section:
    """Return one checked file as its part of a page, with the demands it does not meet."""
    from wallet.operations.report_page import section_of  # noqa: PLC0415 - as above

    return section_of(one, refusals=refusals)


def _request(one: LedgerEntry) -> JsonRow:
    return {"at": stamp(one.at), "host": one.host, "address": one.address, "purpose": one.purpose.value,
            "outcome": one.outcome.value}
