"""Errands on the web for kept credentials: what their checks want, a pass over all, a picture, a newer one.

Each begins with the sheet (`asking`) and ends in words: a page of what changed, or one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from wallet.model.changes import Change
from wallet.model.credential import Credential
from wallet.model.network import FetchOutcome, Purpose
from wallet.model.stored import Changes
from wallet.operations import changes as changed
from wallet.operations.beside import picture_address
from wallet.operations.hosted import bring_picture
from wallet.operations.intake import ImportOutcome, ImportRow
from wallet.operations.library import load_credential
from wallet.operations.lookups import fetch_and_look_up, open_requests
from wallet.operations.network import Door
from wallet.operations.online import FetchSummary
from wallet.operations.refresh import RefreshSummary, refresh, refresh_requests
from wallet.operations.renewal import renew, renewal_offer
from wallet.operations.sheet import Sheet, sheet_for, sheet_of
from wallet.ui.ground import Ground
from wallet.ui.wording import counted, reason_text

from .asking import Asking

_CAME = (FetchOutcome.FETCHED, FetchOutcome.UNCHANGED)


class OnlineErrands(QObject):
    """Wishes that need the web.

    Signals:
        summary_ready: What a pass found, as a `RefreshSummary`; what the last one found, as `Change`s.
    """

    summary_ready = Signal(object)

    def __init__(self, ground: Ground, asking: Asking) -> None:
        super().__init__(ground)
        self._ground = ground
        self._asking = asking

    def refresh(self, ids: Sequence[str] = ()) -> None:
        """Ask anew for keys, withdrawal lists and web records; without ids, for the whole wallet."""
        chosen, ground = tuple(ids), self._ground
        session = ground.session

        def done(summary: RefreshSummary) -> None:
            ground.tell(summary.touched | Changes(frozenset(chosen)))
            self.summary_ready.emit(summary)

        def wish(door: Door) -> None:
            ground.watch(self.tr("Asking the web…"),
                         lambda progress: refresh(session, door, ids=chosen, progress=progress), done)

        self._asking.ask(lambda: sheet_of(session, refresh_requests(session, chosen)), wish,
                         nothing=self.tr("There is nothing to ask: no site would answer more than what is "
                                         "kept here."))

    def fetch_wanted(self, ids: Sequence[str]) -> None:
        """Ask for what these credentials lack, as after an import."""
        chosen, ground = tuple(ids), self._ground
        session = ground.session

        def done(asked: FetchSummary) -> None:
            ground.tell(Changes(frozenset(chosen), evidence=bool(asked.kept)))
            ground.say(what_came(asked), stays=bool(asked.failed))

        def wish(door: Door) -> None:
            ground.watch(self.tr("Asking the web…"),
                         lambda progress: fetch_and_look_up(session, chosen, door, progress=progress), done)

        self._asking.ask(lambda: sheet_of(session, open_requests(session, chosen)), wish)

    def show_changes(self) -> None:
        """Show what the last pass changed."""
        session = self._ground.session

        def done(found: tuple[Change, ...]) -> None:
            self.summary_ready.emit(found)

        self._ground.run(lambda: changed.what_changed(session), done)

    def load_picture(self, credential_id: str) -> None:
        """Ask for the picture of a badge."""
        ground = self._ground
        session = ground.session

        def done(came: bool) -> None:  # noqa: FBT001 - an answer
            ground.tell(Changes(frozenset({credential_id}), evidence=came))
            ground.say(self.tr("The picture is kept in your wallet now.") if came
                       else self.tr("The picture did not come. Nothing else is missing."))

        def wish(door: Door) -> None:
            ground.watch(self.tr("Asking for the picture…"),
                         lambda _progress: bring_picture(session, credential_id, door), done)

        self._asking.ask(
            lambda: sheet_for(session, (picture_address(session, credential_id),), Purpose.PICTURE), wish)

    def renew(self, credential_id: str) -> None:
        """Ask for a newer version; its issuer learns who asks."""
        ground = self._ground
        session = ground.session

        def planned() -> Sheet:
            offer = renewal_offer(_credential(ground, credential_id))
            return sheet_for(session, (offer.address,) if offer else (), Purpose.RENEWAL)

        def done(row: ImportRow) -> None:
            known = row.outcome is ImportOutcome.KNOWN
            ids = {one for one in (row.credential_id, row.replaced_id, credential_id) if one}
            ground.tell(Changes(frozenset(ids)))
            ground.say(self.tr("You have the newest version already.") if known
                       else self.tr("A newer version came. Both are kept; the newer one is shown first."))

        def wish(door: Door) -> None:
            ground.watch(self.tr("Asking for a newer version…"),
                         lambda _progress: renew(session, credential_id, door), done)

        self._asking.ask(planned, wish)


def _credential(ground: Ground, credential_id: str) -> Credential:
    return load_credential(ground.session, credential_id)


def what_came(asked: FetchSummary) -> str:
    """Say how much came, and why something did not; that a site does not know an issuer is an answer."""
    came = sum(one.outcome in _CAME for one in asked.kept)
    unknown = len(asked.kept) - came
    told = [counted(came, "%n document came and is kept.", "%n documents came and are kept.")] \
        if came or not unknown else []
    if unknown:
        told.append(counted(unknown, "%n site answered that it does not know the issuer.",
                            "%n answers say that the issuer is not known there."))
    why = dict.fromkeys(reason_text(one.reason) for one in asked.failed if one.reason)
    return " ".join((*told, *why))
