"""Every entry of the published table by the kind of its check: what is asked of it, and what is answered.

A file whose full check its authors describe is judged in `table`; here are the parts. An answer is the
program's own: where a file lacks what a judgement needs (its key, a record, an issuer), the file is given it
in the open.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.codec.test_rdfc import read_nquads
from tests.conformance import data_model
from tests.conformance.data_model import Answer, published, read, shape_of
from tests.conformance.table import Desk, Row, Standing, agreeing, entries, rows
from tests.conformance.test_hosted import OLD_ADDRESS, Website
from tests.conformance.test_parts import SCHEMA, SCHEMA_WORDS
from tests.conformance.test_status_values import pairs
from tests.simulators.signing import compact_json
from wallet.codec.linked_data.rdfc import canonical_nquads
from wallet.formats.openbadges2 import check_definition, record_address
from wallet.formats.parse import parse
from wallet.keys.keypair import public_key_from_multibase
from wallet.model.credential import Credential, Presentation
from wallet.model.errors import FormatError, WalletError
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.proofs.data_integrity import prepare, verify_proof
from wallet.proofs.disclosure import verify_base_proof

Entry = dict[str, Any]
CANON = "w3c/rdf-canon/tests"


@dataclass(frozen=True)
class Kind:
    """One kind of check: how its name begins in the published table, and what is asked here."""

    name: str
    begins: tuple[str, ...]
    ask: Callable[[Desk, Entry], Answer] | None = None  # none: judged in full


@dataclass(frozen=True)
class Part:
    """One entry with its kind and what came of it."""

    entry: Entry
    kind: str
    standing: Standing
    why: str

    @property
    def path(self) -> str:
        return str(self.entry["path"])


def hosted(desk: Desk, entry: Entry) -> Answer:
    """An award by the record that its test serves at its address; a definition by its shape."""
    file = (desk.folder / entry["path"]).read_bytes()
    document = json.loads(file)
    if "badge" not in document:
        problems = check_definition(document)
        return Answer(not problems, "shape: " + (problems[0].code.value if problems else "structure_ok"))
    assert isinstance(desk, Website)
    if entry["format"].startswith("OB 0.5"):  # what people have of it is a picture with the address in it
        picture = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'
                   f'<openbadges:assertion verify="{OLD_ADDRESS}"/></svg>').encode()
        report = desk.judge_served(picture, {OLD_ADDRESS: file})
    else:
        report = desk.judge_served(file, {document["id"]: file})
    return Answer(report.verdict is Verdict.VALID, f"with its record: {report.verdict.value}")


def extraction(desk: Desk, entry: Entry) -> Answer:
    """What stands in the picture is found: here an address."""
    parsed = parse((desk.folder / entry["path"]).read_bytes())
    address = record_address(parsed) if isinstance(parsed, Credential) else ""
    return Answer(address == "http://example.org", f"found: {address}")


def canonicalisation(desk: Desk, entry: Entry) -> Answer:
    """The published bytes, with the hash that the suite's own list names."""
    folder = desk.folder / CANON
    result = entry["check"].rpartition(" ")[2]
    listed = json.loads((folder / "manifest.jsonld").read_text(encoding="utf-8"))["entries"]
    [case] = [one for one in listed if one.get("result") == result]
    assert entry["path"] == f"{CANON}/{case['action']}"
    algorithm = {"SHA384": "SHA-384"}.get(case.get("hashAlgorithm", ""), "SHA-256")
    quads = read_nquads((folder / case["action"]).read_text(encoding="utf-8"))
    same = canonical_nquads(quads, algorithm=algorithm) == (folder / result).read_bytes()
    return Answer(same, "the same bytes" if same else "other bytes")


def status(desk: Desk, entry: Entry) -> Answer:
    """The value at the entry's place in the list beside it."""
    scenario = read(desk, entry["path"])
    try:
        found = pairs(scenario)
    except FormatError as error:
        return Answer(False, error.reason.code.value)
    values = [content.entry(one.index, content.size if content.least_first else one.size)
              for one, _, content in found]
    return Answer(values == [wanted["value"] for _, wanted, _ in found],
                  f"values: {', '.join(map(str, values))}")


