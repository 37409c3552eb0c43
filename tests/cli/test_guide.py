"""`wallet guide`, through the real command."""

from __future__ import annotations

import pytest

from wallet.cli.commands import main


def test_the_pages_are_listed_and_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide"]) == 0
    listed = capsys.readouterr().out
    assert "protection" in listed
    assert main(["guide", "protection"]) == 0
    assert "What we do not promise" in capsys.readouterr().out


def test_a_page_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "cats"]) != 0
    assert "cats" in capsys.readouterr().err
