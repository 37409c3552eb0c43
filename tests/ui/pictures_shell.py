"""Pictures of the frame and its pages, for looking at: `python -m tests.ui.pictures_shell OUT`.

The tour's pictures, from a wallet of samples in a temporary folder, and the dialogs beside them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QDialog

from wallet import assemble
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.tour import run_tour
from wallet.ui.application import Desktop, make_application
from wallet.ui.dialogs.dialog import FailureDialog
from wallet.ui.dialogs.restore import RestoreDialog
from wallet.ui.theme import ThemeChoice
from wallet.ui.tour import png_of, settle, take_pictures


def main(target: Path) -> int:
    """Save everything below `target` and say where."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        services = replace(assemble.services(), config_file=Path(folder) / "settings.json",
                           vault_folder=Path(folder) / "none")
        for picture in take_pictures(run_tour(services, Path(folder) / "tour")):
            (target / picture.name).write_bytes(picture.read_bytes())
        _take_rest(Desktop(make_application(), services), target)
    sys.stdout.write(f"pictures are in {target}\n")
    return 0


def _take_rest(desktop: Desktop, target: Path) -> None:
    window = desktop.window
    window.show()
    window.show_create()
    window.create_page.show_code("7Q3ZK-MB9RT-XW2P4-0HJ6D-8CVN5-EFG1S")
    settle(lambda: desktop.background.busy)
    (target / "19-recovery-code.png").write_bytes(png_of(window))
    window.show_locked()
    window.unlock.show_failure(reason(ReasonCode.VAULT_WRONG_PASSPHRASE))
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        desktop.theme.choose(theme)
        dialogs: tuple[QDialog, ...] = (FailureDialog(reason(ReasonCode.DISK_FULL), window),
                                        RestoreDialog(target / "empty", window))
        settle(lambda: desktop.background.busy)
        (target / f"20-unlock-wrong-{theme.value}.png").write_bytes(png_of(window))
        for dialog in dialogs:
            dialog.show()
            settle(lambda: desktop.background.busy)
            (target / f"21-{dialog.objectName()}-{theme.value}.png").write_bytes(png_of(dialog))
            dialog.close()
    window.hide()
    desktop.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
