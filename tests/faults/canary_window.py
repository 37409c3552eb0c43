"""The window's part of the canary session: opened, looked at, a secret copied, locked; and what it left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import ASSETS, REPOSITORY
from tests.journeys.runner import environment

_SHORT_MS = 50


@dataclass(frozen=True, slots=True)
class WindowWords:
    """What the window left: by a name for the place, the bytes."""

    places: dict[str, bytes]


def use_window(home: Path, passphrase: str, received: Path, identity: str) -> WindowWords:
    """Use the window in a process of its own."""
    done = subprocess.run([sys.executable, "-m", "tests.faults.canary_window", str(home), str(received)],
                          input=f"{passphrase}\n{identity}".encode(), capture_output=True, check=False,
                          cwd=REPOSITORY, env=environment(home) | {"TMPDIR": str(home / "tmp")})
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    return WindowWords({"window's log": done.stderr} | {name: text.encode() for name, text in told.items()})


def main(home: Path, received: Path) -> None:
    """Open the wallet, import, look at everything, copy a secret, lock; print what the desktop may see."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

    from wallet import assemble
    from wallet.operations.wallets import Passphrase
    from wallet.operations.window import open_in_window
    from wallet.ui.application import Desktop, make_application
    from wallet.ui.clipboard import copy_secret
    from wallet.ui.incoming import Incoming

    assemble.start_logging(verbose=True)
    passphrase, identity = sys.stdin.read().split("\n")
    application = make_application()
    real = assemble.services(vault_folder=home / "wallet", at=datetime(2026, 11, 21, 13, tzinfo=UTC))
    services = replace(real, assets=ASSETS)
    desktop = Desktop(application, services)
    window, titles = desktop.window, set[str]()
    window.show()

    def settle() -> None:
        quiet = 0
        while quiet < 5:
            QTest.qWait(20)
            quiet = 0 if desktop.background.busy else quiet + 1
        titles.update(one.windowTitle() for one in QApplication.topLevelWidgets())
        titles.add(application.applicationDisplayName())

    settle()
    opened = open_in_window(services, home / "wallet", Passphrase(passphrase))
    opened.session.set_identities((identity,))
    window.enter(opened)
    settle()
    workspace = window.workspace
    assert workspace is not None
    workspace.take_in(Incoming(paths=(received,)))
    settle()
    for row in workspace.library.model.rows():
        workspace.open_detail(row.id)
        settle()
    shown = _texts(window, QLabel, QLineEdit)
    copy_secret("zqxnote about the boss", clear_after_ms=_SHORT_MS)
    QTest.qWait(4 * _SHORT_MS)
    clipboard = QGuiApplication.clipboard().text()
    window.lock()
    settle()
    left = "\n".join(_texts(one, QLabel, QLineEdit) for one in QApplication.topLevelWidgets()
                     if isinstance(one, QWidget))
    print(json.dumps({"window titles": "\n".join(sorted(titles)), "clipboard": clipboard,  # noqa: T201 - the answer
                      "widgets after locking": left, "stdout of the window": shown}))
    desktop.close()


def _texts(window: object, *kinds: type) -> str:
    """Every text that a widget below holds."""
    found = []
    for kind in kinds:
        for widget in window.findChildren(kind):  # type: ignore[attr-defined] # a widget
            found += [widget.text(), widget.toolTip(), widget.accessibleName()]
    return "\n".join(found)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
