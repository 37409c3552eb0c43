"""A refresh asks for each document once, whatever it costs; the table of what it costs can be made."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.benchmarks.refresh_rows import main, scene
from wallet.model.report import Verdict
from wallet.operations.library import credentials


def test_as_many_requests_as_distinct_documents() -> None:
    with scene(credentials=24, issuers=4) as made:
        assert made.refresh()[1] == len(made.places) == 8
        assert {one.report.verdict for one in credentials(made.session)} == {Verdict.VALID}
        assert made.web.counted == Counter(made.places)
        assert made.web.connections == len(made.issuers)  # kept until the host has been asked for everything
        made.publish()
        assert made.refresh()[1] == 8  # and again, each once
        assert made.web.counted == Counter(made.places * 2)


def test_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[1].startswith("refresh, 20 credentials of 4 issuers, all lists new")
    assert "requests, and distinct documents" in printed[6]
    assert "8.000" in printed[6]
