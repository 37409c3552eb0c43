"""D10: privacy of the program, U07 to U13. Traces, records, command line, floods.

The environment (U10) is in `surroundings`, what a screen reader is told (U14) in `spoken`.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from PySide6.QtWidgets import QApplication, QStackedWidget

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case
from tests.attacks.learner import PASSPHRASE, kept, learner, new_folder, vault_copy
from tests.attacks.scene import evidence_of, university
from tests.attacks.window import application, open_window, settled
from tests.conftest import AT
from tests.simulators.signing import compact_json
from tests.ui import fabricated as made
from wallet.cli.commands import main
from wallet.cli.exit_codes import ExitCode
from wallet.model.sharing import ShareTerms
from wallet.operations.checking import check_bytes, desk_of
from wallet.operations.library import export
from wallet.operations.sharing import linkedin, present, save_pack
from wallet.ui.card_list import CardList
from wallet.ui.labels import SafeLabel
from wallet.ui.models.credentials import CredentialsModel
from wallet.ui.screen_capture import OutOfPictures
from wallet.ui.untrusted_text import MAX_SHOWN_CHARS
from wallet.ui.views.recovery_steps import CodeStep

H, M = Severity.HIGH, Severity.MEDIUM
_CANARIES = ("CANARY-TITLE", "canary-mail@lind.example", PASSPHRASE, "CANARY-CLAIM")


def _used() -> tuple[Path, str]:
    """Use a wallet in the window as people do; return where its files lie, and what was logged or printed."""
    written, records = io.StringIO(), io.StringIO()
    listener = logging.StreamHandler(records)
    logging.getLogger().addHandler(listener)
    home = new_folder()
    try:
        with contextlib.redirect_stdout(written), contextlib.redirect_stderr(written), learner() as session:
            session.set_identities((_CANARIES[1],))
            badge = university("did:key").badge(title=_CANARIES[0], description=_CANARIES[3])
            ident = kept(session, badge, "CANARY-TITLE.json")
            kept(session, badge.replace(b"Two marked", b"Ten marked"), "CANARY-TITLE.json")
            with open_window(session) as (desktop, work):
                work.open_detail(ident)
                settled(desktop)
                desktop.window.lock()
                settled(desktop)
            for path in session.services.vault_folder.parent.rglob("*"):
                if path.is_file():
                    (home / path.name).write_bytes(path.read_bytes())
    finally:
        logging.getLogger().removeHandler(listener)
    return home, written.getvalue() + records.getvalue()


@case("U07", M, "traces of what was looked at: recent files, settings, thumbnails",
      attacks={"files that stay": FINE, "a picture of the recovery code": FINE},
      twins={TWIN: FINE, "a picture of what is no secret": FINE})
def _traces(variant: str) -> Input:
    if "picture" in variant:
        return Act(lambda: _pictured(secret="code" in variant))

    def run() -> None:
        home, _ = _used()
        kept_files = {path.name: path.read_bytes() for path in home.iterdir()}
        assert any(name.startswith("vault.") for name in kept_files)
        for name, data in kept_files.items():
            assert not [one for one in _CANARIES if one.encode() in data], name

    return Act(run if variant != TWIN else _demand_kept)


def _pictured(*, secret: bool) -> None:
    """Where the system leaves windows out of pictures on request, it is asked while the code is shown."""
    application()
    told: list[bool] = []
    pages = QStackedWidget()
    page = CodeStep()
    assert page.findChildren(OutOfPictures)
    OutOfPictures(page, lambda _handle, hidden: told.append(hidden))  # as on a system that offers it
    for one in (SafeLabel("Credentials"), page):
        pages.addWidget(one)
    pages.setCurrentIndex(secret)
    pages.show()
    pages.setCurrentIndex(0)
    pages.hide()
    assert told == ([True, False] if secret else []), told
    pages.deleteLater()


def _demand_kept() -> None:
    with learner() as session:
        ident = kept(session, university("did:key").badge(title=_CANARIES[0]))
        assert session.vault.get(ident).title == _CANARIES[0]  # it is there, only not to be read outside


@case("U08", H, "claims, addresses and passphrases in records and messages",
      # Everything that a long session writes, says and shows: `tests.faults canaries`.
      attacks={"the window": FINE, "a wrong passphrase on the command line": FINE}, twins={TWIN: FINE})
def _records(variant: str) -> Input:
    def run() -> None:
        if variant == "the window":
            _, told = _used()
        else:
            good = variant == TWIN
            code, told = _command("list", secret=PASSPHRASE if good else _CANARIES[3])
            assert code == (ExitCode.ACCEPTED if good else ExitCode.LOCKED), (code, told)
        assert not [one for one in _CANARIES if one in told], told

    return Act(run)


def _command(*arguments: str, secret: str = "", folder: Path | None = None) -> tuple[int, str]:
    """Run one command on a wallet; return its code and everything it wrote."""
    place = folder or vault_copy()[0]
    given = [*arguments, "--vault", str(place)]
    if secret:
        file = new_folder() / "secret.txt"
        file.write_text(secret, encoding="utf-8")
        given += ["--passphrase-file", str(file)]
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        code = main(given)
    return code, told.getvalue()


_WISHES = ("verify", "import", "view", "share", "save the original", "LinkedIn")


@case("U09", H, "anything that goes to the net while one looks, checks, imports or shares",
      attacks=dict.fromkeys(_WISHES, FINE), twins={TWIN: FINE})
def _network(variant: str) -> Input:
    issuer = university()
    data = issuer.badge(picture="https://mallory.example/p.png", entries=(issuer.entry(3),))

    def run() -> None:
        with learner(evidence_of(issuer) if variant == TWIN else ()) as session:
            (checked,) = check_bytes(desk_of(session), data, "x", at=AT)
            assert checked.report.verdict.value == ("valid" if variant == TWIN else "undetermined")
            if variant == "verify":
                return
            ident = kept(session, data)
            folder = session.services.vault_folder.parent
            acts: dict[str, Callable[[], object]] = {
                "share": lambda: save_pack(session, present(session, [ident], ShareTerms()), folder / "a"),
                "save the original": lambda: export(session, [ident], folder / "out"),
                "LinkedIn": lambda: linkedin(session, ident, with_url=True, with_id=True)}
            acts.get(variant, lambda: None)()
            if variant == "view":
                with open_window(session) as (desktop, work):
                    work.open_detail(ident)
                    settled(desktop)

    return Act(run)


@case("U11", M, "a passphrase as an argument or in the environment",
      attacks={"--passphrase": FINE, "--passphrase=": FINE, "in the environment": FINE}, twins={TWIN: FINE})
def _argument(variant: str) -> Input:
    def run() -> None:
        if variant == "in the environment":
            os.environ["WALLET_PASSPHRASE"] = PASSPHRASE
            try:
                code, told = _command("list")
            finally:
                del os.environ["WALLET_PASSPHRASE"]
            assert code == ExitCode.LOCKED, told
        elif variant == TWIN:
            code, told = _command("list", secret=PASSPHRASE)
            assert code == ExitCode.ACCEPTED, told
        else:
            word = [variant + PASSPHRASE] if variant.endswith("=") else [variant, PASSPHRASE]
            code, told = _command("list", *word)
            assert code == ExitCode.USAGE, told
        assert PASSPHRASE not in told

    return Act(run)


@case("U12", M, "the LinkedIn link tells where the credential is, or opens by itself",
      attacks={"not asked for": FINE}, twins={"asked for": FINE})
def _linkedin(variant: str) -> Input:
    issuer = university("did:key")
    document = issuer.badge_document() | {"id": "https://northbridge.example/credentials/AB-12"}
    asked = variant == "asked for"

    def run() -> None:
        with learner() as session:
            ident = kept(session, compact_json(issuer.seal(document)))
            entry = linkedin(session, ident, with_url=asked, with_id=asked, note=False)
            parts = parse_qs(urlsplit(entry.url).query)
            assert ({"certUrl", "certId"} <= parts.keys()) is asked
            assert ("AB-12" in entry.url) is asked
            assert urlsplit(entry.url).hostname == "www.linkedin.com"

    return Act(run)


@case("U13", M, "a name of a megabyte, and a list of a hundred thousand",
      attacks={"a megabyte in one line": FINE, "a hundred thousand rows": FINE}, twins={TWIN: FINE})
def _floods(variant: str) -> Input:
    rows = made.many(100_000 if "rows" in variant else 50)

    def run() -> None:
        application()
        if "line" in variant:
            label = SafeLabel("x" * 1_000_000, untrusted=True, elided=True)
            assert len(label.full_text) <= MAX_SHOWN_CHARS + 1
            label.deleteLater()
            return
        model = CredentialsModel()
        cards = CardList(model)
        cards.resize(1_000, 700)
        cards.show()
        model.set_rows(rows)
        QApplication.processEvents()
        cards.scrollToBottom()
        QApplication.processEvents()
        cards.grab()
        assert len(model._cards) < 120  # what was seen at the top and at the end, and no more, was prepared
        assert model.rowCount() == len(rows)
        cards.hide()
        cards.deleteLater()

    return Act(run)
