"""One vault to damage copies of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.vaults import Template, demand_nothing_plain, make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An empty vault, made once."""
    return make_template(tmp_path_factory.mktemp("template") / "vault")


@pytest.fixture(autouse=True)
def _nothing_plain(tmp_path: Path) -> Iterator[None]:
    yield
    demand_nothing_plain(tmp_path)
