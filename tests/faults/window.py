"""The real window, without a screen, to be killed: files are dropped into it, one lot after the other.

    python -m tests.faults.window FOLDER RECOVERY_CODE FIRST_NUMBER

Speaks as `writer` does: `ready`, then the SHA-256 of every payload, once the window shows that it is kept.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.faults.importer import digest_of, made_files, services_for
from wallet.operations.intake import ImportOutcome, ImportSummary
from wallet.operations.wallets import RecoveryCode
from wallet.operations.window import open_in_window
from wallet.ui.application import Desktop, make_application
from wallet.ui.incoming import Incoming

_BATCH = 3


def main(folder: str, recovery_code: str, first: str) -> None:
    """Drop files until the end."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        services = replace(services_for(Path(folder)), config_file=work / "config" / "settings.json")
        window = Desktop(application, services).window
        window.show()
        window.enter(open_in_window(services, Path(folder), RecoveryCode(recovery_code)))
        workspace = window.workspace
        assert workspace is not None
        number = int(first)

        def drop() -> None:
            nonlocal number
            number += _BATCH
            workspace.take_in(Incoming(paths=made_files(work, number, _BATCH)))

        def shown(summary: ImportSummary, **_: object) -> None:
            for row in summary.rows:
                assert row.outcome in (ImportOutcome.ADDED, ImportOutcome.KNOWN), row
                print(digest_of(work / row.name), flush=True)  # noqa: T201 - the acknowledgement
            drop()

        workspace.show_summary = shown  # type: ignore[method-assign] # the moment a person reads of it
        print("ready", flush=True)  # noqa: T201 - the parent listens
        drop()
        application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
