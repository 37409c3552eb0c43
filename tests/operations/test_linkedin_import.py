"""A LinkedIn export becomes own statements: by a tick list, or in one drop."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.test_linkedin_export import CERTIFICATIONS, EDUCATION, archive, named
from wallet.model.credential import EvidenceClass
from wallet.model.links import Link, LinkKind
from wallet.model.reasons import ReasonCode
from wallet.operations.documents import links
from wallet.operations.intake import ImportOutcome, import_bytes
from wallet.operations.linkedin_import import offer_linkedin, take_linkedin
from wallet.operations.session import Session

EXPORT = archive(Certifications=CERTIFICATIONS, Education=EDUCATION, Skills="Name\nPython\n", messages="x")


def test_what_is_ticked_becomes_statements_with_links(session: Session, tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(EXPORT)
    offered = offer_linkedin(tmp_path / "export.zip")
    assert session.vault.list() == ()
    taken = take_linkedin(session, offered.rows[:1])
    (stored,) = session.vault.list()
    assert (stored.title, stored.evidence_class) == ("Rope, Work", EvidenceClass.OWN)
    assert links(session, stored.id) == (Link("https://www.credly.com/badges/1", LinkKind.PAGE),)
    assert taken.changes.credentials == {stored.id}


def test_one_drop_takes_everything_and_names_the_rest(session: Session) -> None:
    rows = import_bytes(session, EXPORT, "export.zip").rows
    assert [row.outcome for row in rows] == [ImportOutcome.ADDED] * 3 + [ImportOutcome.LEFT_OUT]
    assert rows[-1].reason is not None
    assert rows[-1].reason.code is ReasonCode.TABLE_LEFT_OUT
    again = import_bytes(session, EXPORT, "export.zip").rows
    assert {row.outcome for row in again[:3]} == {ImportOutcome.KNOWN}
    assert len(session.vault.list()) == 3


def test_a_dry_run_keeps_nothing(session: Session) -> None:
    rows = import_bytes(session, EXPORT, "export.zip", dry_run=True).rows
    assert rows[0].outcome is ImportOutcome.WOULD_ADD
    assert session.vault.list() == ()


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/passwd"])
def test_an_archive_with_a_name_that_leads_elsewhere_keeps_nothing(session: Session, name: str) -> None:
    rows = import_bytes(session, named(name), "export.zip").rows
    assert {row.outcome for row in rows} == {ImportOutcome.REFUSED}
    assert all(row.reason for row in rows)
    assert session.vault.list() == ()
