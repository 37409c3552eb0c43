"""`wallet evidence`: the documents that prove things offline, in the wallet or in a plain file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wallet.model.evidence import EvidenceDocument
from wallet.operations import evidence_shelf as keeping
from wallet.wording.believing import VERIFIED_WORDS
from wallet.wording.labels import evidence_word, friendly_date, grade_word, tidy
from wallet.wording.reasons import reason_text

from .exit_codes import ExitCode
from .options import WalletChoice, example, json_option, opened, wallet_options
from .output import print_json, print_table, result, say
from .render import stamp

if TYPE_CHECKING:
    from wallet.operations.evidence_shelf import KeptVersion
    from wallet.operations.saved import SavedEvidence

plain_option: Final = click.option(
    "--plain", is_flag=True, help="The plain file of public documents, for checking without a wallet."
)


@contextmanager
def _plain(choice: WalletChoice) -> Iterator[SavedEvidence]:
    """Open the plain file; say so if it is damaged."""
    from wallet.operations.saved import saved_evidence  # noqa: PLC0415 - most runs look into a wallet

    saved = saved_evidence(choice.services())
    if saved.problem:
        say(f"Note: {reason_text(saved.problem)} ({saved.problem.code.value})")
    yield saved


@click.group(epilog=example("wallet evidence add issuer-documents/", "wallet evidence list"))
def evidence() -> None:
    """Keep key documents, withdrawal lists and vocabularies, so that checks work offline."""


@evidence.command(
    epilog=example("wallet evidence add did-document.json", "wallet evidence add documents.vcevidence")
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE...")
@click.option("--trust-contexts", is_flag=True,
              help="Also keep vocabularies. They decide what a seal means.")  # fmt: skip
@plain_option
@wallet_options
def add(*, sources: tuple[Path, ...], trust_contexts: bool, plain: bool, choice: WalletChoice) -> ExitCode:
    """Keep documents: an evidence pack, a map, a folder, or a document that names itself."""
    if plain:
        if trust_contexts:
            raise click.UsageError("--trust-contexts needs a wallet: give it to `wallet verify` instead.")
        with _plain(choice) as saved:
            services = choice.services()
            before = len(saved.all())
            done = keeping.save_evidence(saved, sources, services.contexts, services.clock())
            count = len(saved.all())
        for change in done.changes_of_keys:
            say(f"Note: {tidy(change.issuer_id)} lists other keys than before.")
    else:
        with opened(choice) as session:
            before = session.kept_documents()
            keeping.add_evidence(session, sources, trust_contexts=trust_contexts)
            count = session.kept_documents()
    result(f"{count - before} documents added; {count} kept.")
    return ExitCode.ACCEPTED


@evidence.command(name="list", epilog=example("wallet evidence list", "wallet evidence list --plain"))
@plain_option
@wallet_options
@json_option
def list_(*, plain: bool, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List every kept document."""
    if plain:
        with _plain(choice) as saved:
            documents = saved.all()
    else:
        with opened(choice) as session:
            documents = keeping.kept_evidence(session)
    if as_json:
        print_json(evidence=[_row(one) for one in documents])
    elif documents:
        print_table(
            ("What", "Address", "From", "Saved"),
            [
                (evidence_word(one.kind), one.address, _origin(one), _day(one.fetched_at))
                for one in documents
            ],
        )
    else:
        say("No documents are kept yet.")
    return ExitCode.ACCEPTED


