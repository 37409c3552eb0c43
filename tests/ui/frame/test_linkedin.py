"""LinkedIn: off until chosen, the whole address shown, nothing opened by itself, each hand-over noted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from wallet.model.report import Verdict
from wallet.model.sharing import Channel
from wallet.operations import sharing
from wallet.ui.application import Desktop
from wallet.ui.dialogs.linkedin import LinkedInDialog
from wallet.ui.labels import SafeLabel

Settle = Callable[[], None]


def _press(dialog: LinkedInDialog, name: str) -> None:
    found = dialog.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def test_fields_link_and_log(sample_wallet: Desktop, settled: Settle) -> None:
    work = sample_wallet.window.workspace
    assert work is not None
    row = next(one for one in work.library.model.rows() if one.report.verdict is Verdict.VALID)
    opened: list[QUrl] = []
    dialog = LinkedInDialog(
        sample_wallet.background,
        work._session,
        ((row.id, row.title),),
        open_link=opened.append,
        parent=sample_wallet.window,
    )
    settled()
    link = dialog.findChild(SafeLabel, "linkedin_link")
    assert isinstance(link, SafeLabel)
    assert link.full_text.startswith("https://www.linkedin.com/")
    assert "certUrl" not in link.full_text
    assert "certId" not in link.full_text
    assert opened == []
    assert sharing.shares(work._session) == ()

    dialog._with_id.setChecked(True)
    settled()
    assert "certId" in link.full_text
    _press(dialog, "linkedin_copy")
    settled()
    assert QGuiApplication.clipboard().text() == link.full_text
    _press(dialog, "linkedin_open")
    settled()
    assert [one.host() for one in opened] == ["www.linkedin.com"]
    assert [one.channel for one in sharing.shares(work._session)] == [Channel.LINKEDIN] * 2
    dialog.close()
