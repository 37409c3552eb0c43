from __future__ import annotations

from datetime import timedelta

import pytest

from tests.vault.vaults import NOW, record, report
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.reports import VaultReports
from wallet.vault.store import Vault

LATER = NOW + timedelta(days=7)


def test_the_report_that_is_replaced_stays_beside_the_new_one(vault: Vault) -> None:
    reports = VaultReports(vault)
    kept = vault.add(record(), now=NOW).id
    before = vault.get(kept).report
    reports.lay_by([kept], now=LATER, since=None)
    vault.set_report(kept, report(at=LATER))
    (previous,) = reports.previous()
    assert (previous.credential_id, previous.report, previous.replaced_at) == (kept, before, LATER)
    assert vault.get(kept).report == report(at=LATER)


def test_one_pass_lays_by_once_and_the_next_one_again(vault: Vault) -> None:
    reports = VaultReports(vault)
    kept = vault.add(record(), now=NOW).id
    before, second = vault.get(kept).report, report(at=LATER)
    reports.lay_by([kept], now=LATER, since=None)
    vault.set_report(kept, second)
    reports.lay_by([kept], now=LATER + timedelta(hours=1), since=LATER)  # the same pass, resumed
    assert reports.previous()[0].report == before
    reports.lay_by([kept], now=LATER, since=None)  # another one, in the same second
    assert reports.previous()[0].report == second


def test_what_is_in_the_bin_or_gone_has_no_previous_report(vault: Vault) -> None:
    reports = VaultReports(vault)
    kept = vault.add(record(), now=NOW).id
    reports.lay_by([kept], now=LATER, since=LATER)
    vault.to_bin([kept], now=LATER)
    assert reports.previous() == ()
    vault.purge([kept])
    assert vault.database.value("SELECT count(*) FROM previous_report") == 0


def test_laying_by_is_all_or_nothing(vault: Vault) -> None:
    kept = vault.add(record(), now=NOW).id
    with pytest.raises(VaultError) as caught:
        VaultReports(vault).lay_by([kept, "none"], now=NOW, since=NOW)
    assert caught.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND
    assert VaultReports(vault).previous() == ()
