"""The real command line, to be killed: imports files by its verb, again and again.

    python -m tests.faults.command FOLDER RECOVERY_CODE FIRST_NUMBER

Speaks as `writer` does: `ready` when it ran once, then the SHA-256 of every payload, once the command ended.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

import wallet.cli.library  # noqa: F401 - loaded before it is counted on
from tests.faults.importer import digest_of, made_files
from wallet.cli.commands import main as command_line

_BATCH = 3


def main(folder: str, recovery_code: str, first: str) -> None:
    """Import until the end."""
    number = int(first)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        os.environ["XDG_CONFIG_HOME"] = str(work / "config")  # what it remembers of wallets is of these
        (work / "code").write_text(recovery_code, encoding="utf-8")
        while True:
            files = made_files(work, number, _BATCH)
            told = io.StringIO()
            with contextlib.redirect_stdout(told), contextlib.redirect_stderr(io.StringIO()):
                code = command_line(["import", *map(str, files), "--json", "--vault", folder,
                                     "--recovery-code", "--passphrase-file", str(work / "code"),
                                     "--at", "2026-11-21T12:00:00Z"])
            if number == int(first):  # once round: what is loaded on the way is loaded
                print("ready", flush=True)  # noqa: T201 - the parent listens
            if code in (0, 3):  # 3: what nobody has evidence for is kept, too
                rows = json.loads(told.getvalue())["imported"]
                for row in rows:
                    assert row["outcome"] in ("added", "known"), row
                    print(digest_of(work / row["file"]), flush=True)  # noqa: T201 - the acknowledgement
            number += _BATCH


if __name__ == "__main__":
    main(*sys.argv[1:])
