"""The port, and the adapter that brings nothing."""

from __future__ import annotations

import pytest

from wallet.model.network import FetchOutcome, Order, Purpose
from wallet.model.reasons import ReasonCode
from wallet.net.fetch import FetchError, Offline


def test_offline_refuses_without_sending_anything() -> None:
    with pytest.raises(FetchError) as caught:
        Offline().fetch(Order("https://issuer.example/keys", Purpose.ISSUER_KEY))
    assert caught.value.reason.code is ReasonCode.NETWORK_OFF
    assert caught.value.reason["host"] == "issuer.example"
    assert caught.value.outcome is FetchOutcome.REFUSED
    assert not caught.value.sent
