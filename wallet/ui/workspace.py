"""Everything that shows one opened wallet. Made when it is unlocked, destroyed when it is locked.

No view knows another: each says what it wishes, the wish runs behind the thread door, and what changed is
told to all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QStackedWidget, QWidget

from wallet.model.stored import Changes, StoredCredential
from wallet.operations import intake, library, sharing, shelf
from wallet.operations.beside import Beside, beside
from wallet.operations.checking import desk_of
from wallet.operations.desk_online import WalletWeb
from wallet.operations.intake import ImportSummary
from wallet.operations.progress import Progress
from wallet.operations.session import Session
from wallet.operations.settings import Settings

from .background import Background, Lane
from .clipboard import copy_secret
from .dialogs.share import ShareWizard
from .errands.keeping import KeepingErrands
from .ground import Ground
from .incoming import Incoming
from .network_pages import NetworkPages
from .note_strip import NoteStrip, StripHolder
from .own_pages import OwnPages
from .panels import column, hairline, row
from .progress_strip import ProgressStrip
from .shelving import Shelving
from .sidebar import Section, Sidebar
from .tokens import NARROW_PX
from .vault_pages import VaultPages
from .views.detail import DetailView
from .views.import_review import ImportReviewPage
from .views.library import LibraryView
from .views.settings import SettingsPage, WalletFacts
from .views.settings_bin import SHOWN
from .views.shares import SharedLogPage
from .views.verify import CheckingDesk, VerifyPage
from .wording import counted

T = TypeVar("T")


class Workspace(QStackedWidget):
    """Sidebar and pages of one wallet, and the way to share out of it.

    Signals:
        lock_requested: Close the wallet.
        settings_changed: The new `Settings`.
        samples_requested: Take the samples in.
        paste_requested: Take what is on the clipboard.
    """

    lock_requested = Signal()
    settings_changed = Signal(object)
    samples_requested = Signal()
    paste_requested = Signal()

    def __init__(self, background: Background, session: Session, settings: Settings,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workspace")
        self._background = background
        self._session = session
        self._wizard: ShareWizard | None = None
        self._passing: QWidget | None = None
        self.library = LibraryView()
        self.detail = DetailView()
        self.log = SharedLogPage()
        self.verify = VerifyPage(background, CheckingDesk(
            lambda: desk_of(session), Lane.VAULT, session.now, web=WalletWeb(session)), with_back=False)
        self.settings = SettingsPage(settings)
        self._build()
        self._ground = Ground(background, session, self._strip, self._note, self)
        self._shelving = Shelving(self._ground, self.library)
        self._keeping = KeepingErrands(self._ground)
        self.own = OwnPages(self._ground, self.detail, self.library)
        self._pages.addWidget(self.own.bundles)
        self.vault = VaultPages(self._ground, self.settings)
        self.web = NetworkPages(self._ground, self.detail, self.settings)
        for page in self.web.pages:
            self._pages.addWidget(page)
        self._connect()
        self.show_section(Section.CREDENTIALS)
        self.on_changed(Changes(evidence=True, shares=True, settings=True))
        self.vault.begin()

    @property
    def sharing(self) -> ShareWizard | None:
        """The way out that is being walked, if any."""
        return self._wizard

    @property
    def review(self) -> ImportReviewPage | None:
        """The last import's summary while it is shown."""
        return self._passing if isinstance(self._passing, ImportReviewPage) else None

    # --- wishes from the frame: keys, menu, drops ---

    def take_in(self, incoming: Incoming) -> None:
        """Import, or check where the verify page is open."""
        if self._pages.currentWidget() is self.verify and self.currentIndex() == 0:
            self.verify.check(incoming)
            return
        if incoming.address:
            self.web.records.bring(incoming.address)
        elif len(incoming.paths) == 1 and incoming.paths[0].suffix.lower() == ".zip":
            self.web.records.offer_export(incoming.paths[0], lambda: self._import(incoming))
        else:
            self._import(incoming)

    def _import(self, incoming: Incoming) -> None:
        session = self._session

        def work(progress: Progress) -> ImportSummary:
            if incoming.paths:
                return intake.import_paths(session, incoming.paths, progress=progress)
            return intake.import_bytes(session, incoming.data, incoming.name)

        self._ground.watch(self.tr("Importing…"), work, lambda summary: self._on_imported(summary, incoming))

    def choose_files(self) -> None:
        """Ask for files to import."""
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Add credentials"))
        if chosen:
            self.show_section(Section.CREDENTIALS)
            self.take_in(Incoming(paths=tuple(Path(one) for one in chosen)))

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.show_section(Section.CREDENTIALS)
        self.library.focus_search()

    def share(self, ids: Sequence[str] = ()) -> None:
        """Begin to share what is shown or selected."""
        if self._wizard is not None:
            return
        chosen = tuple(ids) or self._selected()
        session = self._session
        self._run(lambda: shelf.offered(session, chosen),
                  lambda rows: self._open_wizard(rows, chosen))

    def check_again(self, ids: Sequence[str] = ()) -> None:
        """Check what is shown, what is selected, or everything."""
        session = self._session
        chosen = tuple(ids) or self._selected()

        def work(progress: Progress) -> Changes:
            return library.check_again(session, chosen or shelf.all_ids(session), progress=progress)

        def done(changes: Changes) -> None:
            self.on_changed(changes)
            self._ground.say(counted(len(changes.credentials), "%n credential checked again, offline.",
                                     "%n credentials checked again, offline."))

        self._ground.watch(self.tr("Checking again…"), work, done)

    def show_section(self, section: int) -> None:
        """Go to a section."""
        self._let_pass()
        pages = {Section.CREDENTIALS: self.library, Section.BUNDLES: self.own.bundles,
                 Section.SHARED_LOG: self.log,
                 Section.VERIFY: self.verify, Section.SETTINGS: self.settings}
        self._sidebar.show_section(Section(section))
        self._pages.setCurrentWidget(pages[Section(section)])

    def set_menu(self, menu: QMenu) -> None:
        """Show the window's menu in the sidebar."""
        self._sidebar.set_menu(menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the sidebar a rail where the window is narrow."""
        super().resizeEvent(event)
        self._sidebar.set_rail(self.width() < NARROW_PX)

    # --- what changed, told to all ---

    def on_changed(self, changes: Changes) -> None:
        """Let every view look at what changed."""
        session = self._session
        if changes.credentials or changes.settings:
            self._shelving.on_changed(changes)
        if self.detail.credential_id in changes.credentials:
            self.open_detail(self.detail.credential_id, turn=False)
        if changes.shares:
            self._run(lambda: sharing.shares(session),
                      lambda shares: self.log.show_shares(shares, session.now()))
        self._run(lambda: WalletFacts(session.identities, session.kept_documents(),
                                      library.credentials(session, binned=True, limit=SHOWN),
                                      library.count(session, binned=True)),
                  self.settings.show_facts)

    # --- building ---

    def _build(self) -> None:
        main = QWidget()
        line = row(main)
        self._sidebar = Sidebar()
        line.addWidget(self._sidebar)
        line.addWidget(hairline(vertical=True))
        right = column()
        right.addLayout(self._build_strips())
        self._pages = QStackedWidget()
        for page in (self.library, self.detail, self.log, self.verify, self.settings):
            self._pages.addWidget(page)
        right.addWidget(self._pages, 1)
        line.addLayout(right, 1)
        self.addWidget(main)

    def _build_strips(self) -> QHBoxLayout:
        around = row()
        strips = column()
        self._strip = ProgressStrip()
        self._note = NoteStrip()
        for strip in (self._strip, self._note):
            strips.addWidget(StripHolder(strip))
        around.addLayout(strips)
        return around

    def _connect(self) -> None:
        self._sidebar.chosen.connect(self.show_section)
        self._sidebar.lock_requested.connect(self.lock_requested)
        self._shelving.counted.connect(lambda count: self._sidebar.set_count(Section.CREDENTIALS, count))
        self.library.import_requested.connect(self.choose_files)
        self.library.samples_requested.connect(self.samples_requested)
        self.library.credential_opened.connect(self.open_detail)
        self.library.share_requested.connect(self.share)
        self.library.delete_requested.connect(self._keeping.delete)
        self.detail.back_requested.connect(lambda: self.show_section(Section.CREDENTIALS))
        self.detail.check_requested.connect(lambda one: self.check_again((one,)))
        self.detail.share_requested.connect(lambda one: self.share((one,)))
        self.detail.export_requested.connect(self._keeping.export)
        self.detail.delete_requested.connect(lambda one: self._keeping.delete((one,)))
        self.detail.copy_requested.connect(copy_secret)
        self.verify.paste_requested.connect(self.paste_requested)
        self.verify.asked.connect(lambda: self._ground.tell(Changes(evidence=True)))
        self.settings.settings_changed.connect(self.settings_changed)
        self.settings.identities_changed.connect(self._keeping.keep_identities)
        self.settings.evidence_requested.connect(self._keeping.add_evidence)
        self.settings.backup_requested.connect(self._keeping.back_up)
        self.settings.restore_requested.connect(self._keeping.restore)
        self._keeping.deleted.connect(self._forget_page)
        self._keeping.settled.connect(self.settings.say)
        self._ground.changed.connect(self.on_changed)
        self.own.share_wished.connect(self.share)
        self.own.credential_wanted.connect(self.open_detail)
        self.own.counted.connect(lambda count: self._sidebar.set_count(Section.BUNDLES, count))
        self.vault.imported.connect(self._on_moved_in)
        self.web.page_wanted.connect(self._turn_to)
        self.web.settings_wanted.connect(lambda: self.show_section(Section.SETTINGS))
        self.web.library_wanted.connect(lambda: self.show_section(Section.CREDENTIALS))
        self.web.passing_wanted.connect(self.show_passing)
        self.web.credential_wanted.connect(self.open_detail)
        self.web.records.imported.connect(lambda summary: self.show_summary(summary, from_web=True))
        self.library.online_requested.connect(self.web.online.refresh)

    # --- doing ---

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._ground.run(work, done)

    def _selected(self) -> tuple[str, ...]:
        if self._pages.currentWidget() is self.detail and self.detail.credential_id:
            return (self.detail.credential_id,)
        return self.library.selected_ids() if self._pages.currentWidget() is self.library else ()

    def open_detail(self, credential_id: str, *, turn: bool = True) -> None:
        """Show one credential; with `turn` also go to its page."""
        session = self._session

        def done(found: tuple[library.Detail, Beside]) -> None:
            self.detail.set_detail(found[0])
            self.detail.set_beside(found[1])
            if turn:
                self._let_pass()
                self._sidebar.show_section(Section.CREDENTIALS)
                self._pages.setCurrentWidget(self.detail)

        self._run(lambda: (library.detail(session, credential_id), beside(session, credential_id)), done)

    def _open_wizard(self, rows: Sequence[StoredCredential], chosen: tuple[str, ...]) -> None:
        self._wizard = ShareWizard(self._background, self._session, rows, chosen)
        self._wizard.closed.connect(self.close_sharing)
        self._wizard.shared.connect(lambda: self.on_changed(Changes(shares=True)))
        self._wizard.log_requested.connect(self._on_log)
        self.addWidget(self._wizard)
        self.setCurrentWidget(self._wizard)

    def close_sharing(self) -> None:
        """Go back from the way out."""
        self.setCurrentIndex(0)
        if self._wizard is not None:
            self.removeWidget(self._wizard)
            self._wizard.deleteLater()
            self._wizard = None

    def _on_log(self) -> None:
        self.close_sharing()
        self.show_section(Section.SHARED_LOG)

    def _on_imported(self, summary: ImportSummary, incoming: Incoming) -> None:
        self.on_changed(summary.changes)
        if summary.rows:
            files: dict[str, Path | bytes] = {path.name: path for path in incoming.paths}
            if incoming.data:
                files[incoming.name] = incoming.data
            self.show_summary(summary, files=files)

    def show_summary(self, summary: ImportSummary, *, files: Mapping[str, Path | bytes] | None = None,
                     from_web: bool = False) -> None:
        """Show what an import did; of `files`, those that hold no credential can be kept as documents."""
        known = files or {}
        review = ImportReviewPage(summary, from_web=from_web, keepable=frozenset(known))
        review.document_requested.connect(lambda name: self.web.records.keep(known[name], name))
        review.done.connect(lambda: self.show_section(Section.CREDENTIALS))
        review.import_requested.connect(self.choose_files)
        review.credential_opened.connect(self.open_detail)
        review.undo_requested.connect(self._on_undo_import)
        self.web.offer_after(summary, review)
        self.show_passing(review)

    def show_passing(self, page: QWidget) -> None:
        """Show a page that is over when another one is shown."""
        self._let_pass()
        self._passing = page
        self._pages.addWidget(page)
        self._sidebar.show_section(Section.CREDENTIALS)
        self._pages.setCurrentWidget(page)

    def _on_moved_in(self, summary: ImportSummary) -> None:
        self._ground.tell(summary.changes)
        self.show_summary(summary)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page below the settings."""
        self._let_pass()
        self.setCurrentIndex(0)
        self._sidebar.show_section(Section.SETTINGS)
        self._pages.setCurrentWidget(page)

    def _let_pass(self) -> None:
        if self._passing is not None:
            self._pages.removeWidget(self._passing)
            self._passing.deleteLater()
            self._passing = None

    def _on_undo_import(self, ids: Sequence[str]) -> None:
        self.show_section(Section.CREDENTIALS)
        self._keeping.delete(ids)

    def _forget_page(self, ids: Sequence[str]) -> None:
        """What was deleted has no page to reload."""
        if self.detail.credential_id in ids:
            if self._pages.currentWidget() is self.detail:
                self.show_section(Section.CREDENTIALS)
            self.detail.forget()
