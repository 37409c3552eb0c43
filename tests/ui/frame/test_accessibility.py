"""Every page and dialog, both themes, keyboard only. Add a new page to `_tour` and it is looked at too.

Whoever can be reached by the keyboard has a name; the tab key reaches all of them; no label guesses at
markup; no status is a colour alone; text of a hostile file stays text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from wallet.model.changes import Change, ChangeKind
from wallet.model.network import Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Verdict
from wallet.operations import bundles, recovery
from wallet.operations.documents import Details
from wallet.operations.issuers import issuer
from wallet.operations.sheet import HostAsked, Sheet
from wallet.ui.application import Desktop
from wallet.ui.dialogs.copies import CompareDialog, TestDialog
from wallet.ui.dialogs.details import DetailsDialog
from wallet.ui.dialogs.dialog import ConfirmDialog, FailureDialog
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.dialogs.issuer import IssuerDialog, IssuerShown
from wallet.ui.dialogs.key_file import KeyInDialog, KeyOutDialog
from wallet.ui.dialogs.linkedin import LinkedInDialog
from wallet.ui.dialogs.moving import LeaveDialog, MoveInDialog
from wallet.ui.dialogs.network_sheet import NetworkSheet
from wallet.ui.dialogs.older_copy import OlderCopyDialog
from wallet.ui.dialogs.pick import PickDialog
from wallet.ui.dialogs.restore import RestoreDialog
from wallet.ui.dialogs.tick_list import Line, TickListDialog
from wallet.ui.dialogs.unlocking import NewCodeDialog, PassphraseDialog, QuickUnlockDialog
from wallet.ui.icons import LEVEL_ICON
from wallet.ui.incoming import Incoming
from wallet.ui.labels import SafeLabel, StatusLabel
from wallet.ui.panels import Fold
from wallet.ui.sidebar import Section
from wallet.ui.theme import ThemeChoice
from wallet.ui.workspace import Workspace

Settle = Callable[[], None]

HOSTILE = (
    '<img src="/etc/hostname">',
    "<b>✔ Verified</b>",
    '<a href="https://evil.example">click</a>',
    "Data \u202e Analysis\u200b",
    "[x](https://evil.example) ![y](/etc/hostname)",
)
_TEXT = " ".join(HOSTILE)


def _hostile_badge() -> bytes:
    """A badge that nobody sealed, with markup in every text that a page could show."""
    return json.dumps(
        {
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": "urn:uuid:7c5e3d0a-0000-4000-8000-000000000001",
            "name": _TEXT,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": "https://evil.example/issuer", "type": ["Profile"], "name": _TEXT},
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "name": _TEXT,
                "achievement": {
                    "id": "urn:uuid:7c5e3d0a-0000-4000-8000-000000000002",
                    "type": ["Achievement"],
                    "name": _TEXT,
                    "description": _TEXT,
                    "criteria": {"narrative": _TEXT, "id": "javascript:alert(1)"},
                    "tag": [_TEXT],
                    "alignment": [
                        {"type": ["Alignment"], "targetName": _TEXT, "targetUrl": "file:///etc/hostname"}
                    ],
                },
                "result": [{"type": ["Result"], "value": _TEXT}],
            },
            "evidence": [{"type": ["Evidence"], "name": _TEXT, "id": "file:///etc/hostname"}],
        }
    ).encode()


def _workspace(desktop: Desktop) -> Workspace:
    workspace = desktop.window.workspace
    assert workspace is not None
    return workspace


def _tour(desktop: Desktop, settled: Settle) -> Iterator[tuple[str, QWidget]]:
    """Yield every page and dialog, shown, with a name."""
    window = desktop.window
    yield "welcome", window
    window.show_create()
    yield "create 1", window
    window.create_page.show_code("7Q3ZK-MB9RT-XW2P4-0HJ6D-8CVN5-EFG1S")
    yield "create 2", window
    window.create_page._go(2)
    yield "create 3", window
    window.show_locked()
    window.unlock.show_failure(reason(ReasonCode.VAULT_DAMAGED))
    yield "unlock", window
    window.show_desk()
    yield "desk", window
    window.desk.check(Incoming(data=_hostile_badge(), name="<b>badge</b>.json"))
    settled()
    yield "desk result", window
    window.open_samples()
    settled()
    yield from _wallet_pages(desktop, settled)
    for dialog in (
        FailureDialog(reason(ReasonCode.DISK_FULL), window),
        RestoreDialog(window._services.vault_folder, window),
        ConfirmDialog("Title", _TEXT, "Do it", lambda: None, window),
        NetworkSheet(Sheet((HostAsked(_TEXT, 2, tuple(Purpose), _TEXT, is_allowed=True),)), offline=True,
                     parent=window),
        IssuerDialog(IssuerShown(issuer(_workspace(desktop)._session, "https://evil.example/issuer")),
                     window),
        TickListDialog("Title", "Text", "Take", (Line(_TEXT, _TEXT),), (_TEXT,), window),
        DetailsDialog("Title", "Text", "Keep", Details(_TEXT, _TEXT, links=(_TEXT,)), parent=window),
    ):
        dialog.show()
        yield dialog.objectName(), dialog
        dialog.close()


def _wallet_pages(desktop: Desktop, settled: Settle) -> Iterator[tuple[str, QWidget]]:
    window, work = desktop.window, _workspace(desktop)
    yield "library", window
    work.take_in(Incoming(data=_hostile_badge(), name="<b>badge</b>.json"))
    settled()
    yield "import review", window
    bad = next(row.id for row in work.library.model.rows() if "<b>" in row.title)
    work.open_detail(bad)
    settled()
    for fold in work.detail.findChildren(Fold):
        fold.set_open(True)
    yield "detail", window
    for page in work.web.pages:
        work.web.page_wanted.emit(page)
        settled()
        yield page.objectName(), window
    change = Change(ChangeKind.OTHER, bad, _TEXT, Verdict.VALID, Verdict.UNDETERMINED,
                    reason(ReasonCode.STATUS_NOT_SEEN, address=_TEXT))
    work.web.online.summary_ready.emit((change,))
    yield "changes", window
    yield from _own_pages(work, settled, bad)
    for section in (Section.SHARED_LOG, Section.SETTINGS, Section.VERIFY):
        work.show_section(section)
        yield section.name.lower(), window
    good = next(row.id for row in work.library.model.rows() if row.report.verdict.value == "valid")
    work.share((good, bad))
    settled()
    wizard = work.sharing
    assert wizard is not None
    wizard._go(0)
    yield "share what", window
    wizard._go(1)
    yield "share terms", window
    wizard.go_on()
    settled()
    for fold in wizard.preview.findChildren(Fold):
        fold.set_open(True)
    yield "share preview", window
    wizard._on_leave_out(bad)
    settled()
    wizard.go_on()
    settled()
    wizard.show_code()
    settled()
    yield "share done", window
    dialog = LinkedInDialog(desktop.background, work._session, ((good, _TEXT),), parent=window)
    dialog.show()
    settled()
    yield "linkedin", dialog
    dialog.close()
    work.close_sharing()


def _own_pages(work: Workspace, settled: Settle, bad: str) -> Iterator[tuple[str, QWidget]]:
    """The learner's own words, hostile as if they came with an export, and the dialogs of the vault."""
    window, own = work.window(), work.own
    own.errands.add_tag((bad,), _TEXT[:60])
    own.errands.set_title(bad, _TEXT[:60])
    settled()
    for name in ("add_tag", "edit_own_title", "edit_note"):
        button = work.detail.findChild(QAbstractButton, name)
        assert button is not None
        button.click()
    yield "own words", window
    work.show_section(Section.BUNDLES)
    yield "bundles", window
    own.errands._act(lambda: bundles.make_bundle(work._session, _TEXT[:60], (bad,), note=_TEXT), "")
    settled()
    yield "bundle list", window
    own.bundles.open_bundle(own.bundles.kept[0].id)
    yield "bundle", window
    rows = work.library.model.rows()
    locked = MoveInDialog(Path("a.json"), window)
    locked.show_failure(reason(ReasonCode.EXPORT_LOCKED, name=_TEXT))
    code = NewCodeDialog(recovery.fresh_recovery_code(), anew=True, parent=window)
    for dialog in (
        QuickUnlockDialog(window), PassphraseDialog(window), code, KeyOutDialog(window), LeaveDialog(window),
        KeyInDialog(_TEXT, is_locked=True, parent=window), OlderCopyDialog(window), TestDialog(_TEXT, window),
        CompareDialog(_TEXT, needs_secret=True, parent=window), locked, PickDialog(_TEXT, rows, window),
        TextDialog("Title", _TEXT, "Name", "Do it", parent=window),
    ):  # fmt: skip
        dialog.show()
        yield dialog.objectName(), dialog
        for step in (1, 2) if dialog is code else ():
            code._turn(step)
            yield f"new code {step}", dialog
        dialog.close()


