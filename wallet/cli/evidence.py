"""`wallet evidence`: the documents that prove things offline, kept in the wallet."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wallet.model.errors import OperationError
from wallet.model.evidence import EvidenceDocument
from wallet.model.reasons import ReasonCode, reason
from wallet.operations import evidence as kept
from wallet.wording.labels import evidence_word, friendly_date, grade_word

from .exit_codes import ExitCode
from .options import WalletChoice, example, json_option, opened, wallet_options
from .output import print_json, print_table, result, say
from .render import stamp


@click.group(epilog=example("wallet evidence add issuer-documents/", "wallet evidence list"))
def evidence() -> None:
    """Keep key documents, withdrawal lists and vocabularies, so that checks work offline."""


@evidence.command(
    epilog=example("wallet evidence add did-document.json", "wallet evidence add map.json --trust-contexts")
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE...")
@click.option("--trust-contexts", is_flag=True,
              help="Also keep vocabularies. They decide what a seal means.")  # fmt: skip
@wallet_options
def add(*, sources: tuple[Path, ...], trust_contexts: bool, choice: WalletChoice) -> ExitCode:
    """Keep documents: a map of address to file, a folder, or a document that names itself."""
    with opened(choice) as session:
        before = session.kept_documents()
        kept.add_evidence(session, sources, trust_contexts=trust_contexts)
        count = session.kept_documents()
    result(f"{count - before} documents added; {count} kept.")
    return ExitCode.ACCEPTED


@evidence.command(name="list", epilog=example("wallet evidence list"))
@wallet_options
@json_option
def list_(*, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List every kept document."""
    with opened(choice) as session:
        documents = kept.kept_evidence(session)
    if as_json:
        print_json(evidence=[_row(one) for one in documents])
    elif documents:
        print_table(
            ("What", "Address", "From", "Saved"),
            [
                (
                    evidence_word(one.kind),
                    one.address,
                    grade_word(one.grade),
                    friendly_date(one.fetched_at) if one.fetched_at else "",
                )
                for one in documents
            ],
        )
    else:
        say("No documents are kept yet.")
    return ExitCode.ACCEPTED


@evidence.command(epilog=example("wallet evidence show did:web:school.example"))
@click.argument("address")
@wallet_options
@json_option
def show(*, address: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Print the newest document kept under an address, as it came.

    With --json: every version, without the documents themselves.
    """
    with opened(choice) as session:
        versions = [one for one in kept.kept_evidence(session) if one.address == address]
    if not versions:
        raise OperationError(reason(ReasonCode.EVIDENCE_ADDRESS, found=address))
    if as_json:
        print_json(evidence=[_row(one) for one in versions])
    else:
        sys.stdout.buffer.write(versions[0].data)
    return ExitCode.ACCEPTED


@evidence.command(epilog=example("wallet evidence remove did:web:school.example"))
@click.argument("address")
@wallet_options
def remove(*, address: str, choice: WalletChoice) -> ExitCode:
    """Forget every version kept under an address. What is kept beside a credential stays."""
    with opened(choice) as session:
        kept.remove_evidence(session, address)
    result("Removed.")
    return ExitCode.ACCEPTED


@evidence.command(
    epilog=example("wallet evidence export --out documents", "wallet verify --evidence documents badge.png")
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
              help="A folder that --evidence reads.")  # fmt: skip
@wallet_options
def export(*, out: Path, choice: WalletChoice) -> ExitCode:
    """Write every kept document and a map into a folder, for somebody who checks without this wallet."""
    with opened(choice) as session:
        target = kept.export_evidence(session, out)
    result(str(target))
    return ExitCode.ACCEPTED


def _row(document: EvidenceDocument) -> dict[str, object]:
    return {
        "address": document.address,
        "kind": document.kind.value,
        "grade": document.grade.value,
        "source": document.source,
        "sha256": document.sha256,
        "bytes": len(document.data),
        "saved": stamp(document.fetched_at) if document.fetched_at else None,
    }
