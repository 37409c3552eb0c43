"""What an opened wallet shows of the web and of whom it believes: its errands and pages, wired together.

Made with the workspace and destroyed with it. The workspace turns to the pages; who asks for them is here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallet.model.stored import Changes
from wallet.operations.intake import ImportSummary
from wallet.operations.lookups import open_requests
from wallet.operations.refresh import RefreshSummary
from wallet.operations.sheet import Sheet, sheet_of
from wallet.wording.asking import sheet_title

from .errands.asking import Asking
from .errands.believing import BelievingErrands
from .errands.listing import ListingErrands
from .errands.network import NetworkErrands
from .errands.online import OnlineErrands
from .errands.records import RecordErrands
from .ground import Ground
from .views.detail import DetailView
from .views.evidence import EvidencePage
from .views.import_review import ImportReviewPage
from .views.ledger import LedgerPage, NetworkFacts
from .views.lists import ListsPage
from .views.refresh_summary import RefreshSummaryPage, WhatChanged, of_changes, of_summary
from .views.settings import SettingsPage
from .views.subpage import SubPage
from .wording import translate


class NetworkPages(QObject):
    """Errands and pages.

    Signals:
        page_wanted: One of `pages`, to turn to.
        passing_wanted: A page to show until another one is.
        settings_wanted, library_wanted: Back to there.
        credential_wanted: The id to show.
    """

    page_wanted = Signal(QWidget)
    passing_wanted = Signal(QWidget)
    settings_wanted = Signal()
    library_wanted = Signal()
    credential_wanted = Signal(str)

    def __init__(self, ground: Ground, detail: DetailView, settings: SettingsPage) -> None:
        super().__init__(ground)
        self._ground = ground
        self.asking = Asking(ground)
        self.online = OnlineErrands(ground, self.asking)
        self._network = NetworkErrands(ground)
        self.believing = BelievingErrands(ground, self.asking)
        self.records = RecordErrands(ground, self.asking)
        self.listing = ListingErrands(ground, self.asking)
        self.ledger = LedgerPage()
        self.lists = ListsPage()
        self.evidence = EvidencePage()
        self.pages: tuple[SubPage, ...] = (self.ledger, self.lists, self.evidence)
        self._connect(settings)
        self._connect_listing(settings)
        self._connect_detail(detail)
        self._network.show()
        self.listing.show()

    def show_ledger(self) -> None:
        """Turn to every request that was ever made."""
        self._network.show()
        self.page_wanted.emit(self.ledger)

    def offer_after(self, summary: ImportSummary, review: ImportReviewPage) -> None:
        """Look what the web could answer about an import, and say so on its page; nothing is asked."""
        ids = tuple(dict.fromkeys(row.credential_id for row in summary.rows if row.credential_id))
        session = self._ground.session

        def done(sheet: Sheet) -> None:
            if sheet.hosts:
                review.offer_online(sheet_title(sheet.documents, tuple(one.host for one in sheet.hosts),
                                                translate))

        review.online_requested.connect(lambda: self.online.fetch_wanted(ids))
        if ids:
            self._ground.background.run(
                review, lambda _progress: sheet_of(session, open_requests(session, ids)), done=done,
                failed=self._ground.fail)

    def _connect(self, settings: SettingsPage) -> None:
        for page in self.pages:
            page.back_requested.connect(self.settings_wanted)
        self._network.facts_ready.connect(self._show_facts)
        self._settings = settings
        settings.network.always_changed.connect(self._network.set_always)
        settings.network.ledger_requested.connect(self.show_ledger)
        self.ledger.revoke_requested.connect(self._network.revoke)
        self.ledger.clear_requested.connect(self._network.clear)
        self.online.summary_ready.connect(self._show_summary)
        self.records.credential_wanted.connect(self.credential_wanted)
        self._ground.changed.connect(self._on_changed)

    def _connect_listing(self, settings: SettingsPage) -> None:
        settings.trust.lists_requested.connect(lambda: self.page_wanted.emit(self.lists))
        settings.trust.documents_requested.connect(lambda: self.page_wanted.emit(self.evidence))
        self.listing.lists_ready.connect(self.lists.show_lists)
        self.listing.lists_ready.connect(lambda lists: settings.trust.show_lists(len(lists)))
        self.listing.documents_ready.connect(self.evidence.show_documents)
        self.lists.file_requested.connect(self.listing.add_file)
        self.lists.address_requested.connect(self.listing.add_address)
        self.lists.refresh_requested.connect(self.listing.refresh)
        self.lists.move_requested.connect(self.listing.move)
        self.lists.remove_requested.connect(self.listing.remove)
        self.lists.shipped_requested.connect(self.listing.use_shipped)
        self.evidence.add_requested.connect(settings.evidence_requested)
        self.evidence.export_requested.connect(self.listing.export)
        self.evidence.remove_requested.connect(self.listing.forget)

    def _connect_detail(self, detail: DetailView) -> None:
        detail.online_requested.connect(lambda one: self.online.refresh((one,)))
        detail.picture_requested.connect(self.online.load_picture)
        detail.renewal_requested.connect(self.online.renew)
        detail.issuer_requested.connect(self.believing.show)
        detail.details_requested.connect(self.records.change)

    def _on_changed(self, changes: Changes) -> None:
        if changes.evidence or changes.settings:
            self._network.show()
            self.listing.show()

    def _show_facts(self, facts: NetworkFacts) -> None:
        self.ledger.show_facts(facts)
        self._settings.network.show_facts(facts)

    def _show_summary(self, found: object) -> None:
        page = RefreshSummaryPage(self._what_changed(found))
        page.done.connect(self.library_wanted)
        page.credential_opened.connect(self.credential_wanted)
        page.issuer_opened.connect(self.believing.show)
        self.passing_wanted.emit(page)

    def _what_changed(self, found: object) -> WhatChanged:
        if isinstance(found, RefreshSummary):
            return of_summary(found, self.tr("Checked online"),
                              self.tr("Stopped. The next look goes on from here."))
        changes = found if isinstance(found, Sequence) else ()
        return of_changes(tuple(changes), self.tr("What changed since last time"))

