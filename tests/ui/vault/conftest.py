"""The same desktop and wallet as the online tests use, and a keychain in memory."""

from __future__ import annotations

from functools import partial

import pytest

from tests.ui.online.conftest import clock, contexts, desktop, life, services, settled, web
from tests.vault.keychains import Computer
from wallet.operations import keychain

__all__ = ["clock", "computer", "contexts", "desktop", "life", "services", "settled", "web"]


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    """This computer's keychain."""
    made = Computer()
    monkeypatch.setattr(keychain, "Keychain", partial(keychain.Keychain, made.source))
    return made
