"""D10: what a reader for the blind is told, U14: what can be seen, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.attacks.cases import FINE, Act, Input, Severity, case
from tests.attacks.learner import PASSPHRASE, kept, learner
from tests.attacks.scene import university
from tests.attacks.window import application, open_window, settled
from wallet.ui.sidebar import Section
from wallet.ui.views.create import CreatePage
from wallet.ui.views.unlock import UnlockPage

_CLAIM = "CANARY-CLAIM"
_KINDS = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description, QAccessible.Text.Help)
_FIELDS: dict[str, Callable[[], QWidget]] = {
    "a hidden passphrase": UnlockPage, "a new passphrase": CreatePage, "shown on demand": UnlockPage}


@case("U14", Severity.LOW, "a reader for the blind is told what the screen hides",
      attacks={"a hidden passphrase": FINE, "a new passphrase": FINE, "a page behind another": FINE,
               "what is folded away": FINE, "a locked wallet": FINE},
      twins={"shown on demand": FINE, "the page that is shown": FINE, "what was unfolded": FINE})
def _told(variant: str) -> Input:
    if variant in _FIELDS:
        return Act(lambda: _field(_FIELDS[variant], shown=variant == "shown on demand"))
    return Act(lambda: _window(variant))


def _field(make: Callable[[], QWidget], *, shown: bool) -> None:
    application()
    page = make()
    fields = [one for one in page.findChildren(QLineEdit) if one.echoMode() is QLineEdit.EchoMode.Password]
    assert fields
    for field in fields:
        if shown:
            field.actions()[-1].trigger()
        field.setText(PASSPHRASE)
        texts = list(_texts(QAccessible.queryAccessibleInterface(field)))
        assert (PASSPHRASE in texts) is shown, field.accessibleName()
    page.deleteLater()


def _window(variant: str) -> None:
    """Look at a credential; then at what else can be read of the window."""
    with learner() as session:
        ident = kept(session, university("did:key").badge(description=_CLAIM))
        (digest,) = (one.sha256 for one in session.vault.list())
        with open_window(session) as (desktop, work):
            work.open_detail(ident)
            settled(desktop)
            QApplication.processEvents()
            if variant == "a page behind another":
                work.show_section(Section.CREDENTIALS)
                QApplication.processEvents()
            if variant == "what was unfolded":
                (header,) = (one for one in work.detail.findChildren(QWidget, "technical_fold"))
                header.click()  # type: ignore[attr-defined]
                settled(desktop)
            if variant == "a locked wallet":
                desktop.window.lock()
                settled(desktop)
                QApplication.processEvents()
            told = "\n".join(_tree(QAccessible.queryAccessibleInterface(desktop.window),
                                   hidden_too=variant == "a locked wallet"))
    assert told
    assert (_CLAIM in told) is ("page behind" not in variant and "locked" not in variant), told[:400]
    assert (digest in told.replace("\u200b", "")) is (variant == "what was unfolded")


def _tree(told: QAccessibleInterface, *, hidden_too: bool) -> Iterator[str]:
    """Everything from here down, without what the screen does not show unless that is asked for."""
    if told is None or (told.state().invisible and not hidden_too):
        return
    yield from _texts(told)
    for number in range(told.childCount()):
        yield from _tree(told.child(number), hidden_too=hidden_too)


def _texts(told: QAccessibleInterface) -> Iterator[str]:
    yield from filter(None, map(told.text, _KINDS))
