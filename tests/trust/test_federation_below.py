"""A DID below intermediates: it names no superiors, so those below the anchor are asked, from above."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.simulators.federation import SimulatedEntity, kept
from tests.trust.test_federation import AT, DID, ISSUED, anchor, ask, chain, what
from wallet.model.evidence import EvidenceDocument
from wallet.trust.federation import MAX_PATH, configuration_address, list_address, statement_address
from wallet.trust.registry import Listing


def tree(length: int, **of_anchor: Any) -> list[EvidenceDocument]:
    """An anchor, intermediates in a row that list each other, and a DID below the last one."""
    row = [replace(one, hints=(), lists=True) for one in chain(length)]
    documents = [one.own_document() for one in row]
    for above, below in pairwise(row):
        documents += [above.document_denying(DID, AT), above.document_listing(below.id),
                      above.document_above(below, **(of_anchor if above is row[0] else {}))]
    return [*documents, row[-1].document_about(DID)]


@pytest.mark.parametrize("length", [0, 1, 2, MAX_PATH])
def test_a_did_may_stand_below_intermediates(length: int) -> None:
    answer = ask(tree(length))
    assert answer.listing is Listing.LISTED
    assert len(answer.evidence) == length + 2  # each step is a statement; what lists them proves nothing


def test_a_did_that_stands_too_deep_is_not_found() -> None:
    assert ask(tree(MAX_PATH + 1)).listing is Listing.ABSENT


@pytest.mark.parametrize(("constraints", "expected"), [
    ({"max_path_length": 2}, ""), ({"max_path_length": 1}, "max_path_length"),
    ({"naming_constraints": {"permitted": [".example"]}}, "naming_constraints"),
], ids=str)
def test_constraints_hold_for_a_did_too(constraints: dict[str, Any], expected: str) -> None:
    answer = ask(tree(2, constraints=constraints))
    assert (answer.listing is Listing.LISTED) is not bool(expected)
    if expected:
        assert (answer.listing, what(answer)) == (Listing.UNCHECKED, expected)


def test_what_is_lacking_on_the_way_down_is_named_step_by_step() -> None:
    whole = tree(1)
    root, middle = chain(1)
    missing = {address: ask([one for one in whole if one.address != address])
               for address in (list_address(f"{root.id}/list"), statement_address(root.endpoint, middle.id),
                               configuration_address(middle.id), statement_address(middle.endpoint, DID))}
    for address, answer in missing.items():
        assert (answer.listing, [one.address for one in answer.wanted]) == (Listing.UNCHECKED, [address])


def test_everybody_has_to_say_no_before_it_is_a_no() -> None:
    whole = tree(1)
    middle = chain(1)[1]
    no = middle.document_denying(DID, AT - timedelta(hours=3))
    nobody = middle.document_listing()
    rest = [one for one in whole if one.address != no.address]
    assert ask([*rest, no]).listing is Listing.UNCHECKED  # whom does it list?
    answer = ask([*rest, no, nobody])
    assert (answer.listing, answer.date) == (Listing.ABSENT, AT - timedelta(hours=3))
    unsupported = kept(nobody.address, b'{"error":"not_found"}', AT)
    assert ask([*rest, no, unsupported]).listing is Listing.ABSENT


def test_an_entity_that_is_only_listed_vouches_for_nobody() -> None:
    root, mallory = replace(anchor(), lists=True), SimulatedEntity("https://mallory.example", ISSUED)
    planted = [root.own_document(), root.document_denying(DID), root.document_listing(mallory.id),
               mallory.own_document(), mallory.document_about(DID)]
    assert ask(planted).listing is Listing.UNCHECKED
    assert ask([*planted, root.document_denying(mallory.id)]).listing is Listing.ABSENT
    forged = kept(statement_address(root.endpoint, mallory.id), mallory.signed(
        root.above(mallory), kid=root.key.kid))
    answer = ask([*planted, forged])
    assert (answer.listing, what(answer)) == (Listing.UNCHECKED, "signature")
    assert ask([*planted, root.document_above(mallory)]).listing is Listing.LISTED


def test_members_without_members_are_passed_by() -> None:
    root = replace(anchor(), lists=True)
    leaf = SimulatedEntity("https://college.example", ISSUED)
    own = leaf.own_document(metadata={"federation_entity": {"organization_name": "College"}})
    documents = [root.own_document(), root.document_denying(DID), root.document_listing(leaf.id, DID),
                 root.document_above(leaf), own]
    assert ask(documents).listing is Listing.ABSENT


@pytest.mark.parametrize("data", [b"", b"{}", b"<html>", json.dumps(
    [f"https://i{place}.example" for place in range(9)]).encode()], ids=["empty", "object", "page", "long"])
def test_a_list_of_members_that_is_none_leaves_it_open(data: bytes) -> None:
    root = replace(anchor(), lists=True)
    listed = kept(list_address(f"{root.id}/list"), data)
    answer = ask([root.own_document(), root.document_denying(DID), listed])
    assert (answer.listing, what(answer)) == (Listing.UNCHECKED, "list")


def test_members_in_a_circle_end() -> None:
    row = [replace(one, lists=True) for one in chain(1)]
    root, middle = row
    documents = [root.own_document(), middle.own_document(), root.document_above(middle),
                 middle.document_above(root), root.document_denying(DID), middle.document_denying(DID),
                 root.document_listing(middle.id), middle.document_listing(root.id, middle.id)]
    assert ask(documents).listing is Listing.ABSENT
