"""Text on its way into a widget: places to wrap, and tooltips that never become markup."""

from __future__ import annotations

from wallet.ui.untrusted_text import breakable, tooltip


def test_a_tooltip_never_becomes_markup() -> None:
    made = tooltip("<img src='/etc/hostname'> & <b>bold</b>")
    assert made.startswith("<qt>")
    assert "<img" not in made
    assert "&lt;img" in made
    assert tooltip("") == ""


def test_a_long_run_may_wrap_and_loses_nothing() -> None:
    run = "z6Mk" * 30
    assert "\u200b" in breakable(run)
    assert breakable(run).replace("\u200b", "") == run
    assert breakable("short words stay whole") == "short words stay whole"
    assert breakable("https://old-quay-academy.example/a").split("\u200b") == [
        "https://", "old-", "quay-", "academy.", "example/", "a"]
