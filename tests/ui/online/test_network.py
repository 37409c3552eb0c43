"""The ledger and the leave in the window: seen, taken back, given again, forgotten after a question."""

from __future__ import annotations

from tests.ui.online.conftest import Life
from wallet.operations.network import allow_host, allowed_hosts, always_allowed, ledger
from wallet.ui.buttons import Segments
from wallet.ui.sidebar import Section


def _asked(life: Life) -> None:
    life.work.web.online.refresh()
    life.wait()
    life.press("sheet_once")


def test_every_request_is_seen_and_forgotten_after_a_question(life: Life) -> None:
    _asked(life)
    life.press("open_ledger")
    said = life.said()
    assert "For keys of an issuer · allowed by you, this once" in said
    assert "https://northbridge.example/.well-known/did.json" in said
    life.press("clear_ledger")
    life.press("confirm_no")
    assert len(ledger(life.session)) == 2
    life.press("clear_ledger")
    life.press("confirm_yes")
    assert ledger(life.session) == ()
    assert "No request is on the list." in life.said()


def test_leave_is_taken_back_and_given_again(life: Life) -> None:
    allow_host(life.session, "northbridge.example")
    life.work.web.show_ledger()
    life.wait()
    life.press("revoke_site")
    assert allowed_hosts(life.session) == ()
    assert "You are asked again before northbridge.example is." in life.said()
    life.press("note_undo")
    assert [one.host for one in allowed_hosts(life.session)] == ["northbridge.example"]


def test_allowing_all_is_asked_about(life: Life) -> None:
    life.work.show_section(Section.SETTINGS)
    life.find(Segments, "network_segments").chosen.emit(1)
    life.press("confirm_no")
    assert not always_allowed(life.session)
    assert life.find(Segments, "network_segments").choice() == 0
    life.find(Segments, "network_segments").chosen.emit(1)
    life.press("confirm_yes")
    assert always_allowed(life.session)
    life.find(Segments, "network_segments").chosen.emit(0)
    life.wait()
    assert not always_allowed(life.session)
