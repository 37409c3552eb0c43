from __future__ import annotations

from tests.wording.samples import AT
from wallet.wording.leaving import export_page


def test_the_page_names_the_day_and_keys_only_where_there_are_some() -> None:
    plain, keyed = export_page(AT, with_keys=False), export_page(AT, with_keys=True)
    assert "21 November 2026" in plain
    assert "keys/" not in plain
    assert "keys/" in keyed
    for page in (plain, keyed):
        assert "{" not in page
        assert max(map(len, page.splitlines())) < 112


def test_the_page_is_translated() -> None:
    assert "YOUR CREDENTIALS" in export_page(AT, with_keys=False, translate=str.upper)
