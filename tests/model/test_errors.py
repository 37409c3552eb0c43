"""Errors: one root, one base per room, each with a reason and no sentence."""

from __future__ import annotations

from wallet.model import errors
from wallet.model.errors import CancelledError, LinkedDataError, ProofUnsupportedError, WalletError
from wallet.model.reasons import ReasonCode, reason


def test_every_error_has_one_root() -> None:
    found = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(found) >= 10
    assert all(issubclass(one, WalletError) for one in found)


def test_an_error_carries_its_reason() -> None:
    error = LinkedDataError(reason(ReasonCode.UNDEFINED_TERM, term="honours"))
    assert error.reason["term"] == "honours"
    assert str(error) == "undefined_term"


def test_what_we_cannot_check_is_told_from_what_is_wrong() -> None:
    assert issubclass(ProofUnsupportedError, errors.ProofError)
    assert CancelledError().reason.code is ReasonCode.CANCELLED
