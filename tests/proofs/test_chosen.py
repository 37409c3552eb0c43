"""Chosen: of a part, the statements that could have been hidden, and not those that nobody can hide."""

from __future__ import annotations

import pytest

from tests.codec.samples import badge
from tests.simulators.selective import SelectiveIssuer
from tests.simulators.signing import JsonObject, compact_json, pinned_contexts
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode, reason
from wallet.proofs import bbs_2023, ecdsa_sd
from wallet.proofs.chosen import chosen_statements
from wallet.proofs.data_integrity import prepare
from wallet.proofs.disclosure import derive


def part(suite: str, *pointers: str) -> JsonObject:
    base = SelectiveIssuer(suite).seal(badge())
    return derive(base, base["proof"], pointers, pinned_contexts())


@pytest.mark.parametrize("suite", [ecdsa_sd.NAME, bbs_2023.NAME])
def test_what_is_always_shown_was_not_chosen(suite: str) -> None:
    shown = part(suite, "/credentialSubject/achievement/name")
    chosen = chosen_statements(prepare(shown, pinned_contexts()), shown["proof"])
    assert any("<https://schema.org/name>" in line for line in chosen)
    assert not any("validFrom" in line for line in chosen)
    assert not chosen_statements(prepare(shown, pinned_contexts()), shown["proof"] | {"proofValue": "u2V0B"})


def in_two_contents() -> tuple[JsonObject, Contexts, Contexts]:
    """A part that was sealed under the older of two contents, with what was known then and what is now."""
    address = "https://words.example/v1"
    before: JsonObject = {"@context": {"@protected": True, "rank": {"@id": "https://words.example/rank"}}}
    after = {"@context": {"@protected": True, "rank": {"@id": "https://words.example/rank",
                                                       "@container": "@list"}}}
    older = pinned_contexts().extended({address: compact_json(before)})
    both = older.extended({address: compact_json(after)})
    entries = [{"id": f"https://a.example/list#{index}", "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation", "statusListIndex": str(index),
                "statusListCredential": "https://a.example/list"} for index in (1, 2)]
    document = badge() | {"credentialStatus": entries, "rank": ["second", "of ten"]}
    document["@context"] = [*document["@context"], address]
    base = SelectiveIssuer(ecdsa_sd.NAME).seal(document, contexts=older)
    return derive(base, base["proof"], ["/credentialStatus/0", "/rank"], older), older, both


def test_what_was_chosen_is_told_under_whichever_content_of_the_contexts_it_was_sealed() -> None:
    """Under the newer content other things have no name: what was chosen looked as if always shown."""
    shown, older, both = in_two_contents()
    for known in (older, both):
        chosen = chosen_statements(prepare(shown, known), shown["proof"])
        assert any("credentialStatus>" in line for line in chosen)


def test_what_one_content_of_the_contexts_tells_counts_though_another_cannot_be_told() -> None:
    shown, _, both = in_two_contents()
    prepared = prepare(shown, both)
    prepared = prepared._replace(choices=prepared.choices[::-1])
    chosen = chosen_statements(prepared, shown["proof"])
    _, newer = [known for known, _ in prepared.variants(distinct=True)]
    for code in (ReasonCode.LIMIT_CANONICALISATION, ReasonCode.CHECK_STOPPED):
        forms = prepared.forms | {(newer, "SHA-256", False): LinkedDataError(reason(code))}
        assert chosen_statements(prepared._replace(forms=forms), shown["proof"]) == chosen != ()
