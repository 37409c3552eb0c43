"""LearnCard bundles, as their description and code say; made here, no export of a real account at hand."""

from __future__ import annotations

import json

import pytest

from tests.simulators.other_wallets import envelope, learncard_bundle
from wallet.formats.learncard_bundle import is_learncard_manifest, read_learncard_bundle
from wallet.keys.keypair import HolderKey
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode

CREDENTIAL = b'{"type": ["VerifiableCredential"]}'
KEY = HolderKey.generate()


def members(**changed: object) -> dict[str, bytes]:
    return learncard_bundle({
        "credentials/a.json.enc": ("credential", envelope(CREDENTIAL, "secret", **changed), True),
        "presentations/b.json": ("presentation", b"{}", False),
        "keys/seed.txt.enc": ("key-private-seed", envelope(KEY.seed.hex().encode(), "secret"), True),
        "index-records/c.json.enc": ("index-record", envelope(b"{}", "secret"), True)}, KEY.did)  # fmt: skip


def test_a_bundle_gives_credentials_the_key_and_the_rest() -> None:
    steps: list[tuple[int, int]] = []
    found = read_learncard_bundle(members(), "x.zip", "secret", lambda *step: steps.append(step))
    assert [one.data for one in found.credentials] == [CREDENTIAL, b"{}"]
    assert [one.seed for one in found.keys] == [KEY.seed]
    assert found.others == ("index-records/c.json.enc",)
    assert steps[-1] == (4, 4)


@pytest.mark.parametrize(("passphrase", "code"), [(None, ReasonCode.EXPORT_LOCKED),
                                                  ("wrong", ReasonCode.EXPORT_WRONG_PASSPHRASE)])
def test_without_the_passphrase_nothing_opens(passphrase: str | None, code: ReasonCode) -> None:
    with pytest.raises(FormatError) as caught:
        read_learncard_bundle(members(), "x.zip", passphrase)
    assert caught.value.reason.code is code


def test_a_file_that_is_not_what_the_manifest_says_is_named_and_the_rest_read() -> None:
    changed = members()
    changed["presentations/b.json"] = b"[]"
    found = read_learncard_bundle(changed, "x.zip", "secret")
    problems = [one.problem.code if one.problem else None for one in found.credentials]
    assert problems == [None, ReasonCode.EXPORT_DAMAGED]


@pytest.mark.parametrize("changed", [{"memoryCost": 2**32}, {"memoryCost": 1}, {"timeCost": 1000},
                                     {"parallelism": 0}, {"algorithm": "scrypt"}, {"timeCost": "3"}],
                         ids=["memory", "cheap", "time", "lanes", "name", "text"])
def test_a_cost_out_of_reason_is_refused_before_anything_is_derived(changed: dict[str, object]) -> None:
    with pytest.raises(FormatError) as caught:
        read_learncard_bundle(members(**changed), "x.zip", "secret")
    assert caught.value.reason.code is ReasonCode.EXPORT_DAMAGED


def test_a_seed_that_makes_another_identity_is_not_taken_for_the_key() -> None:
    other = members()
    manifest = json.loads(other["manifest.json"]) | {"primaryDid": HolderKey.generate().did}
    found = read_learncard_bundle(other | {"manifest.json": json.dumps(manifest).encode()}, "x.zip", "secret")
    assert [one.seed for one in found.keys] == [None]


def test_another_version_and_another_manifest_are_told_apart() -> None:
    later = learncard_bundle({}, version="2.0.0")
    assert is_learncard_manifest(later["manifest.json"])
    assert not is_learncard_manifest(b'{"format": "vcpack"}')
    assert not is_learncard_manifest(b"")
    with pytest.raises(FormatError) as caught:
        read_learncard_bundle(later, "x.zip", None)
    assert caught.value.reason.code is ReasonCode.FORMAT_UNSUPPORTED
