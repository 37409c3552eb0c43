"""The guide: every page is there, and every link leads to one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode
from wallet.operations.guide import FIRST, guide_page, guide_pages


def test_every_page_has_a_title_and_stands_in_the_first(assets: Path) -> None:
    first = guide_page(assets, FIRST)
    linked = set(re.findall(r"\]\(([a-z_-]+)\.md\)", first.text))
    assert linked == set(guide_pages(assets)) - {FIRST}
    assert all(guide_page(assets, name).title for name in guide_pages(assets))


def test_every_link_between_pages_leads_somewhere(assets: Path) -> None:
    for name in guide_pages(assets):
        for target in re.findall(r"\]\(([^)]+)\)", guide_page(assets, name).text):
            assert (assets / "guide" / target).is_file(), (name, target)


@pytest.mark.parametrize("name", ["nothing", "../contexts/manifest", ""])
def test_a_page_that_is_none_is_refused(assets: Path, name: str) -> None:
    with pytest.raises(OperationError) as caught:
        guide_page(assets, name)
    assert caught.value.reason.code is ReasonCode.FILE_MISSING
