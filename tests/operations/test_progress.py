from __future__ import annotations

import pytest

from wallet.model.errors import CancelledError
from wallet.operations.progress import SilentProgress, stop_if_cancelled


class Impatient(SilentProgress):
    def cancelled(self) -> bool:
        return True


def test_only_a_cancelled_operation_stops() -> None:
    stop_if_cancelled(SilentProgress())
    with pytest.raises(CancelledError):
        stop_if_cancelled(Impatient())
