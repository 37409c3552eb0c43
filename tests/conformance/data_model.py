"""Files that ask about the shape of a credential alone, and what is read and refused of each.

Most are inputs that an issuer would complete: here the test is that issuer. It names itself, puts dates for
the placeholders, publishes a vocabulary that the file only carries inside, and seals. What is refused must be
refused at one of two doors: the shape, whatever the seal, or the statements, before anything can be sealed.
VC Data Model 2.0 §4 and 1.1 §4; Open Badges 2.0.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.conformance.table import AT, Desk
from tests.simulators.signing import compact_json
from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.members import types
from wallet.formats.openbadges2 import check_definition
from wallet.formats.parse import parse
from wallet.formats.vc import is_presentation
from wallet.keys.keypair import HolderKey
from wallet.model.errors import WalletError
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.proofs.data_integrity import create_proof
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge, unreadable_report

Json = dict[str, Any]
ISSUER = HolderKey.from_seed(bytes(range(32)))
PLACEHOLDERS = {"PAST DATE": "2020-01-01T00:00:00Z", "FUTURE DATE": "2090-01-01T00:00:00Z"}
_MOVED = "https://vocabularies.example/"


@dataclass(frozen=True)
class Answer:
    """What was found, and at which door: `accepted` is what authors call valid."""

    accepted: bool
    why: str
    out_of_scope: bool = False


def input_to_an_issuer(desk: Desk, path: str) -> Answer:
    """Complete the file as its issuer would, seal it, and read it back."""
    return ask_issuer(desk, read(desk, path), names_itself="no-issuer" not in path)


def ask_issuer(desk: Desk, document: Json, *, names_itself: bool = True) -> Answer:
    """Both doors, for one document; an issuer that does not name itself leaves that fault in."""
    is_credential = not ({"verifiableCredential", "holder"} & document.keys() or is_presentation(document))
    whole, contexts = published(completed(document) if is_credential and names_itself else document,
                                desk.contexts)
    shape = shape_of(judge_with(desk, compact_json(whole), contexts))
    if not shape.accepted:
        return shape
    purpose = "assertionMethod" if is_credential else "authentication"
    try:
        sealed = create_proof(whole, key=ISSUER, contexts=contexts, created=AT, purpose=purpose)
    except WalletError as error:
        return Answer(False, f"statements: {error.reason.code.value}")
    report = judge_with(desk, compact_json(sealed), contexts)
    proof = report.check(CheckId.PROOF)
    assert proof is not None
    if shape_of(report).accepted and proof.outcome is not Outcome.PASSED:
        return Answer(False, f"proof: {proof.reason.code.value}")
    return shape_of(report)


def completed(document: Json) -> Json:
    """A credential with what its issuer adds: its name, dates, and its own proof for a placeholder."""
    whole: Json = {name: PLACEHOLDERS.get(value, value) if isinstance(value, str) else value
             for name, value in document.items()}
    whole.setdefault("issuer", ISSUER.did)
    if isinstance(whole["issuer"], dict):
        whole["issuer"] = {"id": ISSUER.did, **whole["issuer"]}
    if whole.get("proof", {}).get("type"):
        del whole["proof"]
    return whole


def published(document: Json, contexts: Contexts) -> tuple[Json, Contexts]:
    """Give every vocabulary written into the document an address of its own; its words mean the same."""
    listed = document.get("@context")
    if not isinstance(listed, list):
        return document, contexts
    moved = {f"{_MOVED}{place}": one for place, one in enumerate(listed) if isinstance(one, dict)}
    named = [f"{_MOVED}{place}" if isinstance(one, dict) else one for place, one in enumerate(listed)]
    documents = {address: compact_json({"@context": one}) for address, one in moved.items()}
    return document | {"@context": named}, contexts.extended(documents)


def unsigned(desk: Desk, path: str) -> Answer:
    """The shape of a file that nobody sealed and nobody is asked to."""
    return shape_of(desk.judge(path))


def with_dummy_proof(desk: Desk, path: str) -> Answer:
    """The shape of a file whose proof says nothing, but has to be there."""
    report = desk.judge(path)
    if shape_of(report).accepted and report.verdict is Verdict.UNSIGNED:
        return Answer(False, "proof: " + str(next(one.reason.code.value for one in report.checks
                                                  if one.id is CheckId.PROOF)))
    return shape_of(report)


def definition(desk: Desk, path: str) -> Answer:
    """The shape of a badge class or a profile, which awards nothing."""
    document, _ = published(read(desk, path), desk.contexts)
    if types(document) and not {"BadgeClass", "Issuer", "Profile"} & set(types(document)):
        return Answer(False, "neither an award, a badge class nor a profile", out_of_scope=True)
    problems = check_definition(document)
    return Answer(not problems, "shape: " + (problems[0].code.value if problems else "structure_ok"))


def shape_of(report: Report) -> Answer:
    """The first check, of the thing itself and of whatever is shown with it.

    A record of many achievements is a credential of its own: what is wrong with those inside is told.
    """
    inside = [code for one in report.items if (code := _broken(one))]
    found = _broken(report) or ("".join(inside[:1]) if report.is_pack else "")
    told = f" (inside: {inside[0]})" if inside and not found else ""
    return Answer(not found, f"shape: {found or 'structure_ok'}{told}")


def _broken(report: Report) -> str:
    check = report.check(CheckId.STRUCTURE)
    return "" if check is None or check.outcome is Outcome.PASSED else check.reason.code.value


def judge_with(desk: Desk, data: bytes, contexts: Contexts) -> Report:
    try:
        parsed = parse(data)
    except WalletError as error:
        return unreadable_report(error.reason, AT)
    return judge(parsed, gather(parsed, desk.store, contexts), at=AT)


def read(desk: Desk, path: str) -> Json:
    document: Json = json.loads((desk.folder / path).read_text(encoding="utf-8"))
    return document
