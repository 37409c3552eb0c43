"""The issuer's dialog: lists, keys with dates, changes and look-alikes, all of it plain text."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.beliefs import Belief, Stance
from wallet.model.events import Event, EventKind, KeyChange
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.issuers import IssuerView, ListedKey
from wallet.operations.known_to import KnownTo
from wallet.ui.dialogs.issuer import IssuerDialog, IssuerShown
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme

ISSUER = "did:web:uni.example"
FULL = IssuerView(
    ISSUER, "<b>Uni</b>", 2, Belief(ISSUER, AT, Stance.DISTRUSTED, name="That one", note="by phone"),
    (ListedKey(f"{ISSUER}#1", "t", "AAAA BBBB", current=True, pinned=True),
     ListedKey(f"{ISSUER}#0", "u", "CCCC DDDD", current=False)),
    (EvidenceDocument(ISSUER, EvidenceKind.DID_DOCUMENT, b"{}", "a" * 64, Grade.FETCHED, "uni.example", AT),),
    (KeyChange(ISSUER, AT, AT, "a" * 64, "b" * 64, (f"{ISSUER}#0",), (f"{ISSUER}#1",)),),
    (Event(AT, EventKind.BELIEF_SET, ISSUER),),
    (reason(ReasonCode.ISSUER_KEY_CHANGED, issuer=ISSUER, date="2026-11-20T00:00:00Z"),))


def _words(dialog: IssuerDialog) -> str:
    labels = (one.full_text for one in dialog.findChildren(SafeLabel))
    return "\n".join(labels).translate({0x2068: None, 0x2069: None})


def test_everything_is_told(qtbot: QtBot, theme: Theme) -> None:
    dialog = IssuerDialog(IssuerShown(FULL, (KnownTo("Register", "Uni of Example", AT, by_domain=True),)))
    qtbot.addWidget(dialog)
    said = _words(dialog)
    for part in ("uni.example", "<b>Uni</b>", "That one", "by phone", "Not trusted by you.", "Uni of Example",
                 "Knows its web address: Register · as of",
                 "listed now · compared by you", "no longer listed", "Gone: ",
                 "New: ", "Other keys between 21 November 2026", "You noted something about it",
                 "Here since 21 November 2026"):
        assert part in said
    assert "<" not in dialog.windowTitle()
    distrust = dialog.findChild(QPushButton, "issuer_distrust")
    assert isinstance(distrust, QPushButton)
    assert distrust.isHidden()


def test_an_issuer_of_whom_nothing_is_known(qtbot: QtBot, light: Theme) -> None:
    dialog = IssuerDialog(IssuerShown(IssuerView(ISSUER, "", 0, None, (), (), (), (), ())))
    qtbot.addWidget(dialog)
    assert "No key of it is here yet." in _words(dialog)
    pin = dialog.findChild(QPushButton, "issuer_pin")
    assert isinstance(pin, QPushButton)
    assert not pin.isEnabled()
