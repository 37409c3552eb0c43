"""D8, X04: what a holder leaves out of what ends a credential or withdraws it, as the issuer let him."""

from __future__ import annotations

from tests.attacks.cases import TWIN, VALID, Expected, File, Input, Severity, bad_seal, case, valid
from tests.attacks.disclosure import BBS, NAME, SD, shown
from tests.attacks.presentation import countersigned
from tests.attacks.scene import attacker, judged_file, university
from tests.codec.samples import badge
from tests.simulators.selective import SelectiveIssuer
from tests.simulators.signing import compact_json, pinned_contexts
from wallet.cli.policy import read_policy
from wallet.model.credential import Parsed
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, HeadlineCode, Report
from wallet.proofs.disclosure import derive
from wallet.wording.outcomes import reason_text

H = Severity.HIGH


def _not_met(report: Report, _parsed: Parsed | None) -> None:
    """A demand for a recent list is not met by hiding that there is a list."""
    policy = read_policy(("status<=30d",), (), challenge=None)
    assert policy.refusals(report) == ("status<=30d",)
    structure = report.check(CheckId.STRUCTURE)
    assert structure is not None
    (note,) = [one for one in structure.notes if one.code is R.SHOWN_IN_PART]
    assert {"credentialStatus", "validUntil"} <= set(note["members"].split(", ")), note
    assert "only a part" in reason_text(note)
    assert headline_code(report) is HeadlineCode.VALID_IN_PART  # and not that it has no end date
    status = report.check(CheckId.STATUS)
    assert status is not None
    assert status.reason.code is R.STATUS_NOT_SHOWN


def _one_of_two(report: Report, _parsed: Parsed | None) -> None:
    """A list that could be hidden may not have been the only one."""
    assert read_policy(("status<=30d",), (), challenge=None).refusals(report) == ("status<=30d",)
    assert headline_code(report) is HeadlineCode.VALID_IN_PART


def _both_lists(suite: str, always: tuple[str, ...]) -> File:
    """A withdrawn award on hold nowhere, of whose two lists the holder shows the second."""
    keeper = university()
    keeper.revoke(3)
    document = badge() | {"credentialStatus": [keeper.entry(3), keeper.entry(3, "suspension")]}
    base = SelectiveIssuer(suite).seal(document, ("/issuer", "/validFrom", *always))
    part = derive(base, base["proof"], (NAME, "/credentialStatus/1"), pinned_contexts())
    return judged_file(compact_json(part), keeper, holds=None if always else _one_of_two)


_NO_END_SHOWN = valid(R.END_NOT_SHOWN, CheckId.VALIDITY, note=R.SHOWN_IN_PART)


#: Whatever else a badge must have.
_WHOLE_BUT = ("/id", "/type", "/name", "/credentialSubject")


@case("X04", H, "the issuer let the end and the list be hidden, and the holder hides them",
      attacks={"end and list hidden": _NO_END_SHOWN, "bbs-2023, end and list hidden": _NO_END_SHOWN,
               "one of two lists hidden": _NO_END_SHOWN, "bbs-2023, one of two lists hidden": _NO_END_SHOWN,
               "hidden, and a seal of his own beside": _NO_END_SHOWN,
               "issuer hidden, though it may not be": bad_seal(R.SIGNATURE_WRONG)},
      twins={"both lists always shown": Expected("revoked", R.STATUS_REVOKED, CheckId.STATUS),
             "the end shown": Expected("expired", R.ENDED, CheckId.VALIDITY),
             "the list shown": Expected("undetermined", R.STATUS_NOT_SEEN, CheckId.STATUS), TWIN: VALID})
def _omitted(variant: str) -> Input:
    if variant == TWIN:
        return File(compact_json(shown(SD, "")))
    if variant.startswith("issuer"):
        return File(compact_json(shown(SD, NAME, lasting=True) | {"issuer": "did:example:nobody"}))
    suite = BBS if variant.startswith(BBS) else SD
    if "lists" in variant:
        return _both_lists(suite, ("/credentialStatus",) if "always" in variant else ())
    pointers = {"the end shown": ("/validUntil",), "the list shown": ("/credentialStatus",)}.get(variant, ())
    if "beside" in variant:
        all_but = compact_json(shown(SD, *_WHOLE_BUT, lasting=True))
        return File(countersigned(all_but, attacker()), holds=_not_met)
    part = shown(suite, NAME, *pointers, lasting=True)
    return File(compact_json(part), holds=None if pointers else _not_met)
