"""Every sentence speaks plainly, and stays whole without its parameters."""

from __future__ import annotations

from tests.wording.words import check_template
from wallet.wording.believing import BELIEVING


def test_every_sentence_speaks_plainly() -> None:
    for template in BELIEVING.values():
        check_template(template)
