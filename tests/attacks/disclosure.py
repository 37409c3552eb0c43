"""D8: what a holder shows in part, X01 to X07 and X14. Sealed like the whole, and said to be a part."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    Expected,
    File,
    Input,
    Severity,
    bad_seal,
    case,
    malformed,
    refused,
    valid,
)
from tests.attacks.learner import kept, learner
from tests.attacks.scene import university
from tests.codec.samples import badge
from tests.conftest import AT
from tests.simulators.records import record
from tests.simulators.selective import SelectiveIssuer
from tests.simulators.signing import JsonObject, compact_json, pinned_contexts
from wallet.codec.cbor import decode_cbor
from wallet.codec.encoding import base64url_decode, base64url_encode
from wallet.codec.payload import decode_payload
from wallet.formats.parse import parse
from wallet.keys.keypair import HolderKey
from wallet.model.credential import Credential, Parsed
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Report
from wallet.model.sharing import ShareTerms
from wallet.operations.checking import Desk, check_bytes
from wallet.operations.sharing import present, preview
from wallet.proofs import bbs_2023, ecdsa_sd
from wallet.proofs.disclosure import derive
from wallet.proofs.disclosure_value import is_derived, read_value, write_value
from wallet.share import presentation
from wallet.share.presentation import revealed
from wallet.wording.outcomes import reason_text

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
SD, BBS = ecdsa_sd.NAME, bbs_2023.NAME
NAME, ACHIEVEMENT = "/credentialSubject/achievement/name", "/credentialSubject/achievement"


def _lasting() -> JsonObject:
    """A badge with an end, a list, and four results of which one is not good."""
    subject: JsonObject = badge()["credentialSubject"]
    results = [{"type": ["Result"], "value": value} for value in ("Pass", "Pass", "Fail", "Pass")]
    status = {"id": "https://uni.example/status/1#7", "type": "BitstringStatusListEntry",
              "statusPurpose": "revocation", "statusListIndex": "7",
              "statusListCredential": "https://uni.example/status/1"}
    return badge(validUntil="2026-08-01T00:00:00Z", credentialStatus=status,
                 credentialSubject=subject | {"result": results})


@cache
def _sealed(suite: str, *, lasting: bool = False) -> bytes:
    return compact_json(SelectiveIssuer(suite).seal(_lasting() if lasting else badge()))


def base_of(suite: str, *, lasting: bool = False) -> JsonObject:
    """A badge with the holder's own proof."""
    document: JsonObject = json.loads(_sealed(suite, lasting=lasting))
    return document


def shown(suite: str, *pointers: str, lasting: bool = False) -> JsonObject:
    """The part of it that these name."""
    base = base_of(suite, lasting=lasting)
    return derive(base, base["proof"], pointers, pinned_contexts())


_BASE = malformed(R.PROOF_BASE, check=CheckId.PROOF)
_KEPT_BACK = refused(R.SHARE_UNSUITABLE)


@case("X01", C, "the holder's own proof, which unmasks what is hidden, given to somebody else",
      attacks={f"{suite}, to a verifier": _BASE for suite in (SD, BBS)}
              | {f"{suite}, out of the wallet": _KEPT_BACK for suite in (SD, BBS)}
              | {"inside a record, out of the wallet": _KEPT_BACK,
                 "bbs-2023 with a feature, out of the wallet": _KEPT_BACK}
              | {f"{suite}, shared with nothing left out": FINE for suite in (SD, BBS)},
      twins={f"{suite}, a part": VALID for suite in (SD, BBS)}
            | {f"{suite}, a part out of the wallet": FINE for suite in (SD, BBS)}
            | {"a record, out of the wallet": FINE})
def _base_proof(variant: str) -> Input:
    suite = BBS if variant.startswith(BBS) else SD
    document = shown(suite, ACHIEVEMENT) if "a part" in variant else base_of(suite)
    if "record" in variant:
        inner = base_of(SD) if "inside" in variant else json.loads(university("did:key").badge())
        issuer = university("did:key")
        document = issuer.seal(record(issuer, [inner]))
    if "feature" in variant:
        document["proof"]["proofValue"] = document["proof"]["proofValue"].replace("u2V0C", "u2V0E", 1)
    data = compact_json(document)
    if "nothing left out" in variant:
        return Act(lambda: _share_all(data))
    if variant in (f"{SD}, out of the wallet", f"{BBS}, out of the wallet"):
        return Act(lambda: _hand_on_as_it_is(data))
    return Act(lambda: _hand_on(data)) if "out of the wallet" in variant else File(data)


