"""One bundle: what can be moved depends on the place, and the same order is not shown anew."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.conftest import AT
from tests.ui import fabricated
from wallet.operations.bundles import KeptBundle
from wallet.ui.theme import Theme
from wallet.ui.views.bundle import BundleView


def test_the_buttons_follow_the_place(qtbot: QtBot, theme: Theme) -> None:
    rows = fabricated.library()[:3]
    view = BundleView()
    qtbot.addWidget(view)
    bundle = KeptBundle("b", "Name", "note", AT, tuple(one.id for one in rows))
    view.show_bundle(bundle, rows)
    assert not view._up.isEnabled()
    assert not view._out.isEnabled()
    view._list.setCurrentIndex(view._model.index(2))
    assert view._up.isEnabled()
    assert not view._down.isEnabled()
    view.show_bundle(bundle, rows)
    assert view._list.currentIndex().row() == 2
    with qtbot.waitSignal(view.reordered) as told:
        view._up.click()
    assert told.args == [(rows[0].id, rows[2].id, rows[1].id)]
    view.show_bundle(bundle, ())
    assert not view._share.isEnabled()
    view.forget()
    assert view.bundle_id == ""
    assert view.order == ()
