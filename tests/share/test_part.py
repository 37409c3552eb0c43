"""Parts of credentials: what can be left out, the part's own seal, and what can be read all the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.codec.samples import badge
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.selective import SelectiveIssuer
from tests.simulators.signing import SigningKey, compact_json, embed_proof, pinned_contexts
from tests.verify.desk import judged
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.errors import ShareError
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Verdict
from wallet.proofs.disclosure_value import is_derived
from wallet.share.part import base_proof, choices, part_of, still_told, whole_of
from wallet.share.presentation import is_presentable, revealed

SUITES = ("bbs-2023", "ecdsa-sd-2023")
ABOUT = "/credentialSubject/achievement/description"


def credential(suite: str = "ecdsa-sd-2023", **changes: object) -> Credential:
    parsed = parse(compact_json(SelectiveIssuer(suite).seal(badge(**changes))))
    assert isinstance(parsed, Credential)
    return parsed


@pytest.mark.parametrize("suite", SUITES)
def test_a_part_has_what_was_kept_and_nothing_else(suite: str) -> None:
    whole = credential(suite)
    part = part_of(whole, (ABOUT,), pinned_contexts())
    assert "Cleans tables" not in json.dumps(part.document)
    assert part.title == whole.title
    assert is_derived(part.proofs[0])
    assert base_proof(part) is None
    assert is_presentable(part)
    assert not is_presentable(whole)
    assert {one.path for one in revealed(whole)} - {one.path for one in revealed(part)} == {ABOUT}


@pytest.mark.parametrize("suite", SUITES)
def test_with_nothing_left_out_everything_is_shown_without_the_original_seal(suite: str) -> None:
    whole = credential(suite)
    part = part_of(whole, (), pinned_contexts())
    assert {name: value for name, value in part.document.items() if name != "proof"} == {
        name: value for name, value in whole.document.items() if name != "proof"}
    assert whole.proofs[0]["proofValue"] != part.proofs[0]["proofValue"]


def test_what_the_issuer_fixed_is_no_choice() -> None:
    whole = credential()
    fixed = [one.pointer for one in choices(whole) if one.is_fixed]
    assert fixed == ["/issuer", "/validFrom"]
    for pointer in (*fixed, "/nothing", "/credentialSubject", ""):
        with pytest.raises(ShareError) as caught:
            part_of(whole, (pointer,), pinned_contexts())
        assert caught.value.reason.code is R.POINTER_WRONG


def test_a_seal_for_the_whole_offers_no_choice() -> None:
    ordinary = parse(SimulatedIssuer("did:key").badge())
    assert isinstance(ordinary, Credential)
    assert choices(ordinary) == ()
    with pytest.raises(ShareError):
        part_of(ordinary, ("/name",), pinned_contexts())


def sealed_twice(issuer: SelectiveIssuer, whole_by: SelectiveIssuer, **members: object) -> Credential:
    """Under a seal of the whole, and one for parts beside it, as some issuers' platforms make them."""
    based = issuer.seal(badge())
    plain = {name: value for name, value in based.items() if name != "proof"}
    whole = embed_proof(plain, SigningKey("ES256", whole_by.seed), suite="eddsa-rdfc-2022",
                        options={"cryptosuite": "ecdsa-rdfc-2019"},
                        method=f"{whole_by.id}#{whole_by.multibase}", created="2026-05-12T09:30:00Z")
    parsed = parse(compact_json({**plain, "proof": [whole["proof"], {**based["proof"], **members}]}))
    assert isinstance(parsed, Credential)
    return parsed


def test_beside_a_seal_of_the_whole_the_one_for_parts_stays_and_makes_parts() -> None:
    issuer = SelectiveIssuer("ecdsa-sd-2023")
    kept = sealed_twice(issuer, issuer)
    assert not is_presentable(kept)
    whole = whole_of(kept, pinned_contexts())
    assert whole.document == kept.document | {"proof": kept.proofs[0]}
    part = part_of(kept, (ABOUT,), pinned_contexts())
    assert len(part.proofs) == 1
    assert is_derived(part.proofs[0])
    for one in (whole, part):
        assert is_presentable(one)
        assert judged(compact_json(one.document)).verdict is Verdict.VALID
    alone = credential()
    assert is_derived(whole_of(alone, pinned_contexts()).proofs[0])


def test_under_a_strangers_seal_of_the_whole_only_the_part_leaves() -> None:
    issuer, stranger = SelectiveIssuer("ecdsa-sd-2023"), SelectiveIssuer("ecdsa-sd-2023", "mallory")
    left = whole_of(sealed_twice(issuer, stranger), pinned_contexts())
    assert [is_derived(one) for one in left.proofs] == [True]


def test_seals_that_build_on_each_other_are_not_taken_apart() -> None:
    issuer = SelectiveIssuer("ecdsa-sd-2023")
    kept = sealed_twice(issuer, issuer, previousProof="urn:uuid:1")
    assert base_proof(kept) is None
    assert whole_of(kept, pinned_contexts()) is kept
    assert not is_presentable(kept)


def test_what_was_left_out_and_stands_elsewhere_is_named() -> None:
    whole = credential(name="All about how she Cleans tables, and more")
    part = part_of(whole, (ABOUT,), pinned_contexts())
    assert [one.path for one in still_told(whole, part)] == ["/name"]
    other = credential()
    assert still_told(other, part_of(other, (ABOUT,), pinned_contexts())) == ()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_choice_leaves_only_what_was_chosen(data: st.DataObject) -> None:
    whole = credential()
    free = [one.pointer for one in choices(whole) if not one.is_fixed]
    left = data.draw(st.lists(st.sampled_from(free), unique=True))
    paths = [one.path for one in revealed(part_of(whole, left, pinned_contexts()))]
    assert not [path for path in paths for gone in left if f"{path}/".startswith(f"{gone}/")]
    kept = [pointer for pointer in free if pointer not in left]
    assert all(any(f"{path}/".startswith(f"{pointer}/") for path in paths) for pointer in kept)
