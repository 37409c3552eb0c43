"""Nothing of the learner's own words is left anywhere after a lock; an own title shows in lists only."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.online.conftest import Life
from wallet.operations import bundles, labels
from wallet.ui.labels import SafeLabel
from wallet.ui.models.choices import ChoiceModel
from wallet.ui.models.ordered import OrderModel
from wallet.ui.sidebar import Section


def everything_shown(life: Life) -> str:
    """Return every text that any widget, action or model of the window holds, shown or not."""
    texts: list[str] = []
    for top in (life.desktop.window, *QApplication.topLevelWidgets()):
        for widget in (top, *top.findChildren(QWidget)):
            texts += [widget.accessibleName(), widget.toolTip(), widget.windowTitle(),
                      widget.accessibleDescription(), widget.whatsThis(), widget.statusTip()]
            if isinstance(widget, SafeLabel):
                texts.append(widget.full_text)
            if isinstance(widget, QLineEdit):
                texts.append(widget.text())
            if isinstance(widget, QPlainTextEdit):
                texts.append(widget.toPlainText())
            text = getattr(widget, "text", None)
            if callable(text):
                texts.append(str(text()))
        texts += [one.text() + one.toolTip() for one in top.findChildren(QAction)]
    return "\n".join(texts)


def test_no_word_is_left_after_a_lock(life: Life) -> None:
    session, work = life.session, life.work
    labels.set_title(session, life.ids[0], "canary title")
    labels.set_note(session, life.ids[0], "canary note")
    labels.add_tags(session, life.ids, ("canary tag",))
    made = bundles.make_bundle(session, "canary bundle", life.ids, note="canary bundle note")
    work.own.errands.show()
    life.wait()
    work.open_detail(life.ids[0])
    life.wait()
    work.show_section(Section.BUNDLES)
    work.own.bundles.open_bundle(made.id)
    work.own.errands.add_tag(life.ids, "canary second")
    life.wait()
    work.own.errands.rename_bundle(made)
    titles = {row.title for row in work.library.model.rows()}
    shown = everything_shown(life)
    for word in ("canary title", "canary note", "canary tag", "canary bundle", "canary second"):
        assert word in shown
    life.desktop.window.lock()
    life.wait()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = everything_shown(life)
    assert "canary" not in left
    assert [title for title in titles if title in left] == []
    assert life.desktop.window.findChildren(ChoiceModel) == life.desktop.window.findChildren(OrderModel) == []


def test_an_own_title_stays_out_of_what_is_shared(life: Life) -> None:
    labels.set_title(life.session, life.ids[0], "Only for me")
    life.work.own.errands.show()
    life.wait()
    life.work.share(life.ids[:1])
    life.wait()
    assert life.work.sharing is not None
    assert "Only for me" not in life.said(life.work.sharing)
    life.work.close_sharing()
