"""A report as a tree: four questions in order, each with its checks, answers as sentences."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from tests.ui import fabricated as made
from wallet.model.report import Level
from wallet.ui.models.report import ReportColumn, ReportModel, ReportRole
from wallet.ui.theme import Theme
from wallet.wording.outcomes import Audience


@pytest.fixture
def model(light: Theme) -> ReportModel:
    filled = ReportModel()
    filled.set_report(made.report(made.withdrawn()), Audience.LEARNER)
    return filled


def test_it_behaves_like_a_model(model: ReportModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin has no types


def test_the_four_questions_stand_in_order(model: ReportModel) -> None:
    assert [model.index(row, 0).data() for row in range(4)] == ["Integrity", "Issuer", "Currency", "Holder"]
    assert [model.rowCount(model.index(row, 0)) for row in range(4)] == [2, 2, 2, 1]
    assert model.columnCount() == 3


def test_a_question_is_as_bad_as_its_worst_check(model: ReportModel) -> None:
    currency = model.index(2, 0)
    assert currency.data(ReportRole.LEVEL) == Level.PROBLEM
    checks = {model.index(row, 0, currency).data(ReportRole.CODE): model.index(row, 0, currency)
              for row in range(model.rowCount(currency))}
    assert checks["status_revoked"].data(ReportRole.LEVEL) == Level.PROBLEM
    assert checks["valid_now"].data(ReportRole.LEVEL) == Level.GOOD
    answer = checks["status_revoked"].siblingAtColumn(ReportColumn.ANSWER)
    assert "Withdrawn" in answer.data()
    assert "Problem" in checks["status_revoked"].data(Qt.ItemDataRole.AccessibleTextRole)


def test_parents_and_places(model: ReportModel) -> None:
    issuer = model.index(1, 0)
    child = model.index(1, 2, issuer)
    assert model.parent(child) == issuer
    assert not model.parent(issuer).isValid()
    assert not model.index(9, 0).isValid()
    assert not model.index(0, 0, child).isValid()
    assert model.data(QModelIndex()) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Answer"
    assert issuer.data(Qt.ItemDataRole.DecorationRole) is not None
