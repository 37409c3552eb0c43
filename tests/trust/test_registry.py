"""Issuer lists: by exact id, in order, with their dates; nothing ambiguous, unsealed or older is taken."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.federation import SimulatedKey
from wallet.model.errors import TrustError
from wallet.model.reasons import ReasonCode, reason
from wallet.trust.registry import (
    Listing,
    MissingList,
    demand_successor,
    issuer_list,
    list_date,
    recognise,
)

AT = datetime(2026, 11, 21, tzinfo=UTC)
UNI = "did:web:uni.example"
LEGACY = json.dumps({
    "meta": {"created": "2020-12-02T02:32:16+0000", "updated": "2025-03-01T23:07:03+0000"},
    "registry": {UNI: {"name": "Uni", "location": "Lund", "url": "https://uni.example"}},
}).encode()
PLAIN = json.dumps([{"name": "Uni of Lund", "id": UNI, "url": "https://uni.example", "note": "called them"},
                    {"name": "Other", "id": "https://other.example/issuer"}]).encode()
KEEPER = SimulatedKey("keeper")


def own(**members: Any) -> bytes:
    """A list in our own shape."""
    return json.dumps({"name": "National register", "version": 3, "date": "2026-11-01",
                       "expires": "2027-05-01", "issuers": [{"id": UNI, "name": "Uni"}]} | members).encode()


def test_legacy_registry_has_a_date_and_names() -> None:
    read = issuer_list(LEGACY, name="campus")
    assert read.date == datetime(2025, 3, 1, 23, 7, 3, tzinfo=UTC)
    found = read.find(UNI)
    assert found is not None
    assert (found.name, found.url, found.note) == ("Uni", "https://uni.example", "Lund")


def test_plain_list_written_by_hand() -> None:
    read = issuer_list(PLAIN, name="mine")
    found = read.find(UNI)
    assert found is not None
    assert (found.name, found.note, read.date) == ("Uni of Lund", "called them", None)


def test_own_shape_has_a_version_a_date_and_an_end() -> None:
    read = issuer_list(own(), name="national")
    assert (read.version, read.date, read.expires) == (
        3, datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC))


@pytest.mark.parametrize("near", ["did:web:uni.example.", "did:web:UNI.example", "did:web:un\u0456.example",
                                  "did:web:uni.example:students:~eve", "did:web:uni.example#key-1"])
def test_only_the_exact_id_is_known(near: str) -> None:
    assert issuer_list(LEGACY, name="campus").ask(near, AT).listing is Listing.ABSENT


def test_order_of_lists_is_their_authority() -> None:
    lists = (issuer_list(PLAIN, name="mine"), issuer_list(LEGACY, name="campus"))
    found = recognise(lists, UNI, AT)
    assert found.best is not None
    assert found.best.issuer is not None
    assert (found.best.list, found.best.issuer.name, found.asked) == ("mine", "Uni of Lund", 2)
    assert recognise(lists, "did:web:nobody.example", AT).best is None
    assert recognise((), UNI, AT).asked == 0


def test_a_list_that_has_ended_says_so_and_names_nobody_any_more() -> None:
    read = issuer_list(own(), name="national")
    assert read.expires is not None
    before, after = read.expires - timedelta(seconds=1), read.expires
    assert read.ask(UNI, before).listing is Listing.LISTED
    ended = read.ask(UNI, after)
    assert (ended.listing, ended.until) == (Listing.ENDED, read.expires)
    other = read.ask("did:web:nobody.example", after)
    assert other.listing is Listing.UNCHECKED
    assert other.because is not None
    assert other.because.code is ReasonCode.LIST_ENDED
    second = issuer_list(PLAIN, name="mine")
    found = recognise((read, second), UNI, after)
    assert found.best is not None
    assert (found.best.list, found.best.listing) == ("mine", Listing.LISTED)


def test_a_list_that_is_not_here_is_neither_yes_nor_no() -> None:
    missing = MissingList("campus", reason(ReasonCode.LIST_NOT_LOADED, name="campus"))
    found = recognise((missing,), UNI, AT)
    assert (found.best, found.asked, [one.list for one in found.unchecked]) == (None, 0, ["campus"])


@pytest.mark.parametrize("data", [
    b"", b"[", b"{}", b'"text"', b"[1]", b'[{"name": "no id"}]', b'[{"id": "did:web:a", "name": " "}]',
    b'[{"id": "not-a-uri", "name": "A"}]', b'{"registry": {"did:web:a": "A"}}', b"a.b.c", b"\xff\xfe",
    b'[{"id": "did:web:a", "name": "A"}, {"id": "did:web:a", "name": "B"}]',
    b'{"registry": {"did:web:a": {"name": "A"}, "did:web:a": {"name": "B"}}}',
    own(version="3"), own(version=True), own(version=-1), own(expires="soon"), own(issuers=[1]),
    b"[" * 5_000, b'[{"id":"did:web:a","name":"A"}' + b" " * (16 << 20) + b"]",
], ids=lambda data: f"{len(data)} bytes")
def test_what_cannot_be_read_or_is_ambiguous_is_refused(data: bytes) -> None:
    with pytest.raises(TrustError) as caught:
        issuer_list(data, name="broken")
    assert caught.value.reason.code is ReasonCode.EVIDENCE_UNREADABLE
    assert caught.value.reason["name"] == "broken"


# --- sealed lists ---


def refusal(data: bytes, *, key: SimulatedKey | None = KEEPER) -> tuple[ReasonCode, str]:
    with pytest.raises(TrustError) as caught:
        issuer_list(data, name="national", key=key.public if key else None)
    return caught.value.reason.code, caught.value.reason["because"]


@pytest.mark.parametrize("kind", ["ES256", "EdDSA"])
def test_a_sealed_list_is_read_by_its_pinned_key(kind: str) -> None:
    key = SimulatedKey("keeper", kind)
    read = issuer_list(key.sign(own()).encode(), name="national", key=key.public)
    assert (read.version, read.signer) == (3, key.public.thumbprint)
    assert read.ask(UNI, AT).listing is Listing.LISTED


def test_a_seal_that_does_not_hold_is_no_seal() -> None:
    sealed = KEEPER.sign(own())
    head, body, tail = sealed.split(".")
    other = KEEPER.sign(own(version=4)).split(".")[1]
    assert refusal(f"{head}.{other}.{tail}".encode()) == (ReasonCode.LIST_SEAL, "signature_wrong")
    assert refusal(SimulatedKey("mallory").sign(own()).encode())[0] is ReasonCode.LIST_SEAL
    assert refusal(sealed.encode(), key=None)[0] is ReasonCode.LIST_KEY_MISSING
    nothing = SimulatedKey("keeper").sign(own(), alg="none").encode()
    assert refusal(nothing) == (ReasonCode.LIST_SEAL, "algorithm_refused")
    assert body != other


@pytest.mark.parametrize("member", ["proof", "signature", "signatures", "payload"])
def test_a_seal_of_another_kind_is_not_passed_over(member: str) -> None:
    assert refusal(own(**{member: "x"}), key=None) == (ReasonCode.LIST_SEAL, "proof_unsupported")
    assert refusal(own(**{member: "x"})) == (ReasonCode.LIST_SEAL, "proof_unsupported")


def test_a_list_whose_key_is_pinned_must_be_sealed() -> None:
    assert refusal(own())[0] is ReasonCode.LIST_UNSEALED


@pytest.mark.parametrize("missing", ["version", "expires"])
def test_a_sealed_list_has_a_version_and_an_end(missing: str) -> None:
    document = json.loads(own())
    del document[missing]
    with pytest.raises(TrustError) as caught:
        issuer_list(KEEPER.sign(json.dumps(document).encode()).encode(), name="n", key=KEEPER.public)
    assert (caught.value.reason.code, caught.value.reason["found"]) == (ReasonCode.EVIDENCE_UNREADABLE,
                                                                       missing)


def test_something_else_sealed_by_the_same_key_is_no_list() -> None:
    assert refusal(KEEPER.sign(LEGACY).encode())[0] is ReasonCode.EVIDENCE_UNREADABLE


@pytest.mark.parametrize(("offered", "is_fine"), [
    (own(version=4), True), (own(), True), (own(version=2), False), (own(note="another 3"), True),
    (own(issuers=[]), False)], ids=["newer", "same", "older", "same list", "same number, other list"])
def test_versions_only_go_forward(offered: bytes, is_fine: bool) -> None:
    kept = issuer_list(own(), name="national")
    if is_fine:
        demand_successor(kept, issuer_list(offered, name="national"))
        return
    with pytest.raises(TrustError) as caught:
        demand_successor(kept, issuer_list(offered, name="national"))
    assert caught.value.reason.code is ReasonCode.LIST_OLDER


def test_dates_only_go_forward_where_there_are_no_versions() -> None:
    def dated(updated: str) -> bytes:
        return LEGACY.replace(b"2025-03-01T23:07:03+0000", updated.encode())
    kept = issuer_list(LEGACY, name="campus")
    demand_successor(kept, issuer_list(dated("2025-03-02T00:00:00Z"), name="campus"))
    demand_successor(kept, kept)
    for older in ("2025-02-01T00:00:00Z", "never"):
        with pytest.raises(TrustError) as caught:
            demand_successor(kept, issuer_list(dated(older), name="campus"))
        assert caught.value.reason.code is ReasonCode.LIST_OLDER


def test_a_sealed_list_is_not_followed_by_an_unsealed_one() -> None:
    kept = issuer_list(KEEPER.sign(own()).encode(), name="national", key=KEEPER.public)
    with pytest.raises(TrustError) as caught:
        demand_successor(kept, issuer_list(own(version=9), name="national"))
    assert caught.value.reason.code is ReasonCode.LIST_UNSEALED


@pytest.mark.parametrize(("text", "moment"), [
    ("2026-11-03", datetime(2026, 11, 3, tzinfo=UTC)),
    ("2026-11-03T01:00:00+01:00", datetime(2026, 11, 3, tzinfo=UTC)),
    ("2026-11-03T01:00:00+0100", datetime(2026, 11, 3, tzinfo=UTC)), ("soon", None), ("", None)])
def test_dates_of_lists(text: str, moment: datetime | None) -> None:
    assert list_date(text) == moment


VALUES = st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=12),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                          st.sampled_from(["id", "name", "issuers", "registry", "meta", "updated", "version",
                                           "expires", "did:web:a"]), inner, max_size=4), max_leaves=12)


@given(VALUES | st.binary(max_size=60))
def test_anything_is_a_list_or_refused_with_a_reason(value: object) -> None:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    read, code = None, ReasonCode.EVIDENCE_UNREADABLE
    try:
        read = issuer_list(data, name="any")
    except TrustError as error:
        code = error.reason.code
    assert code in (ReasonCode.EVIDENCE_UNREADABLE, ReasonCode.LIST_KEY_MISSING)
    assert all(":" in one.id and one.name for one in read.issuers.values()) if read else True


def test_published_registries_are_read(vectors: Path) -> None:
    published = vectors / "dcc/registries/sandbox-registry/registry.json"
    read = issuer_list(published.read_bytes(), name="sandbox")
    assert read.date == datetime(2026, 3, 25, tzinfo=UTC)
    assert read.find("did:web:digitalcredentials.github.io:vc-test-fixtures:dids:legacy") is not None


def test_a_published_list_that_gives_one_id_two_names_is_not_guessed(vectors: Path) -> None:
    published = vectors / "dcc/registries/issuer-registry/registry.json"
    with pytest.raises(TrustError) as caught:
        issuer_list(published.read_bytes(), name="members")
    assert caught.value.reason["found"] == "duplicate_key"
