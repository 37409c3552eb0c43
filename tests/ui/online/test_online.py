"""Errands on the web, through the window: a pass, what an import lacks, a picture."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QPushButton

from tests.conftest import AT
from tests.operations.connected import publish
from tests.simulators.issuer import LISTED_AT, Badge, days
from tests.simulators.pictures import badge_png
from tests.ui.online.conftest import Life
from wallet.model.network import Purpose
from wallet.model.report import Verdict
from wallet.operations.intake import import_bytes
from wallet.ui.incoming import Incoming


def _refreshed(life: Life) -> None:
    life.work.library.online_requested.emit()
    life.wait()
    life.press("sheet_once")


def _verdicts(life: Life) -> set[Verdict]:
    return {life.session.vault.get(one).report.verdict for one in life.ids}


def test_opening_pages_asks_nothing(life: Life) -> None:
    for one in life.ids:
        life.work.open_detail(one)
        life.wait()
    for section in range(4):
        life.work.show_section(section)
        life.wait()
    life.work.web.show_ledger()
    life.work.check_again()
    life.wait()
    assert not life.web.requests


def test_a_life_in_the_window(life: Life) -> None:
    _refreshed(life)
    assert _verdicts(life) == {Verdict.VALID}
    assert "3 confirmed." in life.said()
    life.press("refresh_done")
    life.issuer.revoke(1)
    life.clock.now = AT + timedelta(days=7)
    publish(life.web, life.issuer)
    life.web.put(life.issuer.list_address("revocation"),
                 life.issuer.status_list("revocation", listed=LISTED_AT + days(7)))
    _refreshed(life)
    assert "1 withdrawn." in life.said()
    assert "Withdrawn by the issuer, per the list as of 28 November 2026." in life.said()
    life.press("show_changed")
    assert life.work.detail.credential_id == life.ids[0]
    assert "Withdrawn" in life.said()
    life.work.web.online.show_changes()
    life.wait()
    assert "What changed since last time" in life.said()
    assert "1 withdrawn." in life.said()


def test_a_silent_site_takes_nothing_away(life: Life) -> None:
    _refreshed(life)
    life.web.unreachable("northbridge.example")
    life.clock.now = AT + timedelta(days=2)
    _refreshed(life)
    assert _verdicts(life) == {Verdict.VALID}
    assert "1 site not reached." in life.said()
    assert "What was known before stays as it was." in life.said()


def test_one_credential_from_its_page(life: Life) -> None:
    life.work.open_detail(life.ids[1])
    life.wait()
    assert "2 documents from the web would answer what is open." in life.said()
    life.press("detail_online")
    life.press("sheet_once")
    life.press("show_changed")
    assert life.session.vault.get(life.ids[1]).report.verdict is Verdict.VALID
    assert life.session.vault.get(life.ids[2]).report.verdict is Verdict.UNDETERMINED
    assert not life.work.detail.findChild(QPushButton, "step_online")


def test_a_picture_is_loaded_on_wish_alone(life: Life) -> None:
    address = "https://pictures.example/badge.png"
    life.web.put(address, badge_png(), "image/png")
    (row,) = import_bytes(life.session, life.issuer.badge(Badge(number=9, picture=address)), "badge").rows
    life.work.open_detail(row.credential_id)
    life.wait()
    assert "Its picture is at pictures.example and was not loaded." in life.said()
    assert not life.web.requests
    life.press("step_picture")
    assert "the picture of a badge" in life.said(life.dialogs()[0])
    life.press("sheet_once")
    assert [one.purpose for one in life.web.orders] == [Purpose.PICTURE]
    assert "was not loaded" not in life.said()


def test_after_an_import_one_sheet_for_all(life: Life) -> None:


    life.work.take_in(Incoming(data=life.issuer.badge(number=7, entries=(life.issuer.entry(7),)), name="new"))
    life.wait()
    assert "2 documents from northbridge.example." in life.said()
    life.press("import_ask")
    life.press("sheet_once")
    assert sum(life.web.requests.values()) == 2
    assert "2 documents came and are kept." in life.said()
