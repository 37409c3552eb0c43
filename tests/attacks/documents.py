"""D9, PDF files: looked into in a process of their own, for what they carry; nothing in them runs."""

from __future__ import annotations

from collections.abc import Callable

from tests.attacks.cases import TWIN, VALID, File, Input, Severity, bad_seal, case, malformed, valid
from tests.attacks.scene import university
from tests.simulators.pdf import pdf_with
from wallet.model.reasons import ReasonCode as R

M = Severity.MEDIUM


@case("F14", M, "a PDF with script, a launch action and an embedded file",
      attacks={"script and launch": malformed(R.PDF_EMPTY), "a forged credential in it": bad_seal(),
               "hardly a PDF": malformed(R.PDF_DAMAGED)},
      twins={TWIN: VALID, "a credential in it": valid(note=R.AROUND_NOT_CHECKED),
             "a credential beside script and launch": valid(note=R.AROUND_NOT_CHECKED)})
def _pdf(variant: str) -> Input:
    good = university("did:key").badge()
    held = good.replace(b"Data Analysis", b"Data Paralysis") if "forged" in variant else good
    files = {"certificate.json": held}
    made: dict[str, Callable[[], bytes]] = {
        TWIN: lambda: good, "hardly a PDF": lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n",
        "script and launch": lambda: pdf_with(dangerous=True),
        "a credential beside script and launch": lambda: pdf_with(attachments=files, dangerous=True)}
    return File(made.get(variant, lambda: pdf_with(attachments=files))())