def _hand_on(data: bytes) -> None:
    with learner() as session:
        ident = kept(session, data)
        (item,) = preview(session, [ident], ShareTerms()).items
        before = session.vault.data_version()
        try:
            present(session, [ident], ShareTerms())
        finally:
            assert session.vault.data_version() == before
        assert item.shareable


def _hand_on_as_it_is(data: bytes) -> None:
    """Past the wish to share, straight to where packs are made."""
    credential = parse(data)
    assert isinstance(credential, Credential)
    presentation.present([credential], HolderKey.from_seed(bytes(32)), ShareTerms(), at=AT,
                         contexts=pinned_contexts(), presentation_id="urn:uuid:1")


def _share_all(data: bytes) -> None:
    """What leaves is a part that holds everything; the secret original of the seal is not in it."""
    with learner() as session:
        bundle = present(session, [kept(session, data)], ShareTerms())
    (sent,) = json.loads(bundle.presentation)["verifiableCredential"]
    assert is_derived(sent["proof"])
    base = json.loads(data)["proof"]["proofValue"]
    members = decode_cbor(base64url_decode(base[1:])[3:])
    assert isinstance(members, list)
    # The key of the HMAC: who has it can name what is hidden.
    key = next(one for one in members if isinstance(one, bytes) and len(one) == 32)
    assert key not in base64url_decode(sent["proof"]["proofValue"][1:])
    for leaving in (bundle.presentation, bundle.pack, decode_payload(bundle.payload)):
        assert base.encode() not in leaving
        assert base64url_encode(key).encode() not in leaving


def _mangled(change: Callable[[list[Any]], object], *, document: JsonObject | None = None) -> bytes:
    """A part with one of its proof's members changed: signature, key, signatures, labels, places."""
    part = document or shown(SD, ACHIEVEMENT)
    members = read_value(part["proof"]["proofValue"], 1, 5, suite="", base=0)
    change(members)
    return compact_json(part | {"proof": part["proof"] | {"proofValue": write_value(1, members)}})


_PLACES: dict[str, Callable[[list[Any]], object]] = {
    "one place fewer": lambda one: one[4].pop(), "no place": lambda one: one[4].clear(),
    "one place more": lambda one: one[4].append(one[4][-1] + 1),
    "a place far away": lambda one: one[4].append(4_000),
}


def _without(*names: str) -> bytes:
    part = shown(SD, ACHIEVEMENT)
    return compact_json({name: value for name, value in part.items() if name not in names})


@case("X02", C, "a part without what nobody may hide, or with other places for it",
      attacks={**dict.fromkeys(_PLACES, bad_seal()), "the begin dropped": bad_seal(),
               "a place twice": malformed(R.PROOF_MALFORMED, check=CheckId.PROOF),
               "places turned": malformed(R.PROOF_MALFORMED, check=CheckId.PROOF)})
def _mandatory(variant: str) -> Input:
    if variant == "the begin dropped":
        return File(_without("validFrom"))
    changes = {**_PLACES, TWIN: lambda _: None, "a place twice": lambda one: one[4].append(one[4][-1]),
               "places turned": lambda one: one[4].reverse()}
    return File(_mangled(changes[variant]))


def _swap_labels(members: list[Any]) -> None:
    first, second, *_ = members[3]
    members[3][first], members[3][second] = members[3][second], members[3][first]


_SIGNATURES: dict[str, Callable[[list[Any]], object]] = {
    "a signature fewer": lambda one: one[2].pop(), "a signature more": lambda one: one[2].append(one[2][0]),
    "a signature twice": lambda one: one[2].__setitem__(0, one[2][1]), "turned": lambda one: one[2].reverse(),
    "none": lambda one: one[2].clear(), "labels swapped": _swap_labels,
    "no labels": lambda one: one.__setitem__(3, {}),
    "a label changed": lambda one: one[3].__setitem__(0, bytes(32)),
    "a label too many": lambda one: one[3].__setitem__(99, bytes(32)),
    "the issuer's signature instead": lambda one: one.__setitem__(0, one[2][0]),
}


