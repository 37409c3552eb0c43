"""Vaults to test with, and a look at every file a test has left."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.vaults import Template, demand_nothing_plain, make_template
from wallet.vault.store import Vault


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An empty vault, made once."""
    return make_template(tmp_path_factory.mktemp("template") / "vault")


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    """A copy of it, closed."""
    return template.copy(tmp_path / "vault")


@pytest.fixture
def vault(template: Template, tmp_path: Path) -> Iterator[Vault]:
    """A copy of it, opened."""
    opened = template.open(tmp_path / "vault")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _nothing_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    temporary = tmp_path / "system-temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield
    demand_nothing_plain(tmp_path)
