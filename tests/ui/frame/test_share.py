"""Sharing: nothing leaves before the last step, what leaves is what was shown, all of it is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from wallet.model.report import Verdict
from wallet.model.sharing import Channel
from wallet.operations import sharing
from wallet.ui.application import Desktop
from wallet.ui.dialogs.share import ShareWizard
from wallet.ui.incoming import Incoming
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Fold

Settle = Callable[[], None]


@pytest.fixture
def wizard(sample_wallet: Desktop, settled: Settle) -> ShareWizard:
    """A wizard with one valid and one withdrawn credential."""
    work = sample_wallet.window.workspace
    assert work is not None
    rows = work.library.model.rows()
    wanted = [
        next(row.id for row in rows if row.report.verdict is verdict)
        for verdict in (Verdict.VALID, Verdict.REVOKED)
    ]
    work.share(wanted)
    settled()
    assert work.sharing is not None
    return work.sharing


def _press(root: QWidget, name: str) -> None:
    found = root.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def _said(root: QWidget) -> str:
    return " ".join(label.full_text for label in root.findChildren(SafeLabel) if not label.isHidden())


def _shares(desktop: Desktop) -> list[Channel]:
    work = desktop.window.workspace
    assert work is not None
    return [one.channel for one in sharing.shares(work._session)]


def _to_done(wizard: ShareWizard, settled: Settle) -> None:
    for _ in range(2):
        wizard.go_on()
        settled()
    assert wizard.step == 3


def test_nothing_is_noted_before_something_is_handed_over(
    wizard: ShareWizard, settled: Settle, sample_wallet: Desktop
) -> None:
    _to_done(wizard, settled)
    assert _shares(sample_wallet) == []
    assert "Nothing has left this computer yet" in _said(wizard.done)
    wizard.show_code()
    settled()
    assert _shares(sample_wallet) == [Channel.QR]
    assert wizard.done.code.view.modules


def test_the_preview_warns_of_what_has_ended_and_shows_every_value(
    wizard: ShareWizard, settled: Settle, sample_wallet: Desktop
) -> None:
    wizard.go_on()
    settled()
    assert wizard.step == 2
    assert "They will see: Withdrawn by the issuer" in _said(wizard.preview)
    for fold in wizard.preview.findChildren(Fold):
        fold.set_open(True)
    work = sample_wallet.window.workspace
    assert work is not None
    shown = _said(wizard.preview)
    preview = sharing.preview(work._session, wizard.what.ids(), wizard.terms.terms())
    short = [
        one.value
        for item in preview.items
        for one in item.revealed
        if one.value.isascii() and len(one.value) < 60
    ]
    assert len(short) > 20
    assert [value for value in short if " ".join(value.split()) not in shown] == []


def test_the_saved_pack_is_read_by_a_receiver(
    wizard: ShareWizard,
    settled: Settle,
    sample_wallet: Desktop,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wizard.terms.set_audience("Kestrel & Rowe")
    _to_done(wizard, settled)
    target = tmp_path / "application"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    _press(wizard, "save_pack")
    settled()
    assert _shares(sample_wallet) == [Channel.PACK]
    work = sample_wallet.window.workspace
    assert work is not None
    work.verify.check(Incoming(paths=(target.with_suffix(".vcpack"),)))
    settled()
    assert work.verify.result is not None
    assert {item.report.verdict for item in work.verify.result.items} == {Verdict.VALID, Verdict.REVOKED}


def test_saved_codes_are_read_back_in_any_order(
    wizard: ShareWizard,
    settled: Settle,
    sample_wallet: Desktop,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _to_done(wizard, settled)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(tmp_path / "code.png"), "")
    )
    _press(wizard, "save_codes")
    settled()
    pictures = sorted(tmp_path.glob("code*.png"), reverse=True)
    assert len(pictures) > 1
    work = sample_wallet.window.workspace
    assert work is not None
    work.verify.check(Incoming(paths=tuple(pictures)))
    settled()
    assert work.verify.result is not None
    assert len(work.verify.result.items) == 2


def test_without_a_tick_there_is_no_next_step(wizard: ShareWizard) -> None:
    wizard._go(0)
    for one in wizard.what.ids():
        wizard.what.model.untick(one)
    following = wizard.findChild(QPushButton, "share_next")
    assert isinstance(following, QPushButton)
    assert not following.isEnabled()


def test_cancel_leaves_no_trace(wizard: ShareWizard, settled: Settle, sample_wallet: Desktop) -> None:
    _press(wizard, "share_cancel")
    settled()
    work = sample_wallet.window.workspace
    assert work is not None
    assert work.sharing is None
    assert _shares(sample_wallet) == []
