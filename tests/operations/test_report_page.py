"""Writing a report's page: from judged files, in one move, over an earlier one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import AT
from tests.share.pages import PageReader
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import pinned_contexts
from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode
from wallet.operations.checking import Desk, check_bytes
from wallet.operations.report_page import section_of, write_report_page


def test_a_judged_file_becomes_a_page(tmp_path: Path) -> None:
    data = SimulatedIssuer("did:key").badge()
    (checked,) = check_bytes(Desk(pinned_contexts()), data, "badge.json", at=AT)
    target = tmp_path / "report.html"
    target.write_text("earlier")
    section = section_of(checked, refusals=("listed",), remarks=("As you typed it.",))
    write_report_page(target, [section], at=AT)
    shown = PageReader(target.read_bytes())
    assert checked.sha256 in shown.text
    assert "Refused, because you require: listed" in shown.text
    assert "As you typed it." in shown.text
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_what_cannot_be_read_has_its_part_too(tmp_path: Path) -> None:
    (checked,) = check_bytes(Desk(pinned_contexts()), b"{", "x.json", at=AT)
    write_report_page(tmp_path / "r.html", [section_of(checked)], at=AT)
    assert "Cannot be read" in PageReader((tmp_path / "r.html").read_bytes()).text


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OperationError) as caught:
        write_report_page(tmp_path / "none" / "r.html", [], at=AT)
    assert caught.value.reason.code is ReasonCode.FOLDER_UNWRITABLE
