"""Rights on Windows: the vault's folder for this user and the system alone, by the system's own `icacls`.

Elsewhere the mode of files and folders says the same (see `places`). A folder in a person's profile is hers
already; this is for one that lies elsewhere.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

#: Runs a program with these arguments and returns its output, None if it failed.
Run: TypeAlias = Callable[[Sequence[str]], str | None]

_SYSTEM_SID: Final = "S-1-5-18"  # the system itself: backups and virus scanners
_SID: Final = re.compile(r"S-1-[0-9]+(?:-[0-9]+)+")
_FULL_AND_INHERITED: Final = "(OI)(CI)F"
_PATIENCE_S: Final = 10


def run_quietly(arguments: Sequence[str]) -> str | None:
    """Run one of the system's programs, without a shell and without a window."""
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, check=False,  # noqa: S603 - fixed
                              timeout=_PATIENCE_S, creationflags=hidden)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def keep_to_user(folder: Path, run: Run = run_quietly) -> bool:
    """Give the folder, and what will be made in it, to this user and the system alone.

    Returns:
        Whether it was done. What lies in the folder is encrypted in either case.
    """
    programs = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
    told = run((str(programs / "whoami.exe"), "/user", "/fo", "csv", "/nh"))
    found = _SID.findall(told or "")
    if len(found) != 1:
        return False
    grants = [f"*{sid}:{_FULL_AND_INHERITED}" for sid in (found[0], _SYSTEM_SID)]
    # One call: nobody is shut out between taking the inherited rights away and granting these.
    return run((str(programs / "icacls.exe"), str(folder), "/inheritance:r", "/grant:r", *grants)) is not None
