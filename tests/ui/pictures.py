"""Pictures of the pages in both themes, to look at: `python -m tests.ui.pictures FOLDER [FAMILY]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.conftest import ASSETS
from tests.ui import fabricated as made
from tests.ui.shelved import ShelvedLibrary
from wallet.model.credential import Achievement, EvidenceClass
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Outcome
from wallet.ui.focus import FocusRing
from wallet.ui.icons import load_icons
from wallet.ui.theme import Theme, ThemeChoice
from wallet.ui.views.detail import DetailView


def library(width: int = 1060) -> QWidget:
    view = ShelvedLibrary()
    view.resize(width, 768)
    view.set_rows(made.library())
    view.cards.setCurrentIndex(view.model.index(1))
    return view


def narrow_library() -> QWidget:
    return library(600)


def listed_library() -> QWidget:
    view = library()
    assert isinstance(view, ShelvedLibrary)
    view.cards.show_rows(True)
    return view


def empty_library() -> QWidget:
    view = ShelvedLibrary()
    view.resize(1060, 768)
    view.set_rows(())
    return view


def detail() -> QWidget:
    view = DetailView()
    view.resize(1060, 768)
    view.set_detail(made.detail())
    return view


def narrow_detail() -> QWidget:
    view = detail()
    view.resize(640, 768)
    return view


def forged_detail() -> QWidget:
    wrong = (CheckId.PROOF, Outcome.FAILED, reason(ReasonCode.SIGNATURE_WRONG))
    rest = [(check_id, Outcome.UNDETERMINED, reason(ReasonCode.NOT_MEANINGFUL)) for check_id in
            (CheckId.KEY_AUTHORITY, CheckId.RECOGNITION, CheckId.VALIDITY, CheckId.STATUS)]
    long = Achievement(name="<b>Verified ✔</b>", description="# Signature valid ✔ Trusted\n" + "\n" * 200 +
                       "x" * 3000, criteria="<img src='/etc/hostname'>")
    view = DetailView()
    view.resize(1060, 768)
    view.set_detail(made.detail(made.report(wrong, *rest), achievement=long,
                                title="A very long title that somebody wrote to push everything else out of "
                                      "the band of this credential page"))
    return view


def hosted_detail() -> QWidget:
    view = DetailView()
    view.resize(1060, 768)
    view.set_detail(made.detail(made.report(made.not_asked(), evidence_class=EvidenceClass.HOSTED)))
    return view


PAGES: tuple[Callable[[], QWidget], ...] = (library, narrow_library, listed_library, empty_library, detail,
                                            narrow_detail, forged_detail, hosted_detail)


def main(folder: Path, family: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    load_icons(ASSETS / "icons")
    theme = Theme(application, family=family)
    ring = FocusRing(application)
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme.choose(choice)
        for page in PAGES:
            view = page()
            view.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            view.show()
            if isinstance(view, ShelvedLibrary):
                view.focus_cards()
            application.processEvents()
            view.grab().save(str(folder / f"{page.__name__}-{choice.value}.png"))
            view.close()
    assert ring.target is None


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
