"""The form of a document: filled, dates as people write them, what it does not ask for stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from wallet.operations.documents import Details
from wallet.ui.dialogs.details import DetailsDialog
from wallet.ui.theme import Theme

KNOWN = Details("Rope work", "Harbor", datetime(2026, 5, 12, tzinfo=UTC), skills=("Knots",),
                links=("https://a.example/", "https://b.example/"))


def _field(form: DetailsDialog, name: str) -> QLineEdit:
    field = form.findChild(QLineEdit, name)
    assert isinstance(field, QLineEdit)
    return field


def test_unchanged_it_gives_what_it_got(qtbot: QtBot, theme: Theme) -> None:
    form = DetailsDialog("Title", "Text", "Keep", KNOWN)
    qtbot.addWidget(form)
    assert form.details() == KNOWN
    _field(form, "details_link").setText("")
    assert form.details().links == ("https://b.example/",)


def test_links_are_added_and_removed(qtbot: QtBot, theme: Theme) -> None:
    form = DetailsDialog("Title", "Text", "Keep", KNOWN)
    qtbot.addWidget(form)
    form.show()
    _press(form, "details_link_add")
    _links(form)[-1].setText("c.example/page")
    assert form.details().links == (*KNOWN.links, "https://c.example/page")
    _press(form, "details_link_remove")
    assert form.details().links == ("https://b.example/", "https://c.example/page")
    for _ in range(2):
        _press(form, "details_link_remove")
    assert (form.details().links, _links(form)) == ((), [])


@pytest.mark.parametrize("typed", ["no address", "javascript:alert(1)", "https://", "file:///etc/passwd",
                                   "https://maya:secret@a.example/"])
def test_what_is_no_link_is_marked_and_not_kept(qtbot: QtBot, light: Theme, typed: str) -> None:
    form = DetailsDialog("Title", "Text", "Keep", KNOWN)
    qtbot.addWidget(form)
    _links(form)[1].setText(typed)
    assert not form.is_complete()
    assert [one.accessibleDescription() for one in _links(form)] == ["", "This is no web address"]
    _links(form)[1].setText("")
    assert form.is_complete()


def _links(form: DetailsDialog) -> list[QLineEdit]:
    return [one for one in form.findChildren(QLineEdit, "details_link") if one.isVisibleTo(form)]


def _press(form: DetailsDialog, name: str) -> None:
    next(one for one in form.findChildren(QPushButton, name) if one.isVisibleTo(form)).click()
    QApplication.processEvents()  # what was added is shown by an event


@pytest.mark.parametrize(("typed", "day"), [("2026-05-12", datetime(2026, 5, 12, tzinfo=UTC)),
                                            ("2026-05", datetime(2026, 5, 1, tzinfo=UTC)),
                                            ("2026", datetime(2026, 1, 1, tzinfo=UTC)), ("", None)])
def test_dates_as_people_write_them(qtbot: QtBot, light: Theme, typed: str, day: datetime | None) -> None:
    form = DetailsDialog("Title", "Text", "Keep", KNOWN)
    qtbot.addWidget(form)
    _field(form, "details_date").setText(typed)
    assert form.is_complete()
    assert form.details().date == day


@pytest.mark.parametrize("typed", ["tomorrow", "2026-13-01", "12.5.26"])
def test_what_is_no_date_is_not_kept(qtbot: QtBot, light: Theme, typed: str) -> None:
    form = DetailsDialog("Title", "Text", "Keep", KNOWN)
    qtbot.addWidget(form)
    _field(form, "details_date").setText(typed)
    go = form.findChild(QPushButton, "details_dialog_go")
    assert isinstance(go, QPushButton)
    assert not go.isEnabled()
    assert _field(form, "details_date").accessibleDescription() == "This is no date"
