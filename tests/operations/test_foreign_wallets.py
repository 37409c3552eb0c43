"""Moving in from other wallets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.operations.conftest import PASSPHRASE
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.other_wallets import (
    envelope,
    key_pair,
    learncard_bundle,
    locked_wallet,
    universal_wallet,
    zipped,
)
from wallet.keys.keypair import HolderKey
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.foreign_wallets import take_over
from wallet.operations.intake import ImportOutcome
from wallet.operations.library import credentials
from wallet.operations.progress import SilentProgress
from wallet.operations.session import Session
from wallet.operations.upkeep import back_up
from wallet.operations.wallets import Passphrase
from wallet.vault.holder_keys import HolderKeys


def test_credentials_stay_good_and_keys_come_on_request_only(session: Session, issuer: SimulatedIssuer,
                                                            tmp_path: Path) -> None:
    key = HolderKey.generate()
    file = tmp_path / "Wallet Backup.json"
    wallet = universal_wallet(json.loads(issuer.badge()), issuer.badge_jwt(number=2).decode(), key_pair(key))
    file.write_text(json.dumps(wallet))
    mine = session.vault.holder_key()
    done = take_over(session, file, None)
    assert [row.report.verdict for row in done.rows if row.report] == [Verdict.VALID] * 2
    assert [row.reason.code for row in done.rows if row.reason] == [ReasonCode.LEFT_KEY]
    assert len(HolderKeys(session.vault).all()) == 1
    done = take_over(session, file, None, with_keys=True)
    assert [row.outcome for row in done.rows] == [ImportOutcome.KNOWN] * 2
    kept = HolderKeys(session.vault).get(str(done.keys[0]))
    assert (kept.key.seed, kept.label, kept.is_default) == (key.seed, "from UniversalWallet2020", False)
    assert session.vault.holder_key() == mine


def test_locked_files_open_with_the_passphrase_they_were_made_with(session: Session, issuer: SimulatedIssuer,
                                                                  tmp_path: Path) -> None:
    key = HolderKey.generate()
    bundle = learncard_bundle({
        "credentials/a.json.enc": ("credential", envelope(issuer.badge(number=5), "theirs"), True),
        "keys/seed.txt.enc": ("key-private-seed", envelope(key.seed.hex().encode(), "theirs"), True),
    }, key.did)  # fmt: skip
    (tmp_path / "learncard.zip").write_bytes(zipped(bundle))
    locked = locked_wallet([json.loads(issuer.badge(number=6))], "theirs")
    (tmp_path / "locked.json").write_text(json.dumps(locked))
    for name in ("learncard.zip", "locked.json"):
        for secret, code in ((None, ReasonCode.EXPORT_LOCKED),
                             (Passphrase("no"), ReasonCode.EXPORT_WRONG_PASSPHRASE)):
            with pytest.raises(FormatError) as caught:
                take_over(session, tmp_path / name, secret)
            assert caught.value.reason.code is code
        assert credentials(session) == () or name == "locked.json"
        done = take_over(session, tmp_path / name, Passphrase("theirs"), with_keys=True)
        assert [row.outcome for row in done.rows] == [ImportOutcome.ADDED]
    assert len(HolderKeys(session.vault).all()) == 2
    assert len(credentials(session)) == 2


def test_archives_of_badges_and_our_own_backups_need_no_word_more(session: Session, issuer: SimulatedIssuer,
                                                                 tmp_path: Path) -> None:
    (tmp_path / "badgr.zip").write_bytes(zipped({"one.json": issuer.badge(number=7), "readme.txt": b"hello"}))
    done = take_over(session, tmp_path / "badgr.zip", None)
    assert [row.outcome for row in done.rows] == [ImportOutcome.ADDED, ImportOutcome.REFUSED]
    back_up(session, tmp_path / "b.vcwallet")
    again = take_over(session, tmp_path / "b.vcwallet", Passphrase(PASSPHRASE))
    assert again.merged is not None
    assert not again.merged.changed


class Stopped(SilentProgress):
    def cancelled(self) -> bool:
        return True


def test_stopping_is_told(session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    (tmp_path / "w.json").write_text(json.dumps(universal_wallet(json.loads(issuer.badge()))))
    done = take_over(session, tmp_path / "w.json", None, progress=Stopped())
    assert done.cancelled
    assert credentials(session) == ()
