"""`wallet inspect`: what files say of themselves and how they are built, without any verdict."""

from __future__ import annotations

import click

from wallet import assemble
from wallet.model.credential import Credential, Presentation, Unreadable
from wallet.model.errors import LinkedDataError
from wallet.operations.argument import Contexts, contents_of, statements_of
from wallet.operations.checking import CheckedFile, Desk, Expectation
from wallet.wording.labels import tidy
from wallet.wording.reasons import reason_text

from .argument import structure_facts, structure_lines
from .exit_codes import ExitCode, worst
from .options import Shell, example, json_option
from .output import print_json, progress, result, say
from .render import content_lines, content_row
from .verify import Wish, refuse_what_is_no_file


@click.command(epilog=example("wallet inspect badge.svg"))
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@json_option
@click.option("--statements", is_flag=True, help="Print what an embedded seal covers, as N-Quads.")
@click.pass_obj
def inspect(shell: Shell, *, paths: tuple[str, ...], as_json: bool, statements: bool) -> ExitCode:
    """Show what files say of themselves and how they are built, without any verdict."""
    refuse_what_is_no_file(paths, recursive=False, online=False)
    services = assemble.services()
    wish = Wish(paths, Desk(services.contexts), services.clock(), Expectation())
    with progress(quiet=shell.quiet, at_once=True) as watched:
        found = tuple(wish.checked(watched, lambda one: one))
    code = ExitCode.UNREADABLE if any(one.parsed is None for one in found) else ExitCode.ACCEPTED
    if statements:
        return worst((code, *(_print_statements(one, services.contexts) for one in found)))
    contents = [(one.name, credential) for one in found for credential in _credentials(one)]
    built = [(one.name, content, place > 0) for one in found if one.parsed
             for place, content in enumerate(contents_of(one.parsed))]  # fmt: skip
    for one in found:
        if one.parsed is None:
            say(f"{tidy(one.name)}: {reason_text(one.report.checks[0].reason)}")
    if as_json:
        structures = [
            {"file": name, "inside": inside,
             "facts": list(map(list, structure_facts(content, services.contexts, inside=inside)))}
            for name, content, inside in built
        ]  # fmt: skip
        print_json(contents=[{"file": name, **content_row(credential)} for name, credential in contents],
                   structure=structures)  # fmt: skip
    else:
        for name, credential in contents:
            result(tidy(name))
            for line in content_lines(credential):
                result(line)
        for name, content, inside in built:
            result(f"{tidy(name)}: how {'an item inside' if inside else 'it'} is built")
            for line in structure_lines(content, services.contexts, inside=inside):
                result(line)
    return code


def _print_statements(one: CheckedFile, contexts: Contexts) -> ExitCode:
    """Print what an embedded seal covers; a token seals its bytes and has no statements."""
    for content in contents_of(one.parsed) if one.parsed else ():
        try:
            result(statements_of(content, contexts).rstrip("\n"))
        except LinkedDataError as error:
            say(f"{tidy(one.name)}: {reason_text(error.reason)} ({error.reason.code.value})")
            return ExitCode.UNREADABLE
    return ExitCode.ACCEPTED


def _credentials(one: CheckedFile) -> tuple[Credential, ...]:
    if isinstance(one.parsed, Presentation):
        return tuple(item for item in one.parsed.credentials if not isinstance(item, Unreadable))
    return (one.parsed,) if one.parsed else ()
