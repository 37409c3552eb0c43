"""Choosing what of a credential is shown: one tick for each thing that may be left out.

What is always shown is named above the list. What leaves is derived by the operation; only the choice is
made here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from wallet.operations.sharing import PreviewItem

from .share_preview import readable_path
from .tick_list import Line, TickListDialog


class PartDialog(TickListDialog):
    """The choice.

    Signals:
        left_out: The pointers of what is not ticked.
    """

    left_out = Signal(object)

    def __init__(self, item: PreviewItem, parent: QWidget | None = None) -> None:
        free = [one for one in item.choices if not one.is_fixed]
        lines = [Line(_member(one.pointer), one.value, ticked=one.pointer not in item.left_out)
                 for one in free]
        always = ", ".join(_member(one.pointer) for one in item.choices if one.is_fixed)
        super().__init__(_tr("What do you want to show?"), _explained(always), _tr("Show these"), lines,
                         parent=parent)
        self._pointers = tuple(one.pointer for one in free)
        self.chosen.connect(self._on_chosen)

    def _on_chosen(self, numbers: tuple[int, ...]) -> None:
        self.left_out.emit(tuple(pointer for number, pointer in enumerate(self._pointers)
                                 if number not in numbers))


def _member(pointer: str) -> str:
    """Return the member's name; what nearly all of them stand in goes without saying."""
    return readable_path(pointer.removeprefix("/credentialSubject").removeprefix("/achievement"))


def _explained(always: str) -> str:
    text = _tr("What is not ticked does not leave this computer. Whoever checks it learns that something was "
               "left out.")
    if not always:
        return text
    return f"{text} {_tr('Always shown, as the issuer wished: {names}.').format(names=always)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PartDialog", text)
