"""Asking for what a check lacks, in the window: without a wallet and inside one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QWidget

from tests.operations.connected import publish
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from tests.ui.frame.conftest import settled
from tests.ui.online.conftest import Life
from wallet.model.report import Verdict
from wallet.operations.network import ledger
from wallet.operations.saved import FILE_NAME
from wallet.operations.session import Services
from wallet.ui.application import Desktop
from wallet.ui.background import Task
from wallet.ui.incoming import Incoming
from wallet.ui.labels import SafeLabel
from wallet.ui.sidebar import Section
from wallet.ui.views.verify import VerifyPage

ADDRESS = "https://northbridge.example/badges/1"
__all__ = ["settled"]


@dataclass
class Employer:
    """Somebody who received something, and has no wallet."""

    desktop: Desktop
    web: SimulatedWeb
    data: bytes
    cache: Path
    wait: Callable[[], None]

    @property
    def page(self) -> VerifyPage:
        return self.desktop.window.desk

    @property
    def verdict(self) -> Verdict:
        assert self.page.result is not None
        return self.page.result.items[0].report.verdict

    def check(self, found: Incoming | None = None) -> None:
        self.desktop.window.take_in(found or Incoming(data=self.data, name="badge.json"))
        self.wait()

    def find(self, name: str) -> list[QWidget]:
        return [one for one in self.desktop.window.findChildren(QWidget, name) if one.isVisible()]

    def press(self, name: str) -> None:
        (button,) = self.find(name)
        assert isinstance(button, QPushButton)
        button.click()
        self.wait()

    def said(self, name: str) -> str:
        (root,) = self.find(name)
        labels = root.findChildren(SafeLabel)
        return "\n".join(one.full_text for one in labels if one.isVisible()).translate(
            {0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None})


@pytest.fixture
def services(services: Services, tmp_path: Path) -> Services:
    return replace(services, cache_folder=tmp_path / "cache")


@pytest.fixture
def employer(desktop: Desktop, web: SimulatedWeb, tmp_path: Path,
             settled: Callable[[], None]) -> Employer:
    issuer = SimulatedIssuer("did:web")
    data = issuer.badge(entries=(issuer.entry(1),))
    publish(web, issuer)
    web.put(ADDRESS, data)
    desktop.window.show_desk()
    settled()
    return Employer(desktop, web, data, tmp_path / "cache" / FILE_NAME, settled)


def test_a_check_asks_nobody_until_she_says_so(employer: Employer) -> None:
    employer.check()
    assert employer.verdict is Verdict.UNDETERMINED
    assert "2 documents from northbridge.example." in employer.said("verify_offer")
    employer.press("verify_ask")
    sheet = employer.said("network_sheet")
    assert "Nothing of what you were sent is passed on." in sheet
    assert "wallet" not in sheet
    assert not employer.find("sheet_always")
    employer.press("sheet_cancel")
    assert not employer.web.requests
    assert not employer.cache.exists()


def test_what_came_decides_at_once_and_serves_the_next_check(employer: Employer) -> None:
    employer.check()
    employer.press("verify_ask")
    employer.press("sheet_once")
    assert employer.verdict is Verdict.VALID
    told = employer.said("verify_asked")
    assert "northbridge.example, for keys of an issuer: came" in told
    assert "Nothing remembers these requests once you close this." in told
    assert not employer.find("verify_offer")
    assert "by what the web answered" in employer.said("verify_result")
    employer.desktop.window.show_desk()
    asked = employer.web.requests.total()
    employer.check()
    assert (employer.verdict, employer.web.requests.total()) == (Verdict.VALID, asked)
    assert b"Data Analysis" not in employer.cache.read_bytes()


def test_a_damaged_file_of_kept_documents_is_said_until_it_is_whole_again(employer: Employer) -> None:
    employer.cache.parent.mkdir()
    employer.cache.write_bytes(b"PK no pack")
    employer.check()
    said = employer.said("verify_left_out")
    assert "Checked without the documents saved here" in said
    assert "“documents.vcevidence”. It was left out." in said
    employer.press("verify_ask")
    employer.press("sheet_once")
    assert employer.verdict is Verdict.VALID
    assert employer.find("verify_left_out") == []
    employer.desktop.window.show_desk()
    employer.check()
    assert (employer.verdict, employer.find("verify_left_out")) == (Verdict.VALID, [])


def test_what_came_is_not_kept_where_she_says_no(employer: Employer) -> None:
    employer.check()
    employer.press("verify_ask")
    (keep,) = employer.find("sheet_keep")
    assert isinstance(keep, QCheckBox)
    keep.setChecked(False)
    employer.press("sheet_once")
    assert employer.verdict is Verdict.VALID
    assert not employer.cache.exists()
    employer.page._person.setText("Maya Lind")  # a check of the same thing keeps what came
    employer.page._on_recheck()
    employer.wait()
    assert employer.verdict is Verdict.VALID


def test_an_address_is_asked_only_through_the_sheet(employer: Employer) -> None:
    employer.check(Incoming(data=ADDRESS.encode(), name="Pasted text", address=ADDRESS))
    assert "1 document: the address you gave" in employer.said("network_sheet")
    assert not employer.web.requests
    employer.press("sheet_once")
    assert employer.verdict is Verdict.VALID
    assert employer.web.requests[ADDRESS] == 1


def test_a_site_that_does_not_answer_is_told_and_nothing_is_worse(employer: Employer) -> None:
    employer.web.unreachable("northbridge.example")
    employer.check()
    employer.press("verify_ask")
    employer.press("sheet_once")
    assert employer.verdict is Verdict.UNDETERMINED
    assert "not reached" in employer.said("verify_asked")
    assert employer.find("verify_offer")


def test_she_may_stop_it(employer: Employer, monkeypatch: pytest.MonkeyPatch) -> None:
    employer.check()
    employer.press("verify_ask")
    monkeypatch.setattr(Task, "cancelled", lambda _self: True)
    employer.press("sheet_once")
    assert employer.verdict is Verdict.UNDETERMINED
    assert employer.web.requests.total() == 0
    assert not employer.find("failure_dialog")


def test_inside_a_wallet_the_requests_are_listed(life: Life) -> None:
    other = SimulatedIssuer("did:web", host="harbor.example", seed="harbor")
    data = other.badge(entries=(other.entry(1),))
    publish(life.web, other)
    life.work.show_section(Section.VERIFY)
    life.work.take_in(Incoming(data=data, name="badge.json"))
    life.wait()
    life.press("verify_ask")
    sheet = life.find(QDialog, "network_sheet")
    assert sheet.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    assert [one for one in sheet.findChildren(QWidget, "sheet_keep") if one.isVisible()] == []
    life.press("sheet_once")
    result = life.work.verify.result
    assert result is not None
    assert result.items[0].report.verdict is Verdict.VALID
    assert {one.host for one in ledger(life.session)} == {"harbor.example"}
    assert "Each request is in your wallet's list of requests." in life.said(life.work.verify)
    assert len(life.session.vault.list()) == 3
