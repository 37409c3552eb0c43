"""What stands below the result of a check about the web: what could be asked still, and what was asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from wallet.model.reasons import Reason
from wallet.model.report import Level
from wallet.operations.errand import Errand
from wallet.operations.sheet import Sheet
from wallet.ui.buttons import button
from wallet.ui.failure_box import failure_words
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice, column, panel
from wallet.ui.tokens import Space, TextStyle
from wallet.ui.untrusted_text import isolated, shown_text
from wallet.ui.wording import counted, reason_text, translate
from wallet.wording.asking import keys_changed, outcome_word, purpose_word, sheet_title

_SHOWN = 12


def offer_notice(sheet: Sheet, ask: Callable[[], None]) -> Notice | None:
    """Return what the web could answer still, with a button; None where nothing is open."""
    refused = " ".join(reason_text(one) for one in sheet.refused)
    if not sheet.hosts:
        return Notice(Level.INFO, _tr("Some of it is never asked for"), refused,
                      icon=Icon.OFFLINE) if refused else None
    hosts = tuple(isolated(shown_text(one.host, single_line=True).text) for one in sheet.hosts)
    said = " ".join(part for part in (sheet_title(sheet.documents, hosts, translate), refused) if part)
    box = Notice(Level.INFO, _tr("The web could answer what is open"), said, icon=Icon.ONLINE)
    box.setObjectName("verify_offer")
    pressed = button(_tr("Ask for what is missing…"), size="small", name="verify_ask")
    pressed.clicked.connect(ask)
    layout = box.layout()
    if layout is not None:
        layout.addWidget(pressed)
    return box


def left_out_notice(why: Reason) -> Notice:
    """Return what to say where documents that earlier checks kept could not be used for this one."""
    words = failure_words(why)
    box = Notice(Level.CARE, _tr("Checked without the documents saved here"),
                 f"{words.what} {words.safe} {words.next}", icon=Icon.INFO)
    box.setObjectName("verify_left_out")
    return box


def asked_panel(errand: Errand, *, listed: bool) -> QFrame:
    """Return what was asked of whom, and what came of it.

    Args:
        errand: What was done.
        listed: Whether a wallet has the requests in its list.
    """
    box = panel("true")
    box.setObjectName("verify_asked")
    lines = column(box, gap=Space.SMALL)
    lines.setContentsMargins(Space.CARD, Space.LARGE, Space.CARD, Space.LARGE)
    lines.addWidget(SafeLabel(_tr("What was asked of the web"), TextStyle.STRONG, wrapped=True))
    for text in _told(errand):
        lines.addWidget(SafeLabel(text, TextStyle.SMALL, untrusted=True, wrapped=True))
    said = _tr("Each request is in your wallet's list of requests.") if listed else _tr(
        "Nothing remembers these requests once you close this.")
    lines.addWidget(_caption(said))
    return box


def _told(errand: Errand) -> list[str]:
    said = [_tr("{host}, for {what}: {ended}").format(
        host=isolated(shown_text(one.host, single_line=True).text), what=purpose_word(one.purpose, translate),
        ended=outcome_word(one.outcome, translate)) for one in errand.lines[:_SHOWN]]
    if len(errand.lines) > _SHOWN:
        said.append(counted(len(errand.lines) - _SHOWN, "and %n more", "and %n more"))
    if not errand.lines:
        said.append(counted(len(errand.asked.kept), "%n document came.", "%n documents came."))
    why = [one.reason for one in errand.asked.failed if one.reason]
    why += [one.problem for one in errand.inputs if one.problem]
    said += dict.fromkeys(reason_text(one) for one in why)
    said += [keys_changed(one.issuer_id, translate) for one in errand.asked.changes]
    if errand.not_saved is not None:
        said.append(_tr("What came could not be kept: {why}").format(why=reason_text(errand.not_saved)))
    return said


def _caption(text: str) -> QWidget:
    return SafeLabel(text, TextStyle.CAPTION, wrapped=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("VerifyOnline", text)
