"""Keeping what is no credential as a document, on the learner's wish; a credential stays one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.connected import StopWhen, connect
from tests.simulators import badge_host
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.pdf import pdf_with
from tests.simulators.web import SimulatedWeb
from wallet.model.credential import EvidenceClass
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode
from wallet.operations.as_documents import import_or_keep, keep_brought
from wallet.operations.documents import links
from wallet.operations.hosted import Brought
from wallet.operations.intake import ImportOutcome
from wallet.operations.session import Session

PAGE = "https://courses.example/verify/AB12"
PRINT = "https://courses.example/print/AB12.pdf"
PDF = pdf_with(title="Machine Learning")


def classes(session: Session) -> list[EvidenceClass]:
    return sorted(one.evidence_class for one in session.vault.list())


def test_files_are_what_they_are_and_the_rest_are_documents(session: Session, issuer: SimulatedIssuer,
                                                           tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, data in (("a.pdf", PDF), ("badge.json", issuer.badge()), ("notes.txt", b"I did it"),
                       ("empty.txt", b"")):
        (folder / name).write_bytes(data)
    done = import_or_keep(session, [folder, folder / "none.txt"], pasted=b"some words")
    told = {row.name: row.outcome for row in done.imported.rows}
    refused = {name for name, outcome in told.items() if outcome is ImportOutcome.REFUSED}
    assert refused == {"empty.txt", "none.txt"}
    assert classes(session) == [*[EvidenceClass.DOCUMENT] * 3, EvidenceClass.SEALED]
    again = import_or_keep(session, [folder / "a.pdf"])
    assert [row.outcome for row in again.imported.rows] == [ImportOutcome.KNOWN]


def test_a_dry_run_changes_nothing(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    done = import_or_keep(session, [tmp_path / "a.pdf"], [PAGE], dry_run=True)
    assert [row.outcome for row in done.imported.rows] == [ImportOutcome.WOULD_ADD] * 2
    assert session.vault.list() == ()


def test_a_page_is_kept_as_its_link_and_a_file_as_it_came(session: Session, issuer: SimulatedIssuer) -> None:
    web = SimulatedWeb({"https://northbridge.example/1": issuer.badge()})
    badge_host.page(web, PAGE)
    web.put(PRINT, PDF, "application/pdf")
    done = import_or_keep(session, [], [PAGE, PRINT, "https://northbridge.example/1",
                                        "https://gone.example/"], door=connect(session, web))
    page, printed, badge, gone = done.imported.rows
    assert (gone.outcome, gone.reason is not None) == (ImportOutcome.REFUSED, True)
    assert classes(session) == [EvidenceClass.DOCUMENT, EvidenceClass.DOCUMENT, EvidenceClass.SEALED]
    assert [one.address for one in links(session, page.credential_id)] == [PAGE]
    assert PRINT in [one.address for one in links(session, printed.credential_id)]
    assert session.vault.original(printed.credential_id).data == PDF
    assert badge.report is not None
    assert web.requests[PRINT] == 1


def test_without_leave_only_the_link_is_kept(session: Session) -> None:
    web = SimulatedWeb()
    connect(session, web)
    done = import_or_keep(session, [], [PAGE, "no address"])
    assert [row.outcome for row in done.imported.rows] == [ImportOutcome.ADDED, ImportOutcome.REFUSED]
    assert web.requests.total() == 0


def test_stopping_keeps_what_was_done(session: Session, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(3)]
    for number, path in enumerate(files):
        path.write_bytes(b"x" * (number + 1))
    done = import_or_keep(session, files, progress=StopWhen(lambda: bool(session.vault.list())))
    assert (done.imported.cancelled, len(session.vault.list())) == (True, 1)


def test_what_has_neither_file_nor_address_is_refused(session: Session) -> None:
    with pytest.raises(FormatError) as caught:
        keep_brought(session, Brought())
    assert caught.value.reason.code is ReasonCode.ADDRESS_UNREADABLE
