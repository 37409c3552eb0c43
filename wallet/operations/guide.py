"""The guide that ships with the program: short pages of our own, for the window and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode, reason

from .files import read_file

FIRST: Final = "README"
_FOLDER: Final = "guide"
_MAX_PAGE_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page.

    Attributes:
        name: By which it is asked for and linked to, without an ending.
        title: Its heading.
        text: Markdown, our own.
    """

    name: str
    title: str
    text: str


def guide_pages(assets: Path) -> tuple[str, ...]:
    """Return the names of the pages, the first one first."""
    found = sorted(path.stem for path in (assets / _FOLDER).glob("*.md"))
    return (FIRST, *(name for name in found if name != FIRST))


def guide_page(assets: Path, name: str) -> GuidePage:
    """Return one page.

    Raises:
        OperationError: FILE_MISSING for a name that is none.
    """
    if name not in guide_pages(assets):
        raise OperationError(reason(ReasonCode.FILE_MISSING, name=name[:80]))
    text = read_file(assets / _FOLDER / f"{name}.md", max_bytes=_MAX_PAGE_BYTES).decode("utf-8")
    heading = next((line for line in text.splitlines() if line.startswith("# ")), "")
    return GuidePage(name, heading.removeprefix("# ") or name, text)