@evidence.command(epilog=example("wallet evidence show did:web:school.example"))
@click.argument("address")
@click.option("--raw", is_flag=True, help="Print the newest document itself, as it came.")
@plain_option
@wallet_options
@json_option
def show(*, address: str, raw: bool, plain: bool, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Show every version kept under an address: whence, since when, and what rests on it."""
    if plain:
        with _plain(choice) as saved:
            versions = keeping.versions_on(saved, address)
    else:
        with opened(choice) as session:
            versions = keeping.versions_of(session, address)
    if raw:
        sys.stdout.buffer.write(versions[0].document.data)
    elif as_json:
        print_json(evidence=[_version_row(one) for one in versions])
    else:
        for number, one in enumerate(versions, 1):
            result(f"Version {number} of {len(versions)}")
            for line in _lines(one):
                result(f"  {line}")
    return ExitCode.ACCEPTED


@evidence.command(epilog=example("wallet evidence remove did:web:school.example"))
@click.argument("address")
@plain_option
@wallet_options
def remove(*, address: str, plain: bool, choice: WalletChoice) -> ExitCode:
    """Forget every version kept under an address. What is kept beside a credential stays."""
    if plain:
        with _plain(choice) as saved:
            keeping.remove_from(saved, address)
    else:
        with opened(choice) as session:
            keeping.remove_evidence(session, address)
    result("Removed.")
    return ExitCode.ACCEPTED


@evidence.command(
    epilog=example(
        "wallet evidence export documents.vcevidence",
        "wallet evidence export --out documents",
        "wallet verify --evidence documents badge.png",
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="A folder with the newest documents instead of one file.")  # fmt: skip
@plain_option
@wallet_options
def export(*, file: Path | None, out: Path | None, plain: bool, choice: WalletChoice) -> ExitCode:
    """Write every version of every public document into one file, for somebody who checks elsewhere.

    What is about you is left out: records of your own badges.
    """
    if (file is None) == (out is None) or (plain and out is not None):
        raise click.UsageError("Give one file to write, or --out with a folder (from a wallet only).")
    if plain and file is not None:
        with _plain(choice) as saved:
            count = keeping.export_pack(saved.all(), file)
    else:
        with opened(choice) as session:
            if out is not None:
                result(str(keeping.export_evidence(session, out)))
                return ExitCode.ACCEPTED
            count = keeping.export_pack(session.kept.everything(), file or Path())
    result(f"{count} documents written.")
    return ExitCode.ACCEPTED


def _row(document: EvidenceDocument) -> dict[str, object]:
    said = document.said
    return {
        "address": document.address,
        "kind": document.kind.value,
        "grade": document.grade.value,
        "source": document.source,
        "sha256": document.sha256,
        "bytes": len(document.data),
        "saved": _stamp(document.fetched_at),
        "first": _stamp(document.first_seen),
        "validFrom": _stamp(document.valid_from),
        "validUntil": _stamp(document.valid_until),
        "verified": [one.value for one in document.verified],
        "said": {"grade": said.grade.value, "source": said.source, "fetched": _stamp(said.fetched_at)}
        if said
        else None,
    }


def _version_row(version: KeptVersion) -> dict[str, object]:
    pinned = [{"id": one, "title": title} for one, title in version.pinned_to]
    return {**_row(version.document), "kept": version.kept, "pinnedTo": pinned}


def _lines(version: KeptVersion) -> Iterator[str]:
    document = version.document
    yield f"What:      {evidence_word(document.kind)}, {len(document.data)} bytes"
    yield f"From:      {_origin(document)}"
    first = document.first_seen
    since = f" (first on {friendly_date(first)})" if first and first != document.fetched_at else ""
    yield f"Saved:     {_day(document.fetched_at) or 'nobody knows when'}{since}"
    if document.said:
        when = _day(document.said.fetched_at) or "an unknown date"
        whence = f" from {tidy(document.said.source)}" if document.said.source else ""
        yield f"Said:      the pack says it was got{whence} on {when}"
    if document.valid_from or document.valid_until:
        begins, ends = _day(document.valid_from) or "…", _day(document.valid_until) or "no end"
        yield f"Counts:    {begins} to {ends}"
    found = ", ".join(VERIFIED_WORDS[one] for one in document.verified)
    yield f"Confirmed: {found or 'not at all'}"
    yield f"SHA-256:   {document.sha256}"
    for credential_id, title in version.pinned_to:
        yield f"Beside:    {credential_id} {tidy(title)}"
    if not version.kept:
        yield "           kept beside that only"


def _origin(document: EvidenceDocument) -> str:
    word = grade_word(document.grade)
    return f"{word} ({tidy(document.source)})" if document.source else word


def _day(moment: datetime | None) -> str:
    return friendly_date(moment) if moment else ""


def _stamp(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None
