"""What a document says about keys, read as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wallet.codec.encoding import base58_encode, base64url_decode
from wallet.keys.controller import ControllerDocument, VerificationMethod, controller_document
from wallet.keys.keypair import HolderKey
from wallet.model.errors import KeysError
from wallet.model.limits import MAX_DID_METHODS
from wallet.model.reasons import ReasonCode

Json = dict[str, Any]
UNI = "did:web:uni.example"
ONE, TWO = HolderKey.from_seed(b"\1" * 32).public, HolderKey.from_seed(b"\2" * 32).public


def method(name: str = "#key-1", **change: Any) -> Json:
    return {"id": name, "type": "Multikey", "controller": UNI, "publicKeyMultibase": ONE.multibase} | change


def read(document: Json, address: str = UNI) -> ControllerDocument:
    return controller_document({"id": UNI} | document, address=address)


def only(value: Json) -> VerificationMethod:
    [found] = read({"verificationMethod": [value]}).methods
    return found


def problem(value: Json) -> ReasonCode:
    found = only(value)
    assert found.key is None
    assert found.problem
    return found.problem.code


def refusal(document: Json, address: str = UNI) -> ReasonCode:
    with pytest.raises(KeysError) as caught:
        read(document, address)
    return caught.value.reason.code


def test_a_did_document_lists_keys_for_purposes() -> None:
    document = read(
        {
            "verificationMethod": [method(), method("#key-2", publicKeyMultibase=TWO.multibase)],
            "assertionMethod": ["#key-1"],
            "authentication": [f"{UNI}#key-2"],
        }
    )
    assert document.assertion == {f"{UNI}#key-1"}
    assert document.authentication == {f"{UNI}#key-2"}
    found = document.method(f"{UNI}#key-1")
    assert found
    assert (found.key, found.controller, found.problem) == (ONE, UNI, None)
    assert document.method(f"{UNI}#key-3") is None


def test_a_key_for_signing_in_is_no_key_for_assertions() -> None:
    document = read(
        {"verificationMethod": [method()], "authentication": ["#key-1"], "keyAgreement": ["#key-1"]}
    )
    assert document.assertion == frozenset()
    assert read({"verificationMethod": [method()]}).assertion == frozenset()


def test_a_method_written_inside_a_purpose_counts_there_only() -> None:
    document = read({"assertionMethod": [method()], "authentication": method("#key-2")})
    assert document.assertion == {f"{UNI}#key-1"}
    assert document.authentication == {f"{UNI}#key-2"}
    assert len(document.methods) == 2


def test_the_same_method_may_be_written_out_for_each_purpose() -> None:
    document = read({"assertionMethod": [method()], "authentication": [method()]})
    assert document.assertion == document.authentication
    assert len(document.methods) == 1


def test_two_keys_under_one_name_are_ambiguous() -> None:
    other = method(publicKeyMultibase=TWO.multibase)
    assert refusal({"verificationMethod": [method(), other]}) is ReasonCode.DID_DOCUMENT_MALFORMED
    assert refusal({"verificationMethod": [method()], "assertionMethod": [other]}) is (
        ReasonCode.DID_DOCUMENT_MALFORMED
    )


def test_a_method_of_another_document_stays_a_name() -> None:
    elsewhere = f"did:key:{ONE.multibase}#{ONE.multibase}"
    document = read({"assertionMethod": [elsewhere]})
    assert document.assertion == {elsewhere}
    assert document.methods == ()


def test_the_document_must_be_the_one_that_was_asked_for() -> None:
    for asked in ("did:web:evil.example", UNI + "/", UNI.upper()):
        assert refusal({}, asked) is ReasonCode.DID_DOCUMENT_MALFORMED
    with pytest.raises(KeysError):
        controller_document({"verificationMethod": []}, address=UNI)


@pytest.mark.parametrize(
    "document",
    [
        {"verificationMethod": ["#key-1"]},
        {"verificationMethod": [{"type": "Multikey"}]},
        {"verificationMethod": [method(5)]},  # type: ignore[arg-type]  # that is the fault
        {"assertionMethod": [5]},
        {"assertionMethod": [""]},
        {"assertionMethod": ["x" * 5_000]},
    ],
    ids=lambda value: str(value)[:50],
)
def test_shapes_that_name_nothing_are_malformed(document: Json) -> None:
    assert refusal(document) is ReasonCode.DID_DOCUMENT_MALFORMED


@pytest.mark.parametrize(("count", "passes"), [(MAX_DID_METHODS, True), (MAX_DID_METHODS + 1, False)])
def test_methods_are_bounded(count: int, passes: bool) -> None:
    document = {"verificationMethod": [method(f"#{index}") for index in range(count)]}
    if passes:
        assert len(read(document).methods) == count
    else:
        assert refusal(document) is ReasonCode.LIMIT_ITEMS


@pytest.mark.parametrize(
    "form",
    [
        {"type": "Ed25519VerificationKey2020"},
        {"type": ["Multikey"]},
        {"type": "JsonWebKey", "publicKeyMultibase": None, "publicKeyJwk": ONE.jwk()},
        {"type": "JsonWebKey2020", "publicKeyMultibase": None, "publicKeyJwk": ONE.jwk()},
        {
            "type": "Ed25519VerificationKey2018",
            "publicKeyMultibase": None,
            "publicKeyBase58": base58_encode(base64url_decode(ONE.jwk()["x"])),
        },
    ],
    ids=lambda form: str(form["type"]),
)
def test_every_form_gives_the_key(form: Json) -> None:
    assert only({name: value for name, value in method(**form).items() if value}).key == ONE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "EcdsaSecp256k1VerificationKey2019"}, ReasonCode.KEY_UNSUPPORTED),
        ({"type": None}, ReasonCode.KEY_UNSUPPORTED),
        ({"type": "JsonWebKey"}, ReasonCode.KEY_MALFORMED),
        ({"publicKeyMultibase": 5}, ReasonCode.KEY_MALFORMED),
        ({"publicKeyMultibase": "z0"}, ReasonCode.KEY_MALFORMED),
        ({"publicKeyJwk": TWO.jwk()}, ReasonCode.KEY_MALFORMED),
        ({"privateKeyMultibase": "z1"}, ReasonCode.KEY_PRIVATE),
        ({"secretKeyMultibase": "z1"}, ReasonCode.KEY_PRIVATE),
        ({"controller": ["a", "b"]}, ReasonCode.KEY_MALFORMED),
        ({"revoked": "yesterday"}, ReasonCode.KEY_MALFORMED),
        ({"expires": 5}, ReasonCode.KEY_MALFORMED),
        (
            {
                "type": "Ed25519VerificationKey2020",
                "publicKeyMultibase": "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
            },
            ReasonCode.KEY_MALFORMED,
        ),
    ],
    ids=str,
)
def test_one_unusable_method_names_its_problem_and_spares_the_others(change: Json, code: ReasonCode) -> None:
    assert problem(method(**change)) is code
    document = read({"verificationMethod": [method(**change), method("#good")]})
    good = document.method(f"{UNI}#good")
    assert good
    assert good.key == ONE


def test_dates_of_a_method_are_kept() -> None:
    found = only(method(revoked="2025-01-01T00:00:00Z", expires="2026-01-01T00:00:00+01:00"))
    assert found.revoked == datetime(2025, 1, 1, tzinfo=UTC)
    assert found.expires == datetime(2025, 12, 31, 23, tzinfo=UTC)


def test_a_key_that_is_taken_back_is_in_doubt_under_each_of_its_names() -> None:
    """From the earliest date that is said of it; other keys, and methods without one, are spared."""
    document = read({"verificationMethod": [
        method("#late", revoked="2025-06-01T00:00:00Z"), method("#soon", revoked="2025-01-01T00:00:00Z"),
        method("#other", publicKeyMultibase=TWO.multibase), method("#none", publicKeyMultibase="z0"),
        method("#name")]})
    found = {one.id.removeprefix(UNI): (one.revoked and one.revoked.month, one.problem and one.problem.code)
             for one in document.methods}
    assert found == {"#late": (6, None), "#soon": (1, None), "#other": (None, None),
                     "#none": (None, ReasonCode.KEY_MALFORMED), "#name": (1, ReasonCode.KEY_REVOKED)}


def test_a_badge_profile_lists_its_keys_in_its_own_way() -> None:
    public = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    text = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    address = "https://uni.example/issuers/7"
    key = {"id": f"{address}/key", "type": "CryptographicKey", "owner": address, "publicKeyPem": text}
    profile = {"id": address, "type": "Profile", "publicKey": key}
    document = controller_document(profile, address=address)
    assert document.assertion == {f"{address}/key"}
    assert document.methods[0].key
    named = controller_document(profile | {"publicKey": f"{address}/key"}, address=address)
    assert named.assertion == {f"{address}/key"}
    assert named.methods == ()
    alone = controller_document(key, address=f"{address}/key")
    assert alone.methods[0].controller == address
    modern = controller_document(profile | {"authentication": []}, address=address)
    assert modern.assertion == frozenset()


def test_a_profile_without_purposes_may_call_a_key_by_the_seals_it_makes() -> None:
    """So do the badges of a platform in use; every other document has to list the key for the purpose."""
    address = "https://uni.example/issuers/7?v=3_0"
    key = method(f"{address}#key-0", type="DataIntegrityProof", cryptosuite="eddsa-rdfc-2022",
                 controller=address)
    profile = {"id": address, "type": "Issuer", "verificationMethod": key}
    document = controller_document(profile, address=address)
    assert document.assertion == {f"{address}#key-0"}
    assert document.authentication == frozenset()
    assert document.methods[0].key == ONE
    others: tuple[Json, ...] = (
        {"verificationMethod": key | {"type": "Multikey"}}, {"authentication": []},
        {"assertionMethod": [f"{address}#key-1"]})
    for other in others:
        assert f"{address}#key-0" not in controller_document(profile | other, address=address).assertion
    own = method(type="DataIntegrityProof")
    assert read({"verificationMethod": own}).assertion == frozenset()
    assert read({"verificationMethod": own, "assertionMethod": "#key-1"}).methods[0].key == ONE


def test_a_jwk_set_answers_for_its_address() -> None:
    address = "https://uni.example/jwks"
    keys = [ONE.jwk() | {"kid": "a"}, TWO.jwk(), {"kty": "EC", "crv": "secp256k1", "kid": "c"}]
    document = controller_document({"keys": keys}, address=address)
    assert [(m.id, m.kid, m.key) for m in document.methods] == [
        (f"{address}#a", "a", ONE),
        (f"{address}#1", "", TWO),
        (f"{address}#c", "c", None),
    ]
    assert document.assertion == {m.id for m in document.methods}
    full = controller_document({"keys": [ONE.jwk() | {"kid": f"{address}#k"}]}, address=address)
    assert full.methods[0].id == f"{address}#k"
    most = controller_document({"keys": [{}] * MAX_DID_METHODS}, address=address)
    assert len(most.methods) == MAX_DID_METHODS
    single = controller_document(ONE.jwk() | {"kid": "k"}, address=address)
    assert (single.methods[0].id, single.methods[0].key) == (address, ONE)


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ([{"kid": "a"}, {"kid": "a", "kty": "EC"}], ReasonCode.DID_DOCUMENT_MALFORMED),
        ([ONE.jwk(), ONE.jwk() | {"kid": "0", "alg": "EdDSA"}], ReasonCode.DID_DOCUMENT_MALFORMED),
        (["x"], ReasonCode.DID_DOCUMENT_MALFORMED),
        ([{}] * (MAX_DID_METHODS + 1), ReasonCode.LIMIT_ITEMS),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_jwk_set_that_is_ambiguous_or_huge_is_refused(keys: list[Any], code: ReasonCode) -> None:
    with pytest.raises(KeysError) as caught:
        controller_document({"keys": keys}, address="https://uni.example/jwks")
    assert caught.value.reason.code is code


@pytest.mark.parametrize(("said", "revoked", "expires", "usable"), [
    ({}, None, None, True), ({"revoked": {"revoked_at": 1735689600}}, 2025, None, True),
    ({"exp": 1735689600}, None, 2025, True), ({"revoked": False, "iat": 1}, None, None, True),
    ({"revoked": True}, None, None, False), ({"revoked": "2025-01-01T00:00:00Z"}, None, None, False),
    ({"revoked": {"reason": "compromised"}}, None, None, False), ({"exp": "2025-01-01"}, None, None, False)],
    ids=["neither", "revoked", "ended", "not revoked", "revoked, in a word", "revoked, as a date",
         "revoked, nobody knows when", "words"])
def test_a_key_in_a_set_may_be_taken_back_or_end(said: Json, revoked: int | None, expires: int | None, *,
                                                 usable: bool) -> None:
    """The end of the key a credential was sealed with stands in its set as well as in a document."""
    document = controller_document({"keys": [ONE.jwk() | said]}, address="https://uni.example/jwks")
    [found] = document.methods
    assert (found.key is not None) is usable
    assert (found.revoked and found.revoked.year, found.expires and found.expires.year) == (revoked, expires)