@case("X03", H, "more or fewer signatures than statements, one twice, names mixed up, a strange statement",
      attacks={**dict.fromkeys(_SIGNATURES, bad_seal()), "a statement added": bad_seal(),
               "the proof of another part": bad_seal(),
               "two things under one name": malformed(R.PROOF_MALFORMED, check=CheckId.PROOF),
               "bbs-2023, a bit": bad_seal(), "bbs-2023, a value": bad_seal()},
      twins={TWIN: VALID, "bbs-2023": VALID})
def _signatures(variant: str) -> Input:
    if variant.startswith(BBS):
        part = shown(BBS, NAME)
        if variant.endswith("a value"):
            part["credentialSubject"]["achievement"]["name"] = "Brain Surgery"
        if variant.endswith("a bit"):
            members = read_value(part["proof"]["proofValue"], 3, 5, suite="", base=2)
            members[0] = members[0][:-1] + bytes([members[0][-1] ^ 1])
            part["proof"]["proofValue"] = write_value(3, members)
        return File(compact_json(part))
    if variant == "a statement added":
        return File(compact_json(shown(SD, ACHIEVEMENT) | {"name": "Brain Surgery"}))
    if variant == "the proof of another part":
        return File(compact_json(shown(SD, ACHIEVEMENT) | {"proof": shown(SD, NAME)["proof"]}))
    changes = {**_SIGNATURES, TWIN: lambda _: None,
               "two things under one name": lambda one: one[3].__setitem__(0, one[3][1])}
    return File(_mangled(changes[variant]))


_SECRETS = ("Cleans tables", "Two projects", "LetterGrade", "statistics")
_ONCE, _AGAIN = "hidden once", "hidden here, shown there"


@case("X05", H, "a value that is hidden here and stands there as well",
      attacks={f"{suite}: {name}": VALID for suite in (SD, BBS) for name in (_ONCE, _AGAIN)},
      twins={TWIN: VALID, "chosen in the window": FINE, "chosen in the window, and nothing leaks": FINE})
def _again_elsewhere(variant: str) -> Input:
    if "window" in variant:
        return Act(lambda: _chosen_in_the_window(leaks="nothing" not in variant))
    suite, _, how = variant.partition(": ") if variant != TWIN else (SD, "", "")
    document = badge()
    if how == _AGAIN:
        document["credentialSubject"]["achievement"]["criteria"]["narrative"] = "Cleans tables for a year."
    pointers = {_ONCE: [NAME], _AGAIN: [NAME, ACHIEVEMENT + "/criteria"]}.get(how, [""])
    base = SelectiveIssuer(suite).seal(document)
    part = derive(base, base["proof"], pointers, pinned_contexts())
    leaving = {_ONCE: set(), _AGAIN: {"Cleans tables"}}.get(how, set(_SECRETS))

    def holds(_report: Report, parsed: Parsed | None) -> None:
        assert isinstance(parsed, Credential)
        text = json.dumps(part)
        assert {secret for secret in _SECRETS if secret in text} == leaving
        told = "\n".join(line.value for line in revealed(parsed))
        assert {secret for secret in _SECRETS if secret in told} == leaving  # the preview tells every place
        assert suite == BBS or base["proof"]["proofValue"] not in text

    return File(compact_json(part), holds=holds)


_TAG = ACHIEVEMENT + "/tag"
_WRONG = ("a", "#/name", "/~", "/~2", "/name~", f"{_TAG}/-", f"{_TAG}/01", f"{_TAG}/2", f"{_TAG}/+1",
          "/missing", "/name/0", f"{_TAG}/0/x", "/" + "a" * 5_000)


@case("X06", H, "pointers that name nothing, or something else than they seem to",
      attacks={pointer[:60]: refused(R.POINTER_WRONG) for pointer in _WRONG},
      twins={TWIN: FINE, "the whole": FINE, "an index": FINE, "a member that is an address": FINE})