def _reachable(root: QWidget) -> list[QWidget]:
    """Return what the tab key should reach."""
    found = [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is root.window()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]
    # A scroll area's own frame takes no part; what scrolls in it does.
    return [
        widget
        for widget in found
        if not isinstance(widget, QAbstractScrollArea)
        or isinstance(widget, QAbstractItemView)
        or widget.objectName()
    ]


def _name(widget: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else ""


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_every_page_and_dialog(desktop: Desktop, settled: Settle, qtbot: QtBot, choice: ThemeChoice) -> None:
    """One walk through all of them per theme; each finding says where and what."""
    desktop.theme.choose(choice)
    assert len(set(LEVEL_ICON.values())) == len(LEVEL_ICON)
    found: list[str] = []
    hostile_shown: set[str] = set()
    seen = 0
    for page, root in _tour(desktop, settled):
        QApplication.processEvents()
        looked = (*_nameless(root), *_markup(root), *_wordless(root), *_out_of_reach(root, qtbot))
        found.extend(f"{page}: {one}" for one in looked)
        if any("<b>" in label.text() for label in root.findChildren(QLabel)):
            hostile_shown.add(page)
        seen += 1
    assert found == []
    assert seen >= 28
    assert {"desk result", "import review", "detail", "share preview"} <= hostile_shown


def _nameless(root: QWidget) -> Iterator[str]:
    """Whatever takes the keyboard has a name for a reader."""
    for widget in _reachable(root):
        if not _name(widget).strip():
            yield f"no name: {type(widget).__name__} {widget.objectName()}"


def _markup(root: QWidget) -> Iterator[str]:
    """No text is ever taken for markup: labels, tooltips, message boxes, titles."""
    for label in root.findChildren(QLabel):
        if label.textFormat() is not Qt.TextFormat.PlainText or not isinstance(label, SafeLabel):
            yield f"guesses at markup: {type(label).__name__} {label.text()[:40]}"
    for widget in (root, *root.findChildren(QWidget)):
        tip = widget.toolTip()
        if tip and not (tip.startswith("<qt>") and "<img" not in tip and "<b>" not in tip):
            yield f"tooltip: {tip[:40]}"
        if "<" in widget.windowTitle():
            yield f"title: {widget.windowTitle()[:40]}"
    if root.findChildren(QMessageBox):
        yield "a message box"


def _wordless(root: QWidget) -> Iterator[str]:
    """A status is never a colour alone."""
    for label in root.findChildren(StatusLabel):
        if label.isVisible() and not (label.word.strip() and label.accessibleName().strip()):
            yield f"status without a word: {label.level.value}"


def _out_of_reach(root: QWidget, qtbot: QtBot) -> Iterator[str]:
    """The tab key reaches everything that takes it."""
    wanted = _reachable(root)
    root.activateWindow()
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    reached: list[QWidget] = []
    for _ in range(len(wanted) + 10):
        now = QApplication.focusWidget()
        if now is not None:
            reached.append(now)
            QTest.keyClick(now, Qt.Key.Key_Tab)
    for widget in wanted:
        if widget not in reached and not _is_grouped(widget, reached):
            yield f"out of reach: {type(widget).__name__} {widget.objectName()} {_name(widget)}"


def _is_grouped(widget: QWidget, reached: list[QWidget]) -> bool:
    """Of an exclusive group the tab key reaches the checked one; the arrows reach the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(one in reached for one in group.buttons())


def test_titles_of_credentials_stay_out_of_window_titles(sample_wallet: Desktop, settled: Settle) -> None:
    work = _workspace(sample_wallet)
    titles = [row.title for row in work.library.model.rows()]
    work.open_detail(work.library.model.rows()[0].id)
    settled()
    shown = [widget.windowTitle() for widget in QApplication.topLevelWidgets()]
    assert [title for title in titles if any(title in one for one in shown)] == []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