def base_proof(desk: Desk, entry: Entry) -> Answer:
    """What the issuer gives its holder: it holds for her, and nobody else may be shown it."""
    document = read(desk, entry["path"])
    report = desk.judge(entry["path"])
    if _code(report, CheckId.PROOF) is not ReasonCode.PROOF_BASE:
        return Answer(False, f"as shown to others: {report.verdict.value}")
    key = public_key_from_multibase(document["proof"]["verificationMethod"].rpartition("#")[2])
    return _arithmetic(lambda: verify_base_proof(prepare(document, desk.contexts), document["proof"], key))


def wrapper(desk: Desk, entry: Entry) -> Answer:
    """A credential beside its key: taken out, with inline words at an address, and its seal tried."""
    around = read(desk, entry["path"])
    if "sdJwtVc" in around:
        report = desk.judge_bytes(around["sdJwtVc"].encode())
        return Answer(_outcome(report, CheckId.PROOF) is Outcome.PASSED, _told(report, CheckId.PROOF))
    document, contexts = published(around["input"], desk.contexts)
    [method] = around["verificationMethods"].values()
    key = public_key_from_multibase(method["publicKeyMultibase"])
    return _arithmetic(lambda: verify_proof(prepare(document, contexts), document["proof"], key))


def proof_only(desk: Desk, entry: Entry) -> Answer:
    """A seal on what is no credential, with the open vocabulary that it names."""
    document = read(desk, entry["path"])
    contexts = desk.contexts.extended({SCHEMA: compact_json(SCHEMA_WORDS)})
    key = public_key_from_multibase(document["proof"]["verificationMethod"].rpartition("#")[2])
    return _arithmetic(lambda: verify_proof(prepare(document, contexts), document["proof"], key))


def signature_only(desk: Desk, entry: Entry) -> Answer:
    """A seal that holds by a key that is not the issuer's; or a feature left out, which is named."""
    report = desk.judge(entry["path"])
    told = _told(report, CheckId.PROOF, CheckId.KEY_AUTHORITY)
    if "verdict_here" in entry:
        return Answer(report.verdict in agreeing(entry), f"{report.verdict.value} ({told})")
    held = _outcome(report, CheckId.PROOF) is Outcome.PASSED and report.verdict is Verdict.INVALID
    return Answer(held and _code(report, CheckId.KEY_AUTHORITY) is ReasonCode.KEY_NOT_AUTHORISED, told)


def normalisation(desk: Desk, entry: Entry) -> Answer:
    """A certificate whose every word some vocabulary defines can be written out; what was added has none."""
    document = read(desk, entry["path"])
    bare = {name: value for name, value in document.items() if name not in ("proof", "signature")}
    try:
        prepare(bare, desk.contexts)
    except WalletError as error:
        return Answer(False, f"statements: {error.reason.code.value}")
    return Answer(True, "statements: all of them")


def imported(desk: Desk, entry: Entry) -> Answer:
    """What a person would see of it: its authors state no outcome."""
    data = (desk.folder / entry["path"]).read_bytes()
    try:
        parsed = parse(data)
    except WalletError as error:
        return Answer(False, f"not opened: {error.reason.code.value}")
    title = "a presentation" if isinstance(parsed, Presentation) else parsed.title
    return Answer(True, f"opened: {title}; {desk.judge(entry['path']).verdict.value}")


def _of(ask: Callable[[Desk, str], Answer]) -> Callable[[Desk, Entry], Answer]:
    return lambda desk, entry: ask(desk, entry["path"])


#: Each entry belongs to the first whose beginning its check has, and no check has two.
KINDS = (
    Kind("full", ("full",)),
    Kind("data model, input to an issuer", ("data model only (unsigned input",),
         _of(data_model.input_to_an_issuer)),
    Kind("data model, dummy proofs", ("data model only (proof values",), _of(data_model.with_dummy_proof)),
    Kind("data model, unsigned", ("data model only (unsigned)", "data model/JSON schema"),
         _of(data_model.unsigned)),
    Kind("data model, definitions", ("data model only (a definition",), _of(data_model.definition)),
    Kind("data model, hosted", ("data model/hosted",), hosted),
    Kind("JSON schema", ("JSON schema only",), lambda desk, entry: shape_of(desk.judge(entry["path"]))),
    Kind("schema and normalisation", ("schema/normalisation",), normalisation),
    Kind("extraction", ("extraction only",), extraction),
    Kind("canonicalisation", ("canonicalisation equals",), canonicalisation),
    Kind("status evaluation", ("status evaluation",), status),
    Kind("wrapper", ("wrapper",), wrapper),
    Kind("proof only", ("proof only",), proof_only),
    Kind("signature only", ("signature only",), signature_only),
    Kind("base proof", ("base proof",), base_proof),
    Kind("import and display", ("import/display",), imported),
)


