"""Leave: nothing is asked before it is given, it goes as far as the ticks, and it is forgotten after."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QCheckBox

from tests.ui.online.conftest import Life
from wallet.model.network import Permission, Purpose
from wallet.operations.network import Door, allow_host, allowed_hosts, ledger, set_always_allowed
from wallet.operations.sheet import Sheet, sheet_for
from wallet.ui.dialogs.network_sheet import NetworkSheet


def test_nothing_is_asked_until_the_sheet_is_answered(life: Life) -> None:
    life.work.web.online.refresh()
    life.wait()
    assert [type(one) for one in life.dialogs()] == [NetworkSheet]
    assert not life.web.requests
    life.press("sheet_cancel")
    assert not life.web.requests
    assert ledger(life.session) == ()


def test_leave_for_once_is_forgotten(life: Life) -> None:
    life.work.web.online.refresh()
    life.wait()
    life.press("sheet_once")
    assert set(life.web.requests.values()) == {1}
    assert {one.allowed for one in ledger(life.session)} == {Permission.ONCE}
    assert allowed_hosts(life.session) == ()
    life.work.web.online.refresh()
    life.wait()
    assert life.dialogs()


def test_leave_for_keeps_needs_no_sheet_online_and_one_offline(life: Life) -> None:
    life.work.web.online.refresh()
    life.wait()
    life.press("sheet_always")
    assert [one.host for one in allowed_hosts(life.session)] == ["northbridge.example"]
    life.work.web.online.refresh()
    life.wait()
    assert life.dialogs()
    life.press("sheet_cancel")
    before = sum(life.web.requests.values())
    life.find(QAbstractButton, "online_switch").click()
    assert life.work.web.asking.online
    life.work.web.online.refresh()
    life.wait()
    assert not life.dialogs()
    assert sum(life.web.requests.values()) > before
    assert ledger(life.session)[0].allowed is Permission.HOST


def test_the_standing_setting_counts_online_only(life: Life) -> None:
    set_always_allowed(life.session, allowed=True)
    life.work.web.online.refresh(life.ids[:1])
    life.wait()
    assert life.dialogs()
    life.press("sheet_cancel")
    life.work.web.asking.set_online(True)
    life.work.web.online.refresh(life.ids[:1])
    life.wait()
    assert not life.dialogs()
    assert ledger(life.session)[0].allowed is Permission.SETTING


def test_an_unticked_site_is_not_asked(life: Life) -> None:
    doors: list[Door] = []
    addresses = ("https://one.example/a", "https://two.example/b")
    life.work.web.asking.ask(lambda: sheet_for(life.session, addresses, Purpose.CREDENTIAL), doors.append)
    life.wait()
    ticks = life.dialogs()[0].findChildren(QCheckBox)
    assert [one.isChecked() for one in ticks] == [True, True]
    ticks[0].click()
    life.press("sheet_once")
    assert doors.pop().hosts == frozenset({"two.example"})


def test_nothing_to_ask_is_said(life: Life) -> None:
    doors: list[Door] = []
    life.work.web.asking.ask(lambda: Sheet(()), doors.append, nothing="Nothing at all.")
    life.wait()
    assert not life.dialogs()
    assert "Nothing at all." in life.said()
    assert doors == []


def test_a_wallet_is_opened_offline_and_the_foot_tells_who_is_asked(life: Life) -> None:
    asked: list[str] = []
    life.work.web.asking.host_asked.connect(asked.append)
    allow_host(life.session, "northbridge.example")
    assert "Nothing leaves this computer" in life.said()
    life.work.web.asking.set_online(True)
    assert "Online" in life.said().splitlines()
    life.work.web.online.refresh()
    life.wait()
    assert set(asked) == {"northbridge.example", ""}
    assert asked[-1] == ""
    life.desktop.window.lock()
    life.wait()
    assert "Nothing leaves this computer" in life.said()
