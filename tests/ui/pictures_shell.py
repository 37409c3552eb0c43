"""Pictures of the frame and its pages, for looking at: `python -m tests.ui.pictures_shell OUT`.

The tour's pictures, from a wallet of samples in a temporary folder, and the dialogs beside them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from tests.conftest import AT
from tests.ui import fabricated
from wallet import assemble
from wallet.model.reasons import ReasonCode, reason
from wallet.operations import bundles, recovery
from wallet.operations.merge import Comparison, Copy, Relation
from wallet.operations.tour import run_tour
from wallet.ui.application import Desktop, make_application
from wallet.ui.dialogs.copies import CompareDialog, TestDialog
from wallet.ui.dialogs.dialog import FailureDialog
from wallet.ui.dialogs.key_file import KeyInDialog, KeyOutDialog
from wallet.ui.dialogs.moving import LeaveDialog
from wallet.ui.dialogs.older_copy import OlderCopyDialog
from wallet.ui.dialogs.pick import PickDialog
from wallet.ui.dialogs.restore import RestoreDialog
from wallet.ui.dialogs.unlocking import NewCodeDialog, PassphraseDialog, QuickUnlockDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.sidebar import Section
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
    _take_typing_back(window, target)
    window.show_locked()
    window.unlock.show_failure(reason(ReasonCode.VAULT_WRONG_PASSPHRASE))
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        desktop.theme.choose(theme)
        dialogs: tuple[QDialog, ...] = (
            FailureDialog(reason(ReasonCode.DISK_FULL), window), RestoreDialog(target / "empty", window),
            QuickUnlockDialog(window), PassphraseDialog(window), OlderCopyDialog(window), LeaveDialog(window),
            KeyOutDialog(window), TestDialog("wallet.vcwallet", window), _stranger(window),
            KeyInDialog("key.json", is_locked=True, parent=window), _busy(window),
            PickDialog("Add to “Kestrel & Rowe”", fabricated.library(), window),
            NewCodeDialog(recovery.fresh_recovery_code(), anew=True, parent=window))
        settle(lambda: desktop.background.busy)
        (target / f"20-unlock-wrong-{theme.value}.png").write_bytes(png_of(window))
        for number, dialog in enumerate(dialogs):
            dialog.show()
            settle(lambda: desktop.background.busy)
            (target / f"21-{number:02}-{dialog.objectName()}-{theme.value}.png").write_bytes(png_of(dialog))
            dialog.close()
        _take_encrypting(window, target / f"25-encrypting-{theme.value}.png")
    desktop.theme.choose(ThemeChoice.LIGHT)
    _take_sections(desktop, target)
    window.hide()
    desktop.close()


def _take_typing_back(window: MainWindow, target: Path) -> None:
    """The code typed back, with a slip in two groups."""
    window.create_page._go(2)
    step = window.create_page._third
    step._field.setText("7Q3ZK-MB8RT-XW2P4-0HJ7D-8CVN5-EFG1S")
    step._field.returnPressed.emit()
    (target / "19-typed-back.png").write_bytes(png_of(window))
    window.create_page.reset()


def _take_encrypting(window: MainWindow, target: Path) -> None:
    """The closed wallet while everything is encrypted anew."""
    page = window.unlock
    page.reset()
    page.set_busy(True)
    page.note("Everything in your wallet is being encrypted anew. Until that is done you can stop it, and "
              "nothing is lost if it is broken off.")
    page.show_working("Encrypting anew…")
    page.progress.show_step(38, 100, "")
    page.progress.show()
    QApplication.processEvents()
    target.write_bytes(png_of(window))
    page.reset()


def _stranger(window: MainWindow) -> CompareDialog:
    """A copy of another wallet, compared."""
    dialog = CompareDialog("maya.vcwallet", needs_secret=False, parent=window)
    copy = Copy("Food Safety Level 2", "Harbor Skills Institute", AT, "00")
    dialog.show_comparison(Comparison(Relation.OTHER_WALLET, (), (copy,), 3, (), 4, 9, is_own=False))
    return dialog


def _busy(window: MainWindow) -> TestDialog:
    """A backup that is being read."""
    dialog = TestDialog("wallet.vcwallet", window)
    dialog.set_busy("Reading all of it…")
    dialog.show_step(55, 100, "")
    return dialog


def _take_sections(desktop: Desktop, target: Path) -> None:
    """Own words, bundles and the settings of a wallet of samples, wide and narrow."""
    window = desktop.window
    window.open_samples()
    settle(lambda: desktop.background.busy)
    work = window.workspace
    if work is None:
        return
    ids = tuple(row.id for row in work.library.model.rows()[:4])
    work.own.errands.add_tag(ids, "for the bank job")
    work.own.errands.set_title(ids[0], "My first course")
    _make_bundle(desktop, ids)
    work.own.errands.show()
    settle(lambda: desktop.background.busy)
    for width in (1280, 640):
        window.resize(width, 832)
        work.open_detail(ids[0])
        settle(lambda: desktop.background.busy)
        (target / f"22-own-words-{width}.png").write_bytes(png_of(window))
        work.show_section(Section.BUNDLES)
        work.own.bundles.open_bundle(work.own.bundles.kept[0].id)
        settle(lambda: desktop.background.busy)
        (target / f"23-bundle-{width}.png").write_bytes(png_of(window))
        work.show_section(Section.SETTINGS)
        settle(lambda: desktop.background.busy)
        inner = work.settings.widget()
        (target / f"24-settings-{width}.png").write_bytes(png_of(inner if inner is not None else window))
        desktop.theme.choose(ThemeChoice.DARK)
        settle(lambda: desktop.background.busy)
        (target / f"24-settings-{width}-dark.png").write_bytes(png_of(inner if inner is not None else window))
        desktop.theme.choose(ThemeChoice.LIGHT)


def _make_bundle(desktop: Desktop, ids: tuple[str, ...]) -> None:
    work = desktop.window.workspace
    if work is not None:
        session = work._session
        desktop.background.run(
            work, lambda _progress: bundles.make_bundle(session, "Kestrel & Rowe, junior analyst", ids),
            done=lambda _made: None, failed=lambda _why: None)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
