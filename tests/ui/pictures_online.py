"""Pictures of the window and the web: `python -m tests.ui.pictures_online OUT [NAME]`.

A wallet in a temporary folder with a web in memory: nothing is asked of anybody.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from tests.conftest import AT
from tests.operations.conftest import Clock
from tests.operations.connected import publish
from tests.simulators import badge_host
from tests.simulators.federation import SimulatedEntity
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer, days
from tests.simulators.pdf import pdf_with
from tests.simulators.web import SimulatedWeb
from wallet import assemble
from wallet.model.network import Permission
from wallet.operations import documents
from wallet.operations.documents import Details
from wallet.operations.intake import import_bytes
from wallet.operations.list_refresh import add_list_address, refresh_lists
from wallet.operations.network import allow_host
from wallet.operations.session import Services, Session
from wallet.operations.window import create_in_window
from wallet.ui.application import Desktop, make_application
from wallet.ui.incoming import Incoming
from wallet.ui.sidebar import Section
from wallet.ui.theme import ThemeChoice
from wallet.ui.tour import png_of, settle
from wallet.ui.workspace import Workspace

_SIZES = {"": (1280, 832), "-narrow": (640, 832)}


class Scene:
    """A desktop with a wallet, an issuer and a web."""

    def __init__(self, desktop: Desktop, session: Session, web: SimulatedWeb, issuer: SimulatedIssuer,
                 clock: Clock) -> None:
        self.desktop, self.session, self.web, self.issuer, self.clock = desktop, session, web, issuer, clock
        self.ids = [row.credential_id
                    for number in (1, 2, 3)
                    for row in import_bytes(session, issuer.badge(number=number, entries=(
                        issuer.entry(number),)), f"badge-{number}.json").rows]

    @property
    def work(self) -> Workspace:
        work = self.desktop.window.workspace
        assert work is not None
        return work

    def wait(self) -> None:
        settle(lambda: self.desktop.background.busy)

    def dialogs(self) -> list[QDialog]:
        return [one for one in self.desktop.window.findChildren(QDialog) if one.isVisible()]

    def dialog(self) -> QDialog:
        for _ in range(20):  # one piece of work may begin the next
            if self.dialogs():
                break
            self.wait()
        return self.dialogs()[0]

    def press(self, name: str) -> None:
        self.wait()
        next(one for one in self.desktop.window.findChildren(QPushButton, name) if one.isVisible()).click()
        self.wait()


def walk(scene: Scene) -> Iterator[tuple[str, QWidget]]:
    """Yield a name and what to take a picture of."""
    work, window = scene.work, scene.desktop.window
    work.open_detail(scene.ids[0])
    scene.wait()
    yield "detail-lacking", window
    work.detail.online_requested.emit(scene.ids[0])
    scene.wait()
    yield "sheet", scene.dialog()
    scene.press("sheet_once")
    yield "refresh-one", window
    work.web.believing.show(scene.issuer.id)
    scene.wait()
    yield "issuer", scene.dialog()
    scene.press("issuer_distrust")
    yield "issuer-distrusted", scene.dialog()
    scene.press("issuer_pin")
    yield "issuer-pin", scene.dialogs()[-1]
    for one in scene.dialogs():
        one.close()
    work.web.believing.undo(scene.issuer.id)
    scene.wait()
    scene.issuer.revoke(1)
    scene.clock.now = AT + timedelta(days=7)
    for purpose in ("revocation", "suspension"):
        scene.web.put(scene.issuer.list_address(purpose),
                      scene.issuer.status_list(purpose, listed=LISTED_AT + days(7)))
    work.show_section(Section.CREDENTIALS)
    scene.wait()
    yield "library", window
    work.library.online_requested.emit()
    scene.wait()
    yield "sheet-all", scene.dialog()
    scene.press("sheet_once")
    yield "refresh-all", window
    allow_host(scene.session, "registry.example")
    work.web.show_ledger()
    scene.wait()
    yield "ledger", window
    yield from _pages(scene)
    yield from _federation(scene)
    yield from _records(scene)
    yield from _desk(scene)


def _pages(scene: Scene) -> Iterator[tuple[str, QWidget]]:
    work, window = scene.work, scene.desktop.window
    work.show_section(Section.SETTINGS)
    scene.wait()
    yield "settings", window
    scene.press("show_lists")
    yield "lists", window
    work.web.page_wanted.emit(work.web.evidence)
    scene.wait()
    yield "evidence", window
    scene.press("evidence_remove")
    yield "evidence-remove", scene.dialog()
    scene.dialog().close()
    work.web.listing.add_address()
    scene.wait()
    yield "list-add", scene.dialog()
    scene.dialog().close()


def _federation(scene: Scene) -> Iterator[tuple[str, QWidget]]:
    """A list of lists with a federation among its members, and one issuer that it is asked about."""
    work, window, web = scene.work, scene.desktop.window, scene.web
    root = SimulatedEntity("https://federation.example", scene.clock.now - timedelta(hours=1))
    lists = [{"name": "Federation of colleges", "type": "oidf",
              "trustAnchorEC": "https://federation.example/.well-known/openid-federation"},
             {"name": "Community register", "type": "dcc-legacy",
              "url": "https://register.example/registry.json"},
             {"name": "Ledger of tomorrow", "type": "blockchain"}]
    register = {"meta": {"updated": "2026-11-02"}, "registry": {"did:web:x.example": {"name": "X College"}}}
    web.put("https://known.example/lists.json", json.dumps(lists).encode())
    web.put("https://register.example/registry.json", register)
    for one in (root.own_document(), root.document_about(scene.issuer.id)):
        web.put(one.address, one.data)
    door = scene.session.door(Permission.COMMAND)
    add_list_address(scene.session, door, "https://known.example/lists.json", name="Known lists")
    add_list_address(scene.session, door, "https://register.example/registry.json", name="My register")
    web.put("https://register.example/registry.json", register | {"meta": {"updated": "2026-10-01"}})
    refresh_lists(scene.session, door)
    work.web.listing.show()
    work.web.page_wanted.emit(work.web.lists)
    scene.wait()
    yield "lists-members", window
    work.web.believing.show(scene.issuer.id)
    scene.wait()
    yield "issuer-federation", scene.dialog()
    scene.press("issuer_ask")
    yield "sheet-federation", scene.dialogs()[-1]
    scene.press("sheet_once")
    yield "issuer-listed", scene.dialog()
    scene.dialog().close()
    work.open_detail(scene.ids[0])
    scene.wait()
    yield "detail-listed", window


def _desk(scene: Scene) -> Iterator[tuple[str, QWidget]]:
    """Somebody without a wallet, who asks for what a check lacks."""
    window, other = scene.desktop.window, SimulatedIssuer("did:web", host="harbor.example", seed="harbor")
    data = other.badge(entries=(other.entry(1),))
    publish(scene.web, other)
    window.lock()
    scene.wait()
    window.show_desk()
    window.take_in(Incoming(data=data, name="badge.json"))
    scene.wait()
    yield "desk-offer", window
    scene.press("verify_ask")
    yield "desk-sheet", scene.dialogs()[-1]
    scene.press("sheet_once")
    yield "desk-asked", window


def _records(scene: Scene) -> Iterator[tuple[str, QWidget]]:
    work, window = scene.work, scene.desktop.window
    ids = badge_host.CREDLY_IDS[:7]
    badge_host.credly_list(scene.web, "maya-lind", ids)
    site = badge_host.credly(scene.web)
    for one in ids:
        site.award(one)
    work.web.records.ask_address()
    scene.wait()
    yield "address", scene.dialog()
    scene.dialog().close()
    work.web.records.bring("https://www.credly.com/users/maya-lind")
    scene.wait()
    scene.press("sheet_once")
    yield "offers", scene.dialog()
    scene.press("tick_list_go")
    yield "sheet-two", scene.dialog()
    scene.press("sheet_once")
    yield "brought", window
    row = documents.add_link(scene.session, "https://www.coursera.org/verify/AB12", Details("Some course"))
    work.open_detail(row.credential_id)
    scene.wait()
    yield "document", window
    scene.press("step_details")
    scene.press("details_link_add")
    next(one for one in reversed(scene.dialog().findChildren(QLineEdit, "details_link"))
         if one.isVisible()).setText("two words")
    yield "details", scene.dialog()
    scene.dialog().close()
    scene.web.put("https://courses.example/print/AB12.pdf", pdf_with(title="Knots"), "application/pdf")
    work.web.records.bring("https://courses.example/print/AB12.pdf")
    scene.wait()
    scene.press("sheet_once")
    yield "file-at-address", scene.dialog()
    scene.press("confirm_yes")
    yield "details-file", scene.dialog()
    scene.dialog().close()


def main(target: Path, only: str = "") -> int:
    """Save everything below `target`."""
    target.mkdir(parents=True, exist_ok=True)
    application = make_application()
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        for size_name, size in _SIZES.items():
            with tempfile.TemporaryDirectory() as folder:
                clock, web, issuer = Clock(AT), SimulatedWeb(), SimulatedIssuer("did:web")
                issuer.entry(1)
                publish(web, issuer)
                services: Services = replace(
                    assemble.services(), clock=clock, clock_floor=None, fetcher=web,
                    vault_folder=Path(folder) / "wallet", config_file=Path(folder) / "settings.json",
                    cache_folder=Path(folder) / "cache")
                desktop = Desktop(application, services)
                desktop.idle.stop()
                opened = create_in_window(services, services.vault_folder, "four bright lanterns drifting")
                desktop.window.show()
                desktop.window.resize(*size)
                scene = Scene(desktop, opened.session, web, issuer, clock)
                desktop.window.enter(opened)
                desktop.watch.stop()  # a week passes at once here, which looks like sleep
                desktop.theme.choose(theme)
                scene.wait()
                for name, shown in walk(scene):
                    if only in name:
                        scene.wait()
                        (target / f"{name}{size_name}-{theme.value}.png").write_bytes(png_of(shown))
                desktop.window.hide()
                desktop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
