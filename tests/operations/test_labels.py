"""Own words through the operations a window calls."""

from __future__ import annotations

import pytest

from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations import labels
from wallet.operations.intake import import_bytes
from wallet.operations.labels import Act, Labels
from wallet.operations.library import credentials, search
from wallet.operations.session import Session


def test_words_are_put_found_and_taken_back(session: Session, issuer: SimulatedIssuer) -> None:
    import_bytes(session, issuer.badge(), "one.json")
    (one,) = credentials(session)
    assert labels.set_title(session, one.id[:4], "Mine").credentials == {one.id}
    labels.set_note(session, one.id, "For the harbour")
    labels.add_tags(session, [one.id, one.id[:5]], ["#job", "job", "x"])
    labels.remove_tags(session, [one.id], ["x"])
    assert labels.labels(session, one.id) == Labels("Mine", "For the harbour", ("job",))
    assert labels.all_labels(session)[one.id].title == "Mine"
    assert labels.tags(session) == (("job", 1),)
    assert [hit.id for hit in search(session, "harbour job")] == [one.id]
    following = labels.next_undo(session)
    assert following is not None
    assert following.act is Act.UNTAGGED
    assert [labels.undo(session).act for _ in range(4)] == [Act.UNTAGGED, Act.TAGGED, Act.NOTED, Act.TITLED]
    assert labels.labels(session, one.id) == Labels()
    with pytest.raises(VaultError) as caught:
        labels.undo(session)
    assert caught.value.reason.code is ReasonCode.NOTHING_TO_UNDO


def test_a_credential_that_is_not_there_is_said(session: Session) -> None:
    with pytest.raises(VaultError) as caught:
        labels.set_title(session, "zz", "Mine")
    assert caught.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND
