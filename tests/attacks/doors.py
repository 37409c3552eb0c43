"""The doors that came later: pages and files in which words of others stand, each tried with hostile ones.

Registers no case itself; U01 (markup) and U04 (hidden and turning characters) go through all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.attacks.learner import kept, learner, new_folder
from tests.attacks.scene import filled, university
from tests.attacks.window import application, open_window, said, settled
from tests.conftest import AT
from tests.share.pages import PageReader
from tests.simulators.pdf import pdf_with
from tests.simulators.signing import pinned_contexts
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.network import FetchOutcome, LedgerEntry, Permission, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.checking import Desk, check_bytes
from wallet.operations.labels import add_tags, set_note, set_title
from wallet.operations.list_overview import ListShown
from wallet.operations.report_page import section_of, write_report_page
from wallet.operations.sheet import HostAsked, Sheet
from wallet.ui.dialogs.network_sheet import NetworkSheet
from wallet.ui.incoming import Incoming
from wallet.ui.labels import SafeLabel
from wallet.ui.views.ledger import AllowedSite, LedgerPage, NetworkFacts
from wallet.ui.views.lists import ListsPage

#: What hides, turns or ends a line; isolates of our own stand in pairs, and are looked at by themselves.
HIDDEN: Final = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u200b\u200e\u200f\u2060\ufeff\x1b\x00\u2028"
                          "\U000e0041")


def _show(widget: QWidget, text: str) -> None:
    widget.show()
    QApplication.processEvents()
    _demand_plain(widget, text)
    widget.hide()
    widget.deleteLater()


def _demand_plain(root: QWidget, text: str) -> None:
    """Every label takes it for text; nothing that is shown, or told to a screen reader, holds what hides."""
    found = root.findChildren(QLabel)
    assert found
    for label in found:
        assert isinstance(label, SafeLabel), type(label)
        assert label.textFormat().name == "PlainText", label.text()
        shown = label.text().replace("\u200b", "")  # places to wrap are ours
        assert not set(shown) & HIDDEN, ascii(shown)
        assert shown.count("\u2068") == shown.count("\u2069"), ascii(shown)
    for widget in root.findChildren(QWidget):
        assert "<img" not in widget.toolTip()
        assert not set(widget.accessibleName()) & HIDDEN - {"\u200b"}, ascii(widget.accessibleName())
    if text.isascii() and text.isprintable():
        assert text in said(root).translate({0x2068: None, 0x2069: None, 0x200B: None})


def _network_sheet(text: str) -> None:
    application()
    _show(NetworkSheet(Sheet((HostAsked(text, 1, (Purpose.PICTURE,)),),
                             (reason(ReasonCode.REQUEST_TRACKING, host=text, address=text),)), offline=True),
          text)


def _ledger(text: str) -> None:
    application()
    page = LedgerPage()
    line = LedgerEntry(AT, text, f"https://{text}/", Purpose.ISSUER_KEY, Permission.HOST,
                       FetchOutcome.FETCHED)
    page.show_facts(NetworkFacts((line,), 1, (AllowedSite(text, AT),), always=True))
    _show(page, text)


def _lists(text: str) -> None:
    application()
    page = ListsPage()
    kept_list = KeptList(f"https://lists.example/{text}", text, ListKind.LIST_OF_LISTS, AT, signer="{}")
    document = EvidenceDocument(text, EvidenceKind.REGISTRY, b"{}", "a" * 64, Grade.FETCHED, text, AT)
    member = ListShown(KeptList(text, text, ListKind.FILE, AT), AT, None, 3, None, document)
    odd = ListShown(kept_list, problem=reason(ReasonCode.LIST_NOT_LOADED, name=text, address=text))
    page.show_lists((ListShown(kept_list, AT, AT, 2, members=(member,)), odd))
    _show(page, text)


def _import_review(text: str) -> None:
    with learner() as session, open_window(session) as (desktop, work):
        work.take_in(Incoming(data=filled(text), name=text))
        settled(desktop)
        work.take_in(Incoming(data=b"{", name=text))
        settled(desktop)
        QApplication.processEvents()
        _demand_plain(desktop.window, text)


def _pdf(text: str) -> None:
    data = pdf_with(title=text, author=text, links=("https://northbridge.example/" + text,))
    with learner() as session, open_window(session) as (desktop, work):
        work.take_in(Incoming(data=data, name="certificate.pdf"))
        settled(desktop)
        QApplication.processEvents()
        _demand_plain(desktop.window, "certificate.pdf")


def _own_words(text: str) -> None:
    """Titles, notes and tags are the learner's, and may be pasted."""
    with learner() as session:
        ident = kept(session, university("did:key").badge())
        set_title(session, ident, text)
        set_note(session, ident, text)
        add_tags(session, (ident,), (text[:40],))
        with open_window(session) as (desktop, work):
            QApplication.processEvents()
            _demand_plain(desktop.window, "")
            work.open_detail(ident)
            settled(desktop)
            _demand_plain(desktop.window, text)


def _desk(text: str) -> None:
    with learner() as session, open_window(session) as (_, work):
        (checked,) = check_bytes(Desk(pinned_contexts()), filled(text), text, at=AT)
        work.verify.show_checked((checked,), text)
        QApplication.processEvents()
        _demand_plain(work.verify, text)


def _report(text: str) -> None:
    (checked,) = check_bytes(Desk(pinned_contexts()), filled(text), text, at=AT)
    target = new_folder() / "report.html"
    line = LedgerEntry(AT, text, text, Purpose.ISSUER_KEY, Permission.COMMAND, FetchOutcome.FETCHED)
    write_report_page(target, [section_of(checked, refusals=(text,))] * 2, at=AT, asked=[line])
    shown = PageReader(target.read_bytes())
    assert not set(shown.text) & HIDDEN
    assert shown.headings[0] == (1, "Report of a check")


DOORS: Final[Mapping[str, Callable[[str], None]]] = {
    "the sheet before a request": _network_sheet, "the list of requests": _ledger, "the lists": _lists,
    "the import's review": _import_review, "a PDF's own words": _pdf, "titles, notes and tags": _own_words,
    "the desk": _desk, "the report's page": _report}
