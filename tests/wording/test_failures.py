"""What a person is told when a wish was not done."""

from __future__ import annotations

import pytest

from wallet.model.reasons import ReasonCode, reason
from wallet.wording.failures import failure


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_can_end_a_wish(code: ReasonCode) -> None:
    told = failure(reason(code))
    assert all(
        part and part[0].isupper() and part.endswith((".", "?")) for part in (told.what, told.safe, told.next)
    )


def test_names_are_put_in_as_data() -> None:
    told = failure(reason(ReasonCode.FILE_MISSING, name="badge {what}\n.png"))
    assert told.what == "There is no file “badge {what} .png”."


def test_wrong_passphrase_is_not_damage() -> None:
    told = failure(reason(ReasonCode.VAULT_WRONG_PASSPHRASE))
    assert "damaged" not in told.what
    assert "not changed" in told.safe
    assert "recovery sheet" in told.next


def test_internal_fault_of_a_wish_names_its_kind_only() -> None:
    told = failure(reason(ReasonCode.INTERNAL_ERROR, kind="KeyError"))
    assert told.what == "A fault in this program stopped it (KeyError)."


@pytest.mark.parametrize("because", ["proof_unsupported", "signature_wrong", "key_malformed"])
def test_a_list_is_not_accused_of_a_seal_that_nobody_can_check(because: str) -> None:
    told = failure(reason(ReasonCode.LIST_SEAL, name="Register", because=because))
    assert told.what.startswith("The seal of the list “Register” could not be confirmed: ")
    assert "not hold" not in told.what


def test_failures_are_translated() -> None:
    told = failure(reason(ReasonCode.DISK_FULL), lambda text: text.upper())
    assert told.what == "THE DISK IS FULL."