def kinds_of(entry: Entry) -> list[Kind]:
    """The kinds that an entry belongs to: one, or the published table has a check that nobody asks."""
    return [kind for kind in KINDS if entry["check"].startswith(kind.begins)]


def parts(folder: Path) -> tuple[Part, ...]:
    """Ask every entry but those judged in full."""
    desk = Website(folder)
    found = []
    for entry in entries(folder):
        for kind in kinds_of(entry):
            if kind.ask is not None:
                answer = kind.ask(desk, entry)
                found.append(Part(entry, kind.name, standing(entry, answer), answer.why))
    return tuple(found)


def of_rows(judged: Iterable[Row]) -> tuple[Part, ...]:
    """Those judged in full, as parts."""
    return tuple(Part(row.entry, KINDS[0].name, row.standing, row.why) for row in judged)


def everything(folder: Path) -> tuple[Part, ...]:
    """Every entry of the published table, once."""
    return of_rows(rows(folder)) + parts(folder)


def standing(entry: Entry, answer: Answer) -> Standing:
    """How an answer compares with the authors' word."""
    if answer.out_of_scope:
        return Standing.OUT_OF_SCOPE
    if entry["expected"] is None:
        return Standing.NOT_STATED
    wanted = entry["expected"] == "valid"
    return Standing.AGREED if answer.accepted is wanted else Standing.DISAGREED


def print_parts(found: tuple[Part, ...]) -> str:
    """What needs a word, one by one, under its kind."""
    lines = []
    for kind in KINDS[1:]:
        told = [part for part in found if part.kind == kind.name and part.standing is not Standing.AGREED]
        lines += [f"{part.standing.value:13}{part.path}\n{'':13}{kind.name}; authors: "
                  f"{part.entry['expected']}, here: {part.why}" for part in told]
    return "\n".join(lines)


def print_counts(found: tuple[Part, ...]) -> str:
    """One line for each suite that is judged in full, one for each kind, and the sum."""
    full = [part for part in found if part.kind == KINDS[0].name]
    suites = sorted({_suite(part) for part in full})
    lines = [_heading("full check, by suite"),
             *(_counted(name, [one for one in full if _suite(one) == name]) for name in suites),
             "", _heading("kind of check"),
             *(_counted(kind.name, [one for one in found if one.kind == kind.name]) for kind in KINDS),
             _counted("all entries", found)]
    return "\n".join(lines)


def _heading(title: str) -> str:
    return f"{title:36}" + "".join(f"{one.value:>13}" for one in Standing) + f"{'files':>8}"


def _counted(name: str, found: Iterable[Part]) -> str:
    counts = Counter(part.standing for part in found)
    numbers = "".join(f"{counts[one] or '':>13}" for one in Standing)
    return f"{name[:35]:36}{numbers}{counts.total():>8}"


def _suite(part: Part) -> str:
    return str(part.entry["cryptosuite"] or "no cryptosuite: " + part.entry["format"].partition(" (")[0])


def _arithmetic(verify: Callable[[], object]) -> Answer:
    try:
        verify()
    except WalletError as error:
        return Answer(False, f"proof: {error.reason.code.value}")
    return Answer(True, "proof: proof_ok")


def _outcome(report: Report, check_id: CheckId) -> Outcome:
    check = report.check(check_id)
    assert check is not None
    return check.outcome


def _code(report: Report, check_id: CheckId) -> ReasonCode:
    check = report.check(check_id)
    assert check is not None
    return check.reason.code


def _told(report: Report, *checks: CheckId) -> str:
    return ", ".join(f"{one.value}: {_code(report, one).value}" for one in checks)
