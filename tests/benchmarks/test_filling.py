"""The credentials of the vault's table are genuine, different, and about as large as real ones."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.filling import Mint, fill, new_wallet
from wallet.model.report import Verdict
from wallet.operations.library import count, credentials, search
from wallet.operations.wallets import lock
from wallet.vault.integrity import check_integrity


def test_the_same_ones_in_every_run() -> None:
    first, again = Mint(), Mint()
    tokens = [first.token(number) for number in range(5)]
    assert [again.token(number) for number in range(5)] == tokens
    assert len(set(tokens)) == 5
    assert all(3_500 < len(token) < 4_700 for token in tokens)


def test_a_filled_wallet_is_a_sound_one(tmp_path: Path) -> None:
    filled = new_wallet(tmp_path)
    handed: list[str] = []
    fill(filled, Mint(), range(30), lambda records: handed.extend(one.sha256 for one in records))
    session = filled.opened()
    rows = credentials(session)
    assert count(session) == len(rows) == 30
    assert [one.sha256 for one in reversed(rows)] == handed
    assert {one.report.verdict for one in rows} == {Verdict.VALID}
    assert search(session, rows[0].title.split()[0].lower(), limit=1)
    check_integrity(session.vault)
    lock(session)
