"""One sentence for every reason code: the tables together, and the one function that reads them."""

from __future__ import annotations

from typing import Final

from wallet.model.credential import EvidenceClass
from wallet.model.reasons import Reason, ReasonCode

from .judging import JUDGING
from .labels import VERDICT_WORDS
from .operating import HAPPENED
from .reading import READING
from .text import Translate, fill, keep

SENTENCES: Final[dict[ReasonCode, str]] = {**READING, **JUDGING, **HAPPENED}

_CODES: Final = frozenset(code.value for code in ReasonCode)
#: Words that stand as a cause where no sentence is needed.
_PLAIN: Final[dict[str, str]] = {
    **{verdict.value: word for verdict, word in VERDICT_WORDS.items()},
    EvidenceClass.DOCUMENT.value: "a document has none",
    EvidenceClass.OWN.value: "an own statement has none",
    "from_sender": "it came from the sender",
    ReasonCode.KEY_UNKNOWN.value: "the key that made it is not here",
}
_MAX_BECAUSE = 3  # a reason that rests on a reason that rests on a reason is told; no deeper


def reason_text(reason: Reason, translate: Translate = keep, *, depth: int = 0) -> str:
    """Return the sentence of a reason, in plain words.

    A parameter `because` may itself be a code: then its sentence stands in its place.
    """
    values = dict(reason.params)
    because = values.get("because", "")
    if because in _PLAIN:
        values["because"] = f"{translate(_PLAIN[because])}."
    elif because in _CODES and depth < _MAX_BECAUSE:
        plain = tuple((name, value) for name, value in reason.params if name != "because")
        values["because"] = reason_text(Reason(ReasonCode(because), plain), translate, depth=depth + 1)
    elif because:
        values["because"] = f"{because}."
    text = fill(SENTENCES[reason.code], values, translate)
    return text if text.endswith((".", "?", "!")) else f"{text}."
