"""No entry of the published table goes missing, no part disagrees, and what is broken is refused for that."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.conformance.data_model import Answer, Json, ask_issuer
from tests.conformance.kinds import (
    KINDS,
    Part,
    kinds_of,
    of_rows,
    parts,
    print_counts,
    print_parts,
    standing,
)
from tests.conformance.table import Desk, Standing, entries, rows

CREDENTIAL: Json = {
    "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
    "credentialSubject": {"id": "did:example:maya"}}
PRESENTATION: Json = {
    "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
    "verifiableCredential": [CREDENTIAL | {"issuer": "did:example:harbor"}]}
WORDS = "https://harbor.example/words#"


@pytest.fixture(scope="module")
def desk(vectors: Path) -> Desk:
    return Desk(vectors)


@pytest.fixture(scope="module")
def found(vectors: Path) -> tuple[Part, ...]:
    return parts(vectors)


def test_every_entry_has_exactly_one_kind(vectors: Path) -> None:
    table = entries(vectors)
    assert [entry["path"] for entry in table if len(kinds_of(entry)) != 1] == []
    assert Counter(kind.name for entry in table for kind in kinds_of(entry)).keys() == {
        kind.name for kind in KINDS}


def test_the_sum_is_the_published_table(vectors: Path, found: tuple[Part, ...]) -> None:
    everything = of_rows(rows(vectors)) + found
    assert Counter(part.path for part in everything) == Counter(one["path"] for one in entries(vectors))
    last = print_counts(everything).splitlines()[-1]
    assert last.startswith("all entries")
    assert int(last.split()[-1]) == len(entries(vectors))


def test_no_part_disagrees(found: tuple[Part, ...]) -> None:
    table = print_parts(found)
    assert [part.path for part in found if part.standing is Standing.DISAGREED] == [], table
    counts = Counter(part.standing for part in found)
    assert counts[Standing.AGREED] >= 210, table
    assert counts[Standing.OUT_OF_SCOPE] == 2, table


def test_what_is_broken_is_refused_for_what_is_broken(found: tuple[Part, ...]) -> None:
    """With everything else in order: else any other fault would do."""
    why = {Path(part.path).name: part.why for part in found if "-fail" in part.path}
    assert len(why) == 32
    told = {
        "credential-context-combo3-fail.json": "shape: context_refused",
        "credential-context-combo4-fail.json": "shape: context_refused",
        "credential-id-not-url-fail.json": "shape: member_type",
        "credential-issuer-null-fail.json": "shape: member_missing",
        "credential-name-extra-prop-en-fail.json": "shape: member_type",
        "credential-proof-missing-type-fail.json": "shape: proof_malformed",
        "credential-redef-type-fail.json": "statements: linked_data",
        "credential-status-type-nonurl-fail.json": "shape: type_missing",
        "credential-type-unmapped-fail.json": "statements: linked_data",
        "credential-validfrom-invalid-fail.json": "shape: date_unreadable",
        "issuer-description-extra-prop-en-fail.json": "shape: member_type",
        "presentation-context-order-fail.json": "shape: context_order",
        "presentation-holder-fail.json": "shape: member_type",
        "presentation-vc-missing-required-type-fail.json": "shape: type_missing",
    }
    assert {name: why[name] for name in told} == told
    assert {name for name, one in why.items() if one.startswith("statements")} == {
        "credential-redef-type-fail.json", "credential-redef-type2-fail.json",
        "credential-type-mapped-nonurl-fail.json", "credential-type-unmapped-fail.json"}


@pytest.mark.parametrize(("base", "change", "why"), [
    (CREDENTIAL, {}, ""), (PRESENTATION, {}, ""),
    (CREDENTIAL, {"validFrom": "PAST DATE", "validUntil": "FUTURE DATE"}, ""),
    (CREDENTIAL, {"@context": [*CREDENTIAL["@context"], {"Course": WORDS + "Course"}],
                  "type": ["VerifiableCredential", "Course"]}, ""),
    (CREDENTIAL, {"type": ["VerifiableCredential", "Course"],
                  "@context": [*CREDENTIAL["@context"], {"@vocab": None}]}, "statements: linked_data"),
    (CREDENTIAL, {"validFrom": "FUTURE", "issuer": {"name": "Harbor"}}, "shape: date_unreadable"),
    (CREDENTIAL, {"issuer": None}, "shape: member_missing"),
    (PRESENTATION, {"verifiableCredential": [CREDENTIAL]}, "shape: member_missing"),
    (PRESENTATION, {"holder": "maya"}, "shape: member_type")])
def test_the_issuer_of_these_tests_adds_only_what_an_issuer_adds(desk: Desk, base: Json, change: Json,
                                                                 why: str) -> None:
    answer = ask_issuer(desk, base | change)
    assert (answer.accepted, answer.why) == (not why, why or "shape: structure_ok")


@pytest.mark.parametrize(("expected", "accepted", "wanted"), [
    ("valid", True, Standing.AGREED), ("valid", False, Standing.DISAGREED),
    ("malformed", True, Standing.DISAGREED), ("malformed", False, Standing.AGREED),
    (None, True, Standing.NOT_STATED)])
def test_an_answer_is_compared_with_the_authors_word(expected: str | None, accepted: bool,
                                                     wanted: Standing) -> None:
    assert standing({"expected": expected}, Answer(accepted, "")) is wanted
    assert standing({"expected": expected}, Answer(accepted, "", True)) is Standing.OUT_OF_SCOPE
