"""Every sentence speaks plainly, and stays whole without its parameters."""

from __future__ import annotations

from tests.wording.words import check_template
from wallet.wording.keeping import KEEPING


def test_every_sentence_speaks_plainly() -> None:
    for told in KEEPING.values():
        for template in (told.what, told.safe, told.next):
            check_template(template)
