"""Chosen: of a part, the statements that could have been hidden, and not those that nobody can hide."""

from __future__ import annotations

import pytest

from tests.codec.samples import badge
from tests.simulators.selective import SelectiveIssuer
from tests.simulators.signing import JsonObject, pinned_contexts
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
