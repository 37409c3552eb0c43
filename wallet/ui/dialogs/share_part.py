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


#: What the usual members are called here; others by their own names.
_WORDS = {
    "/name": "Title", "/description": "Description", "/image": "Picture", "/issuer": "Who awarded it",
    "/validFrom": "From", "/issuanceDate": "From", "/awardedDate": "Awarded on", "/validUntil": "Until",
    "/expirationDate": "Until", "/credentialStatus": "Where it could be withdrawn",
    "/credentialSchema": "Its layout", "/refreshService": "Where newer versions are",
    "/endorsement": "Endorsements", "/termsOfUse": "Terms of use",
    "/credentialSubject/name": "Your name", "/credentialSubject/identifier": "Your address",
    "/credentialSubject/creditsEarned": "Workload", "/credentialSubject/activityStartDate": "Begun on",
    "/credentialSubject/activityEndDate": "Finished on", "/credentialSubject/role": "Your role",
    "/credentialSubject/result": "Result", "/evidence": "Evidence",
    "/credentialSubject/achievement/name": "Name of the award",
    "/credentialSubject/achievement/description": "What you can do",
    "/credentialSubject/achievement/criteria": "How it was assessed",
    "/credentialSubject/achievement/achievementType": "Kind of award",
    "/credentialSubject/achievement/alignment": "Skill", "/credentialSubject/achievement/tag": "Keywords",
    "/credentialSubject/achievement/image": "Picture of the award",
    "/credentialSubject/achievement/creator": "Who thought it out",
    "/credentialSubject/achievement/resultDescription": "What results mean",
    "/credentialSubject/achievement/fieldOfStudy": "Field of study",
}


def _member(pointer: str) -> str:
    """Return what a member is called; what nearly all of them stand in goes without saying."""
    place, _, last = pointer.rpartition("/")
    if last.isdigit() and place in _WORDS:
        return f"{_tr(_WORDS[place])} {int(last[:6]) + 1}"
    if pointer in _WORDS:
        return _tr(_WORDS[pointer])
    return readable_path(pointer.removeprefix("/credentialSubject").removeprefix("/achievement"))


def _explained(always: str) -> str:
    text = _tr("What is not ticked does not leave this computer. Whoever checks it learns that something was "
               "left out.")
    if not always:
        return text
    return f"{text} {_tr('Always shown, as the issuer wished: {names}.').format(names=always)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PartDialog", text)
