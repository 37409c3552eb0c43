"""Bundles through the window: made, filled, ordered by keys and dragging, shared, deleted, taken back."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from tests.ui.online.conftest import Life
from tests.ui.vault.driving import dialog, fill, trigger
from wallet.operations import bundles
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.dialogs.pick import PickDialog
from wallet.ui.sidebar import Section


def _make(life: Life, name: str) -> None:
    life.press("new_bundle")
    fill(dialog(life, TextDialog), "text_field", name)
    life.press("text_dialog_go")


def test_a_bundle_is_made_filled_ordered_and_shared(life: Life) -> None:
    work, page = life.work, life.work.own.bundles
    life.desktop.window.actions_by_name["action_bundles"].trigger()
    assert "Group what one employer should see." in life.said(page)
    _make(life, "Kestrel <b>& Rowe</b>")
    assert page.one.isVisible()
    assert "Kestrel <b>& Rowe</b>" in life.said(page)
    life.press("bundle_fill")
    picked = dialog(life, PickDialog)
    for row in range(3):
        picked.model.setData(picked.model.index(row), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    life.press("pick_dialog_go")
    first = page.one.order
    assert len(first) == 3

    view, model = page.one._list, page.one._model
    view.setCurrentIndex(model.index(0))
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    life.wait()
    order = (first[1], first[0], first[2])
    assert bundles.bundles(life.session)[0].items == order
    assert view.currentIndex().row() == 1
    carried = model.mimeData([model.index(2)])
    model.dropMimeData(carried, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    life.wait()
    assert bundles.bundles(life.session)[0].items == (first[2], first[1], first[0])
    life.desktop.window.actions_by_name["action_undo"].trigger()
    life.wait()
    assert page.one.order == order
    assert "the bundle's order" in work._note.text

    view.setCurrentIndex(model.index(0))
    life.press("bundle_out")
    assert list(page.one.order) == list(order[1:])
    life.press("bundle_share")
    assert work.sharing is not None
    assert set(work.sharing.what.ids()) == set(order[1:])
    work.close_sharing()


def test_a_bundle_goes_and_comes_back(life: Life) -> None:
    work, page = life.work, life.work.own.bundles
    work.show_section(Section.BUNDLES)
    _make(life, "One")
    trigger(page.one, "bundle_rename")
    fill(dialog(life, TextDialog), "text_field", "Two")
    life.press("text_dialog_go")
    assert "Two" in life.said(page)
    trigger(page.one, "bundle_delete")
    life.wait()
    assert bundles.bundles(life.session) == ()
    assert "Group what one employer should see." in life.said(page)
    life.press("note_undo")
    assert [one.name for one in bundles.bundles(life.session)] == ["Two"]


def test_what_is_selected_goes_into_a_bundle(life: Life) -> None:
    made = bundles.make_bundle(life.session, "Here already")
    life.work.library.bundle_requested.emit(made.id, life.ids[:2])
    life.wait()
    assert bundles.bundles(life.session)[0].items == life.ids[:2]
    life.work.library.bundle_requested.emit("", life.ids[2:])
    fill(dialog(life, TextDialog), "text_field", "A new one")
    life.press("text_dialog_go")
    assert {one.name: one.items for one in bundles.bundles(life.session)}["A new one"] == life.ids[2:]
