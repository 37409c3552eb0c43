"""Compiled contexts never read what the reference path does not, nor otherwise: a small, seeded run."""

from __future__ import annotations

import random
from pathlib import Path

from tests.codec.samples import badge, contexts
from tests.properties.differential import Tally, compare, documents, mutated, run
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.canonical import compiled_form, context_addresses
from wallet.codec.strict_json import parse_object


def test_no_engine_contradicts_another_on_mutated_credentials(vectors: Path) -> None:
    tally = run(800, 20261121, folder=vectors)
    assert tally.violations == []
    assert tally.counts["compiled: accepted"] > 200
    assert tally.counts["pyoxigraph: compared"] > 200
    assert tally.counts["compiled: refused"] > 200


def test_no_engine_contradicts_another_on_what_the_simulated_issuer_mints() -> None:
    issuer, tally, choice = SimulatedIssuer("did:key"), Tally(), random.Random(7)
    minted = [parse_object(issuer.badge()), parse_object(issuer.badge(version="1.1"))]
    for document in minted:
        compare(document, tally)
        for _ in range(60):
            compare(mutated(document, choice), tally)
    assert tally.violations == []
    assert tally.counts["compiled: accepted"] > 20


def test_what_people_hold_does_not_need_the_reference(vectors: Path) -> None:
    """Every badge of the vectors that the reference accepts is read by compiled contexts alone."""
    tally = Tally()
    for document in documents(vectors):
        compare(document, tally)
    assert tally.violations == []
    assert tally.counts["compiled: refused, the reference accepts"] == 0
    assert tally.counts["compiled: left to the reference"] < tally.counts["compiled: accepted"] / 10


def test_the_comparison_notices_a_difference() -> None:
    tally, document = Tally(), badge()
    compare(document, tally)
    assert tally.counts["pyoxigraph: compared"] == 1
    other = compiled_form(badge(name="x"), contexts().variants(context_addresses(document))[0]).nquads
    assert other != compiled_form(document, contexts().variants(context_addresses(document))[0]).nquads
