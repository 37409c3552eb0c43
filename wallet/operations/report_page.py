"""A check's result as a page for a person: made from what was judged, written in one move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from wallet import __version__
from wallet.model.network import LedgerEntry
from wallet.share.report_page import MAX_FULL_FILES, Checked, Section, page, section
from wallet.wording.text import Translate, keep

from .checking import CheckedFile
from .files import atomic_write

__all__ = ["MAX_FULL_FILES", "PAGE_NAMES", "Section", "section_of", "write_report_page"]

#: How the name of such a file ends.
PAGE_NAMES: Final = (".html", ".htm")
_PROGRAM: Final = f"learner-wallet {__version__}"


def section_of(checked: CheckedFile, *, refusals: Sequence[str] = (), remarks: Sequence[str] = (),
               translate: Translate = keep) -> Section:
    """Return one checked file as its part of a page.

    Args:
        checked: What was judged.
        refusals: Demands that it does not meet.
        remarks: Lines of ours that stand beside the verdict.
        translate: Into the reader's language.
    """
    return section(Checked(checked.name, checked.sha256, checked.report, checked.parsed, tuple(refusals),
                           tuple(remarks)), translate)


def write_report_page(target: Path, sections: Sequence[Section], *, at: datetime,
                      asked: Sequence[LedgerEntry] = (), translate: Translate = keep) -> None:
    """Write the page; an earlier file of that name is replaced.

    Raises:
        OperationError: FOLDER_UNWRITABLE, DISK_FULL.
    """
    atomic_write(target, page(sections, at=at, program=_PROGRAM, asked=asked, translate=translate))
