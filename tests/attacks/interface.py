"""D10: the window, U01 to U06. Text from a file stays text, opens nothing, and cannot speak for us."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QClipboard, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case
from tests.attacks.doors import DOORS
from tests.attacks.learner import kept, learner
from tests.attacks.scene import achievement, filled, sealed, university, unsealed
from tests.attacks.window import application, labels, open_window, said, settled
from wallet.ui.application import Desktop
from wallet.ui.check_panel import CheckPanel
from wallet.ui.clipboard import copy_secret
from wallet.ui.dialogs.linkedin import LinkedInDialog
from wallet.ui.dialogs.open_link import OpenLinkDialog
from wallet.ui.labels import SafeLabel
from wallet.ui.workspace import Workspace

H = Severity.HIGH
Look = Callable[[Desktop, Workspace], object]


def _shown(data: bytes, look: Look, *, share: bool = False) -> None:
    """Keep it, open its page (and the way of sharing it), and look."""
    with learner() as session:
        ident = kept(session, data)
        with open_window(session) as (desktop, work):
            work.open_detail(ident)
            settled(desktop)
            look(desktop, work)
            if share:
                work.share((ident,))
                settled(desktop)
                assert work.sharing is not None
                work.sharing.go_on()
                settled(desktop)
                look(desktop, work)


def _all_labels() -> Iterator[QLabel]:
    for top in QApplication.topLevelWidgets():
        yield from top.findChildren(QLabel)


def _inert(desktop: Desktop, _work: Workspace) -> None:
    """No label guesses at markup or opens anything; no tooltip, title or text view holds markup of a file."""
    found = list(_all_labels())
    assert found
    for label in found:
        assert isinstance(label, SafeLabel), type(label)
        assert label.textFormat().name == "PlainText", label.text()
        assert not label.openExternalLinks()
    for widget in QApplication.allWidgets():
        tip = widget.toolTip()
        assert not tip or ("<img" not in tip and "<a " not in tip and "<b>" not in tip), tip
        assert "<" not in widget.windowTitle(), widget.windowTitle()
        assert not isinstance(widget, QTextEdit) or not widget.acceptRichText()
    assert desktop.window.windowTitle()


_QUIET = ", quietly"
_ENCODED_HOSTS = {f"a look-alike host in {door}": DOORS[door]
                  for door in ("the sheet before a request", "the list of requests", "the lists")}
_QUIET_DOORS = {door + _QUIET: FINE for door in DOORS}
_MARKUP = {"a picture": "<img src='/etc/hostname.png'>", "bold": "<b>\u2714 Verified</b>",
           "a link": "<a href='file:///etc/passwd'>open</a>", "a style": "<style>*{color:red}</style>x",
           "a table": "<table><tr><td>Genuine</td></tr></table>", "an entity": "&lt;img src=x&gt;",
           "a rich page": "<!DOCTYPE html><html><body><h1>Genuine</h1></body></html>"}


@case("U01", H, "markup in every text of a credential: all labels, tooltips and titles of the window",
      attacks=dict.fromkeys((*_MARKUP, *DOORS), FINE), twins={TWIN: FINE, **_QUIET_DOORS})
def _markup(variant: str) -> Input:
    door = variant.removesuffix(_QUIET)
    if door in DOORS:
        return Act(lambda: DOORS[door]("Data Analysis" if door != variant else _MARKUP["a picture"]))
    text = _MARKUP.get(variant, "Data Analysis Foundations")

    def look(desktop: Desktop, work: Workspace) -> None:
        _inert(desktop, work)
        assert text in said(work)  # shown as it stands

    return Act(lambda: _shown(filled(text), look, share=True))


_MARKDOWN = {"a picture": "![x](/etc/hostname.png)", "a link": "[open me](file:///etc/passwd)",
             "markup": "<img src='/etc/x.png'>\n\n# Genuine", "a link by itself": "<https://mallory.example>",
             "a block of code": "```html\n<script>x</script>\n```"}


@case("U02", H, "pictures, links and markup in a Markdown narrative",
      attacks=dict.fromkeys(_MARKDOWN, FINE), twins={TWIN: FINE})
def _markdown(variant: str) -> Input:
    text = _MARKDOWN.get(variant, "- Cleans tables\n- **Explains** them")

    def look(desktop: Desktop, work: Workspace) -> None:
        _inert(desktop, work)
        assert variant != TWIN or "Cleans tables" in said(work)

    data = sealed(university("did:key"), lambda one: achievement(one).update(
        description=text, criteria={"narrative": text}))
    return Act(lambda: _shown(data, look))


_ADDRESSES = {"script": "javascript:alert(1)", "a file": "file:///etc/passwd", "a share": "file://host/share/x",
              "data": "data:text/html,<script>x</script>", "a tool": "ms-msdt:/id PCWDiagnostic",
              "ten thousand letters": "https://uni.example/" + "a" * 10_000,
              "a name in front": "https://uni.example@mallory.example/"}


@contextlib.contextmanager
def _browser() -> Iterator[list[str]]:
    """Whatever would be handed to the system is noted instead."""
    opened: list[str] = []
    running = application()

    class Handler(QObject):
        @Slot(QUrl)
        def take(self, url: QUrl) -> None:
            opened.append(url.toString())

    handler = Handler(running)
    schemes = ("http", "https", "file", "javascript", "data", "ms-msdt", "smb")
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, handler, "take")  # type: ignore[arg-type] # takes text, its stub says bytes
    try:
        yield opened
    finally:
        for scheme in schemes:
            QDesktopServices.unsetUrlHandler(scheme)
        handler.deleteLater()


@case("U03", H, "addresses that would start something if the window opened them",
      attacks=dict.fromkeys(_ADDRESSES, FINE), twins={TWIN: FINE, "asked, and not wanted": FINE})
def _addresses(variant: str) -> Input:
    harmless = variant not in _ADDRESSES
    address = _ADDRESSES.get(variant, "https://northbridge.example/criteria")
    # Some of these nobody could seal as an address: the page shows such a file too, in red.
    make = sealed if harmless else unsealed
    data = make(university("did:key"), lambda one: achievement(one).update(criteria={"id": address}))

    def look(desktop: Desktop, work: Workspace) -> None:
        _inert(desktop, work)
        with _browser() as opened:
            for label in labels(work.detail):
                QTest.mouseClick(label, Qt.MouseButton.LeftButton)
            (button,) = (one for one in work.detail.findChildren(QPushButton, "open_link")
                         if one.isVisibleTo(work.detail))
            assert button.isEnabled() is harmless
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            settled(desktop)
            dialogs = [one for one in desktop.window.findChildren(OpenLinkDialog) if one.isVisible()]
            assert len(dialogs) == harmless
            assert not opened, opened  # nothing before a yes
            for dialog in dialogs:
                assert "northbridge.example" in said(dialog).split("\n")  # the host, in full, by itself
                _inert(desktop, work)
                wish = "open_link_yes" if variant == TWIN else "open_link_no"
                (answer,) = dialog.findChildren(QPushButton, wish)
                QTest.mouseClick(answer, Qt.MouseButton.LeftButton)
            assert opened == ([address] if variant == TWIN else []), opened

    return Act(lambda: _shown(data, look))


_NAMES = {"right to left": "Northbridge\u202eytisrevinU", "an isolate": "North\u2067bridge",
          "no width": "MI\u200bT",
          "a storm of marks": "M" + "\u0301" * 60 + "IT", "a Cyrillic letter": "N\u043ertbridge",
          "tag letters": "MIT\U000e0041", "an escape": "MIT\x1b[31m"}


@case("U04", H, "issuer names with hidden, turning and look-alike characters",
      attacks=dict.fromkeys((*_NAMES, *DOORS, *_ENCODED_HOSTS), FINE),
      twins={TWIN: FINE, "accents": FINE, "Hebrew": FINE, **_QUIET_DOORS})
def _names(variant: str) -> Input:
    door = variant.removesuffix(_QUIET)
    if variant in _ENCODED_HOSTS:  # shown as it is asked, never as the letters that it would become
        return Act(lambda: _ENCODED_HOSTS[variant]("xn--nrthbridge-yyh.example"))
    if door in DOORS:
        return Act(lambda: DOORS[door]("École Müller" if door != variant else "".join(_NAMES.values())))
    name = {"accents": "École Müller", "Hebrew": "\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd",
            **_NAMES}.get(variant, "Northbridge University")
    data = university("did:key", name=name).badge()

    def look(_desktop: Desktop, work: Workspace) -> None:
        text = said(work.detail)
        assert ("unusual characters" in text) is (variant in _NAMES), variant
        assert not set(text) & set("\u202e\u2067\u200b\U000e0041\x1b\ufeff"), variant

    return Act(lambda: _shown(data, look))


_LIES = {"our words": "Genuine and current\n\u2713 Sealed by Northbridge University. Nothing else to check.",
         "blank lines": "x" + "\n" * 5_000 + "Genuine and current",
         "a banner": "\u2588" * 3_000 + "\n\u2714 GENUINE \u2714", "a thousand lines": "line\n" * 1_000}


@case("U05", H, "a description that speaks like our verdict or pushes it away",
      attacks=dict.fromkeys(_LIES, FINE), twins={TWIN: FINE})
def _imitation(variant: str) -> Input:
    text = _LIES.get(variant, "Cleans tables.")
    good = sealed(university("did:key"), lambda one: achievement(one).update(description=text))
    data = good.replace(b"Two marked projects", b"Ten marked projects")  # so that ours says something else

    def look(desktop: Desktop, work: Workspace) -> None:
        (panel,) = work.detail.findChildren(CheckPanel)
        told = [label.full_text for label in labels(panel)]
        assert "Does not match its seal" in told
        assert "Genuine and current" not in told
        assert panel.isVisible()
        at = panel.mapTo(desktop.window, panel.rect().topLeft())
        assert desktop.window.rect().contains(at), at

    return Act(lambda: _shown(data, look))


@case("U06", H, "a copied claim stays on the clipboard",
      attacks={"after its time": FINE, "when locked": FINE, "copied for LinkedIn, when locked": FINE},
      twins={"something else was copied since": FINE, "something else, when locked": FINE, TWIN: FINE})
def _clipboard(variant: str) -> Input:
    return Act(lambda: _copied(variant))


def _copied(variant: str) -> None:
    clipboard = _fresh_clipboard()
    if variant in ("after its time", "something else was copied since", TWIN):
        copy_secret("urn:uuid:7", clear_after_ms=60_000 if variant == TWIN else 20)
        if "since" in variant:
            clipboard.setText("shopping list")
        QTest.qWait(80)
    else:
        with learner() as session:
            ident = kept(session, university("did:key").badge())
            with open_window(session) as (desktop, work):
                if "LinkedIn" in variant:
                    dialog = LinkedInDialog(desktop.background, session, [(ident, "x")],
                                            open_link=lambda _: None)
                    settled(desktop)
                    dialog._copy_text("urn:uuid:7")
                    dialog.close()
                else:
                    work.detail.copy_requested.emit("urn:uuid:7")
                if variant.startswith("something else"):
                    clipboard.setText("shopping list")
                desktop.window.lock()
                settled(desktop)
    expected = {"something else was copied since": "shopping list", TWIN: "urn:uuid:7",
                "something else, when locked": "shopping list"}
    assert clipboard.text() == expected.get(variant, ""), clipboard.text()


def _fresh_clipboard() -> QClipboard:
    application()
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    return clipboard
