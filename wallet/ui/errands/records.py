"""Errands with what is no sealed file: web addresses, public lists of badges, documents, an export.

An address is asked through the sheet (`asking`); a page that holds no credential can be kept as a document.
What a learner says of a document is her word and never counts as checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from wallet.model.errors import FormatError
from wallet.model.network import Purpose
from wallet.model.reasons import Reason
from wallet.model.stored import Changes
from wallet.operations import addresses, documents, linkedin_import
from wallet.operations.addresses import Offer, OfferList
from wallet.operations.documents import Details, Document, Found
from wallet.operations.files import read_file
from wallet.operations.hosted import Brought
from wallet.operations.intake import ImportOutcome, ImportRow, ImportSummary
from wallet.operations.linkedin_import import LinkedInExport, Taken
from wallet.operations.network import Door, host_of
from wallet.operations.sheet import Sheet, sheet_for
from wallet.ui.dialogs.details import DetailsDialog
from wallet.ui.dialogs.dialog import ConfirmDialog
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.dialogs.tick_list import Line, TickListDialog
from wallet.ui.ground import Ground
from wallet.ui.wording import counted, reason_text, short_date

from .asking import Asking


class RecordErrands(QObject):
    """Wishes about addresses and documents.

    Signals:
        imported: An `ImportSummary` of what came.
        credential_wanted: The id to show.
    """

    imported = Signal(object)
    credential_wanted = Signal(str)

    def __init__(self, ground: Ground, asking: Asking) -> None:
        super().__init__(ground)
        self._ground = ground
        self._asking = asking

    # --- web addresses ---

    def ask_address(self) -> None:
        """Ask for a web address."""
        asked = TextDialog(
            self.tr("Add from a web address"),
            self.tr("The page of a badge, a public profile or backpack, or any file with a credential. "
                    "You are told who is asked before anything is."),
            self.tr("Address"), self.tr("Go on…"), parent=self._ground.window.window())

        def given(address: str) -> None:
            asked.accept()
            self.bring(address)

        asked.given.connect(given)
        asked.open()

    def bring(self, address: str) -> None:
        """Bring in what is behind an address: one credential, or a list to tick."""
        session = self._ground.session
        is_list = addresses.is_profile(address)
        purpose = Purpose.PROFILE if is_list else Purpose.CREDENTIAL

        def planned() -> Sheet:
            places = [f"https://{host}/" for host in addresses.hosts_asked(address)]
            return sheet_for(session, places, purpose)

        def one(door: Door) -> None:
            self._ground.watch(self.tr("Asking the web…"),
                               lambda _progress: addresses.bring_address(session, address, door),
                               self._brought)

        def many(door: Door) -> None:
            self._ground.watch(self.tr("Asking the web…"),
                               lambda _progress: addresses.offer_profile(session, address, door),
                               lambda found: self._offer(found, door))

        self._asking.ask(planned, many if is_list else one)

    def _brought(self, brought: Brought) -> None:
        self._ground.tell(brought.changes)
        if any(row.outcome is not ImportOutcome.REFUSED for row in brought.rows):
            self.imported.emit(ImportSummary(brought.rows, brought.changes))
            return
        why = reason_text(brought.problem) if brought.problem else ""
        known = Details(title=brought.page, links=(brought.address,))
        if brought.data:
            said = self.tr("You can keep the file as a document with its link. A document never counts as "
                           "checked.")
        else:
            said = self.tr("You can keep the page as a document with its link. A document never counts as "
                           "checked.")
        ConfirmDialog(
            self.tr("No credential there"), f"{why} {said}".strip(), self.tr("Keep as a document…"),
            lambda: self.keep_data(brought.data, brought.name, brought.address) if brought.data
            else self._keep_link(brought.address, known), self._ground.window.window()).open()

    def _offer(self, found: OfferList, door: Door) -> None:
        lines = [Line(one.title, _below(one), self.tr("here already") if one.address in found.known else "",
                      ticked=one.address not in found.known) for one in found.offers]
        if not lines:
            self._ground.say(self.tr("The list is there, and nothing is on it."))
            return
        left = [counted(found.unusable, "%n line of the list could not be used.",
                        "%n lines of the list could not be used.")] if found.unusable else []
        if not found.complete:
            left.append(self.tr("The list goes on, and was not read to its end."))
        shown = TickListDialog(self.tr("What the list offers"), self.tr(
            "Tick what to bring. Each one is asked for from its own site."), self.tr("Bring these…"), lines,
            left, self._ground.window.window())
        shown.chosen.connect(lambda numbers: self._bring_offers([found.offers[one] for one in numbers], door))
        shown.open()

    def _bring_offers(self, chosen: Sequence[Offer], door: Door) -> None:
        session = self._ground.session

        def wish(allowed: Door) -> None:
            self._ground.watch(
                self.tr("Bringing badges…"),
                lambda progress: addresses.bring_offers(session, chosen, allowed, progress=progress),
                self._came)

        asked = [place for number, one in enumerate(chosen) if one.address
                 for place in _places(one.address, number)]
        if all(door.may_ask(one) for one in asked):
            wish(door)
            return
        self._asking.ask(lambda: sheet_for(session, asked, Purpose.CREDENTIAL), wish)

    def _came(self, summary: ImportSummary) -> None:
        self._ground.tell(summary.changes)
        self.imported.emit(summary)

    # --- documents and statements ---

    def ask_document(self) -> None:
        """Ask for a file to keep as a document."""
        chosen, _ = QFileDialog.getOpenFileName(self._ground.window, self.tr("Keep a file as a document"))
        if chosen:
            self.keep_file(Path(chosen))

    def keep(self, source: Path | bytes, name: str) -> None:
        """Keep a file, or what was pasted, as a document."""
        if isinstance(source, bytes):
            self.keep_data(source, name)
        else:
            self.keep_file(source)

    def keep_file(self, path: Path) -> None:
        """Look into a file and ask what it is; its links are listed and never opened."""
        self._ground.watch(self.tr("Looking into the file…"), lambda _progress: read_file(path),
                           lambda data: self.keep_data(data, path.name))

    def keep_data(self, data: bytes, name: str, address: str = "") -> None:
        """Look into what came and ask what it is.

        Args:
            data: A file, or a picture from the clipboard.
            name: Of the file.
            address: Where it came from.
        """
        def found(what: Found) -> None:
            links = ((address,) if address else ()) + tuple(one.address for one in what.links)
            known = Details(what.details.title, what.details.issuer, what.details.date, links=links)
            said = self.tr("Filled with what the file says. It stays as it is, and never counts as checked.")
            if what.problem:
                said += " " + reason_text(what.problem)
            self._form(self.tr("Keep as a document"), said, known,
                       lambda given: self._keep(lambda: documents.keep_document(
                           session, data, name, given, more_links=given.links)))

        session = self._ground.session
        self._ground.watch(self.tr("Looking into the file…"),
                           lambda _progress: documents.look_into(data, name), found)

    def ask_statement(self) -> None:
        """Ask for a statement of the learner's own."""
        session = self._ground.session
        self._form(self.tr("Write a statement"), self.tr("Shown as your own word, and never as checked."),
                   Details(), lambda given: self._row(lambda: documents.add_statement(session, given)))

    def change(self, credential_id: str) -> None:
        """Ask anew what is said of a document or in a statement."""
        session, ground = self._ground.session, self._ground

        def done(changes: Changes) -> None:
            ground.tell(changes)
            ground.say(self.tr("Changed."))

        def found(known: Details) -> None:
            self._form(self.tr("Change what is said"),
                       self.tr("What you say of it. A file stays as it came."),
                       known, lambda given: ground.run(
                           lambda: documents.change_entry(session, credential_id, given), done))

        ground.run(lambda: documents.details(session, credential_id), found)

    def _keep_link(self, address: str, known: Details) -> None:
        session = self._ground.session
        self._form(self.tr("Keep as a document"),
                   self.tr("The link and what you say of it. Nothing is fetched."),
                   known, lambda given: self._row(lambda: documents.add_link(session, address, given)),
                   is_page=True)

    def _form(self, title: str, text: str, known: Details, keep: Callable[[Details], None], *,
              is_page: bool = False) -> None:
        form = DetailsDialog(title, text, self.tr("Keep"), known, is_page=is_page,
                             parent=self._ground.window.window())

        def given(details: Details) -> None:
            form.accept()
            keep(details)

        form.given.connect(given)
        form.open()

    def _keep(self, work: Callable[[], Document]) -> None:
        def done(kept: Document) -> None:
            self._ground.tell(kept.changes)
            if kept.inside:
                self.imported.emit(ImportSummary((*kept.inside, kept.row), kept.changes))
            else:
                self._kept(kept.row)

        self._ground.run(work, done)

    def _row(self, work: Callable[[], ImportRow]) -> None:
        def done(row: ImportRow) -> None:
            self._ground.tell(Changes(frozenset({row.credential_id})))
            self._kept(row)

        self._ground.run(work, done)

    def _kept(self, row: ImportRow) -> None:
        self._ground.say(self.tr("Kept. It is shown as what it is, and never as checked."))
        self.credential_wanted.emit(row.credential_id)

    # --- an export ---

    def offer_export(self, path: Path, otherwise: Callable[[], None]) -> None:
        """Show the tick list of a LinkedIn export; anything else goes its usual way."""
        def no_export(_why: Reason) -> None:
            otherwise()

        self._ground.background.run(self, lambda _progress: linkedin_import.offer_linkedin(path),
                                    done=self._offer_export, failed=no_export)

    def _offer_export(self, export: LinkedInExport) -> None:
        session, ground = self._ground.session, self._ground
        left = [reason_text(why) for why in export.left_out]

        def done(taken: Taken) -> None:
            self._came(ImportSummary(taken.rows, taken.changes))

        def chosen(numbers: Sequence[int]) -> None:
            rows = [export.rows[one] for one in numbers]
            ground.watch(self.tr("Taking over…"),
                         lambda progress: linkedin_import.take_linkedin(session, rows, progress=progress),
                         done)

        lines = [Line(one.details.title, _said(one.details)) for one in export.rows]
        shown = TickListDialog(self.tr("From your LinkedIn export"), self.tr(
            "Taken over as statements of your own, with their links: what stands there, you typed. They "
            "never count as checked."), self.tr("Take over"), lines, left, ground.window.window())
        shown.chosen.connect(chosen)
        shown.open()


def _places(address: str, number: int) -> tuple[str, ...]:
    """Return an address, and one to be counted at every other host that is asked for it."""
    try:
        hosts = addresses.hosts_asked(address)
    except FormatError:  # told as the line's own failure when it is brought
        hosts = ()
    return (address, *(f"https://{host}/{number}" for host in hosts if host != host_of(address)))


def _said(details: Details) -> str:
    parts = (details.issuer, short_date(details.date) if details.date else "")
    return " · ".join(part for part in parts if part)


def _below(offer: Offer) -> str:
    parts = (offer.issuer, short_date(offer.date) if offer.date else "", host_of(offer.address))
    return " · ".join(part for part in parts if part)
