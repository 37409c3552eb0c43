"""File names from Qt's dialogs, with the ending that belongs to them."""

from __future__ import annotations

from pathlib import Path


def as_path(chosen: str, ending: str) -> Path:
    """Return the chosen path; a name without an ending gets the usual one."""
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(ending)
