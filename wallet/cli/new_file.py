"""A file that a command writes: never one that is there already."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any, Final

import click

from wallet.wording.labels import tidy


class NewFile(click.Path):
    """Reads the name of a file to write, and refuses one that something else has."""

    def convert(self, value: str | PathLike[str], param: click.Parameter | None,
                ctx: click.Context | None) -> Any:
        """Return the path. Ends as a usage error, before anything was done."""
        path = Path(value)
        if path.exists() or path.is_symlink():
            self.fail(f"'{tidy(str(path))}' is there already: choose another name.", param, ctx)
        return super().convert(value, param, ctx)


NEW_FILE: Final = NewFile(path_type=Path, dir_okay=False)