def _pointers(variant: str) -> Input:
    named = {TWIN: NAME, "the whole": "", "an index": _TAG + "/1",
             "a member that is an address": ACHIEVEMENT + "/id"}
    pointer = next((one for one in _WRONG if one[:60] == variant), None)
    pointer = named[variant] if pointer is None else pointer

    def run() -> None:
        part = shown(SD, pointer)
        assert part["proof"]["proofValue"].startswith("u2V0B")
        assert ("description" in part["credentialSubject"]["achievement"]) is (variant == "the whole")

    return Act(run)


@case("X07", M, "two parts of the same credential for two receivers who compare them",
      attacks={"ecdsa-sd-2023: the same seal in both, and it is said": FINE},
      twins={"bbs-2023: nothing in common": FINE})
def _linkable(variant: str) -> Input:
    suite = BBS if variant.startswith(BBS) else SD

    def run() -> None:
        one, other = (shown(suite, pointer) for pointer in (NAME, ACHIEVEMENT + "/criteria"))
        kind = (3, 5) if suite == BBS else (1, 5)
        first, second = (read_value(part["proof"]["proofValue"], *kind, suite="", base=9)[0]
                         for part in (one, other))
        assert (first == second) is (suite == SD)
        if suite == SD:
            _demand_that_it_is_said()

    return Act(run)


def _demand_that_it_is_said() -> None:
    from tests.attacks.window import share_notes

    assert any("recognised as the same" in note for note in share_notes())


@case("X14", H, "the result that is not good is left out, so that three of four look like all",
      attacks={f"{suite}: three of four results": valid(note=R.SHOWN_IN_PART) for suite in (SD, BBS)},
      twins={TWIN: Expected("undetermined", R.STATUS_NOT_SEEN, CheckId.STATUS),
             "shared from the wallet": FINE, "shared whole from the wallet": FINE})
def _absence(variant: str) -> Input:
    if "wallet" in variant:
        return Act(lambda: _note_in_the_pack(selected="whole" not in variant))
    suite = BBS if variant.startswith(BBS) else SD
    if variant == TWIN:
        return File(compact_json(shown(SD, "/credentialSubject", "/credentialStatus", lasting=True)))
    part = shown(suite, NAME, *(f"/credentialSubject/result/{place}" for place in (0, 1, 3)), lasting=True)

    def holds(report: Report, _parsed: Parsed | None) -> None:
        assert "Fail" not in json.dumps(part)
        structure = report.check(CheckId.STRUCTURE)
        assert structure is not None
        (note,) = [one for one in structure.notes if one.code is R.SHOWN_IN_PART]
        assert "only a part" in reason_text(note)

    return File(compact_json(part), at=AT, holds=holds)


def _note_in_the_pack(*, selected: bool) -> None:
    """The learner leaves one result out: the note says that it is a selection, and of unknown size."""
    with learner() as session:
        ident = kept(session, compact_json(SelectiveIssuer(SD).seal(_lasting())))
        left = {ident: ("/credentialSubject/result/2",)} if selected else {}
        (item,) = preview(session, [ident], ShareTerms(), left).items
        bundle = present(session, [ident], ShareTerms(), left)
    results = [one.value for one in item.choices if "/result/" in one.pointer]
    assert results == ["Pass", "Pass", "Fail", "Pass"]
    pack = bundle.pack.decode("utf-8", "replace")
    assert ("Fail" in pack) is not selected
    assert ("A selection; details shown:" in pack) is selected
    assert ("How many were left out is not proven." in pack) is selected
    report = check_bytes(Desk(pinned_contexts()), bundle.pack, "x.vcpack", at=AT)[0].report.items[0]
    notes = {note.code for check in report.checks for note in check.notes}
    assert R.SHOWN_IN_PART in notes or not selected


def _chosen_in_the_window(*, leaks: bool) -> None:
    """Left out by a tick; what still stands elsewhere is pointed out before anything leaves."""
    from tests.attacks.window import share_a_part

    document = badge()
    if leaks:
        document["credentialSubject"]["achievement"]["criteria"]["narrative"] = "Cleans tables for a year."
    told, sent = share_a_part(compact_json(SelectiveIssuer(SD).seal(document)), "What you can do")
    assert "A part of this one will be shown" in told
    assert ("can still be read" in told) is leaks
    assert '"description":"Cleans tables' not in sent
    assert ("Cleans tables" in sent) is leaks
