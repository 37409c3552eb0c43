"""CLR 2.0: the envelope is read, what is inside is counted and bounded on its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.documents import LEARNER, badge, data, said, without
from wallet.formats.clr import check_clr, count_inner, without_inner
from wallet.formats.parse import parse
from wallet.model.credential import Credential, CredentialFormat, JsonObject
from wallet.model.errors import WalletError
from wallet.model.limits import MAX_CREDENTIAL_BYTES
from wallet.model.reasons import ReasonCode as R


def _record(*inner: JsonObject) -> JsonObject:
    return badge(
        type=["VerifiableCredential", "ClrCredential"],
        name="Transcript of Ada",
        credentialSubject={
            "id": LEARNER,
            "type": ["ClrSubject"],
            "verifiableCredential": list(inner),
            "association": [
                {
                    "type": "Association",
                    "associationType": "isChildOf",
                    "sourceId": "urn:a",
                    "targetId": "urn:b",
                }
            ],
        },
    )


def test_a_record_is_read_and_its_credentials_are_counted() -> None:
    found = parse(data(_record(badge(), badge())))
    assert isinstance(found, Credential)
    assert found.format is CredentialFormat.CLR_2
    assert found.title == "Transcript of Ada"
    assert found.problems == ()
    assert [type(one) for one in found.inside] == [Credential, Credential]
    assert found.notes == ()
    assert found.achievement.results == (("Rope Work", ""),)


def test_each_award_of_a_record_has_its_line_whatever_it_is_called() -> None:
    def inner(*pieces: JsonObject) -> JsonObject:
        return badge(credentialSubject={"type": "AchievementSubject", "achievement": list(pieces)})

    named = {"id": "urn:a", "name": "Rope Work"}
    record = _record(inner(named, {"id": "urn:a"}), inner({"name": "Knots"}), inner({"name": "Sails"}))
    found = parse(data(record))
    assert isinstance(found, Credential)
    assert found.achievement.results == (("Rope Work", ""), ("Knots", ""), ("Sails", ""))


def test_what_breaks_a_record() -> None:
    empty = _record()
    assert said(check_clr(empty, "2.0")) == [(R.MEMBER_MISSING, "credentialSubject.verifiableCredential")]
    wrong = _record(badge())
    wrong["credentialSubject"]["type"] = "Learner"
    wrong["credentialSubject"]["association"][0]["type"] = "Link"
    assert said(check_clr(wrong, "2.0")) == [
        (R.TYPE_MISSING, "credentialSubject.type"),
        (R.TYPE_MISSING, "credentialSubject.association.type"),
    ]
    for undated in (without(_record(badge()), "validFrom"), _record(badge()) | {"validFrom": None}):
        assert said(check_clr(undated, "2.0")) == [(R.MEMBER_MISSING, "validFrom")]


def test_the_bound_on_one_credential_leaves_out_those_inside() -> None:
    large = [badge(description="x" * 200_000) for _ in range(6)]
    assert isinstance(parse(data(_record(*large))), Credential)
    assert count_inner(without_inner(_record(*large))) == 0
    with pytest.raises(WalletError) as caught:
        parse(
            data(
                _record(badge())
                | {f"note{i}": "x" * 200_000 for i in range(MAX_CREDENTIAL_BYTES // 200_000 + 1)}
            )
        )
    assert caught.value.reason.code is R.LIMIT_BYTES


def test_the_published_records(vectors: Path) -> None:
    folder = vectors / "1edtech/digital-credentials-public-validator/inspector-clr/src/test/resources/clr20"
    for name, inner in (("complex.json", 6), ("simple.jwt", 1), ("simple_v1.json", 6)):
        found = parse((folder / name).read_bytes())
        assert isinstance(found, Credential)
        assert (found.format, found.problems) == (CredentialFormat.CLR_2, ())
        assert len(found.inside) == inner
        assert {type(one) for one in found.inside} == {Credential}
