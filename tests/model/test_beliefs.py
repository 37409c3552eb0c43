"""Beliefs are plain values with an empty one that says nothing."""

from __future__ import annotations

from tests.conftest import AT
from wallet.model.beliefs import Belief, Stance


def test_a_name_alone_is_no_stance() -> None:
    belief = Belief("did:web:a.example", AT, name="Our school")
    assert belief.stance is Stance.NONE
    assert belief.thumbprints == ()
