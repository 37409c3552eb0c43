from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.operations.conftest import PASSPHRASE
from tests.simulators.issuer import SimulatedIssuer
from wallet.keys.keypair import HolderKey
from wallet.model.errors import OperationError, VaultError
from wallet.model.reasons import ReasonCode
from wallet.model.sharing import ShareTerms
from wallet.operations.holder_keys import (
    add_holder_key,
    choose_holder_key,
    export_holder_key,
    holder_keys,
    identities_for,
    import_holder_key,
    is_key_file_encrypted,
    is_mine,
    label_holder_key,
    new_holder_key,
    own_dids,
    replace_holder_key,
    retire_holder_key,
)
from wallet.operations.intake import import_bytes
from wallet.operations.library import load_credential
from wallet.operations.session import Session
from wallet.operations.sharing import present
from wallet.operations.wallets import Passphrase

SECRET = Passphrase(PASSPHRASE)
FILE_PASSPHRASE = "seven quiet harbours at dawn"


def test_the_chosen_key_signs_what_is_shared(session: Session, issuer: SimulatedIssuer) -> None:
    (row,) = import_bytes(session, issuer.badge(entries=(issuer.entry(1),)), "badge").rows
    made = new_holder_key(session, "for jobs")
    for name, key in (("1", holder_keys(session)[0]), ("for jobs", made)):
        assert choose_holder_key(session, name).is_default
        bundle = present(session, [row.credential_id], ShareTerms())
        assert json.loads(bundle.presentation)["holder"] == key.key.did


def test_a_retired_key_is_still_hers(session: Session) -> None:
    first = holder_keys(session)[0]
    newer = replace_holder_key(session, "1")
    retire_holder_key(session, "1")
    assert own_dids(session) == (first.key.did, newer.key.did)
    assert is_mine(session, first.key.verification_method)
    assert not is_mine(session, HolderKey.generate().did)
    label_holder_key(session, "2", "now")
    assert [one.label for one in holder_keys(session)] == ["", "now"]


def test_only_the_key_that_a_credential_names_counts_as_a_name(session: Session,
                                                               issuer: SimulatedIssuer) -> None:
    (row,) = import_bytes(session, issuer.badge(entries=(issuer.entry(1),)), "badge").rows
    session.set_identities(("maya@lind.example",))
    assert identities_for(session, load_credential(session, row.credential_id)) == ("maya@lind.example",)


def test_a_key_leaves_encrypted_and_comes_back(session: Session, tmp_path: Path) -> None:
    made = new_holder_key(session, "for jobs")
    path = export_holder_key(session, "for jobs", SECRET, tmp_path / "key.jwe", passphrase=FILE_PASSPHRASE)
    assert is_key_file_encrypted(path)
    assert made.key.seed not in path.read_bytes()
    assert import_holder_key(session, path, passphrase=FILE_PASSPHRASE) == made  # known already
    with pytest.raises(OperationError) as caught:
        import_holder_key(session, path, passphrase="another")
    assert caught.value.reason.code is ReasonCode.KEY_FILE_LOCKED
    assert caught.value.reason["name"] == "key.jwe"


def test_a_key_from_elsewhere_is_kept_and_does_not_sign(session: Session, tmp_path: Path) -> None:
    other = HolderKey.generate()
    added = add_holder_key(session, other.seed, "from the other wallet", now=session.now())
    path = export_holder_key(session, str(added.number), SECRET, tmp_path / "k.json", unsafe_plain=True)
    assert not is_key_file_encrypted(path)
    assert import_holder_key(session, path) == added
    assert not added.is_default


def test_taking_a_key_out_asks_again_and_protects(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "key.jwe"
    with pytest.raises(VaultError) as wrong:
        export_holder_key(session, "1", Passphrase("not mine"), target, unsafe_plain=True)
    assert wrong.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE
    for passphrase, code in (("", ReasonCode.PASSPHRASE_EMPTY), ("1234", ReasonCode.PASSPHRASE_WEAK)):
        with pytest.raises(OperationError) as weak:
            export_holder_key(session, "1", SECRET, target, passphrase=passphrase)
        assert weak.value.reason.code is code
    assert not target.exists()


def test_a_file_that_is_no_key_is_refused(session: Session, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(OperationError) as caught:
        import_holder_key(session, tmp_path / "x.json")
    assert caught.value.reason.code is ReasonCode.KEY_FILE_UNREADABLE
    assert len(holder_keys(session)) == 1
