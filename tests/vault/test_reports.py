from __future__ import annotations

from datetime import timedelta

import pytest

from tests.vault.vaults import NOW, document, record, report
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.reports import VaultReports
from wallet.vault.store import Vault

LATER = NOW + timedelta(days=7)


def test_the_report_that_is_replaced_is_kept_beside_the_new_one(vault: Vault) -> None:
    reports = VaultReports(vault)
    kept = vault.add(record(), now=NOW).id
    before = vault.get(kept).report
    after = report(at=LATER)
    reports.replace(kept, after, (document(),), now=LATER, since=LATER)
    assert vault.get(kept).report == after
    assert [one.sha256 for one in vault.evidence(kept)] == [document().sha256]
    (previous,) = reports.previous()
    assert (previous.credential_id, previous.report, previous.replaced_at) == (kept, before, LATER)


def test_one_pass_lays_by_once_and_the_next_one_again(vault: Vault) -> None:
    reports = VaultReports(vault)
    kept = vault.add(record(), now=NOW).id
    first, second, third = (report(at=LATER + timedelta(hours=hours)) for hours in (0, 1, 2))
    before = vault.get(kept).report
    reports.replace(kept, first, (), now=first.at, since=LATER)
    reports.replace(kept, second, (), now=second.at, since=LATER)  # the same pass, resumed
    assert reports.previous()[0].report == before
    reports.replace(kept, third, (), now=third.at, since=third.at)
    assert reports.previous()[0].report == second


def test_what_is_in_the_bin_or_gone_has_no_previous_report(vault: Vault) -> None:
    reports = VaultReports(vault)
    kept = vault.add(record(), now=NOW).id
    reports.replace(kept, report(at=LATER), (), now=LATER, since=LATER)
    vault.to_bin([kept], now=LATER)
    assert reports.previous() == ()
    vault.purge([kept])
    assert vault.database.value("SELECT count(*) FROM previous_report") == 0


def test_a_report_for_nobody_changes_nothing(vault: Vault) -> None:
    with pytest.raises(VaultError) as caught:
        VaultReports(vault).replace("none", report(), (), now=NOW, since=NOW)
    assert caught.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND
    assert VaultReports(vault).previous() == ()
