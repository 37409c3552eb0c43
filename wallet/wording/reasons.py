"""One sentence for every reason code: the tables together, and the one function that reads them."""

from __future__ import annotations

from typing import Final

from wallet.model.credential import EvidenceClass
from wallet.model.limits import KIB, MIB
from wallet.model.reasons import Reason, ReasonCode

from .believing import BELIEVING
from .judging import JUDGING
from .keeping import KEEPING
from .labels import VERDICT_WORDS
from .operating import HAPPENED
from .reading import READING
from .requesting import REQUESTING
from .text import Translate, fill, keep

SENTENCES: Final[dict[ReasonCode, str]] = {
    **READING, **JUDGING, **BELIEVING, **HAPPENED,
    **{code: told.what for code, told in {**REQUESTING, **KEEPING}.items()},
}

_CODES: Final = frozenset(code.value for code in ReasonCode)
#: Words that stand as a cause where no sentence is needed.
_PLAIN: Final[dict[str, str]] = {
    **{verdict.value: word for verdict, word in VERDICT_WORDS.items()},
    EvidenceClass.DOCUMENT.value: "a document has none",
    EvidenceClass.OWN.value: "an own statement has none",
    "from_sender": "it came from the sender",
    "other_host": "it is not kept where the issuer keeps its own",
    "type": "it is not of the kind, or not of the issuer, that the credential says",
    "no_name": "the credential has no id that could stand in it",
    "bit_order": "it is so old that it can be read in two ways, which say different things",
    ReasonCode.KEY_UNKNOWN.value: "the key that made it is not here",
}
#: Values of parameters that are codes themselves.
_VALUES: Final[dict[tuple[ReasonCode, str], str]] = {
    (ReasonCode.ISSUER_LISTED, "shipped"): "it came with this program",
    (ReasonCode.ISSUER_LISTED, "federation"): "a federation, which was asked",
    (ReasonCode.FORMAT_UNKNOWN, "key_document"): "it is a document with keys, which helps to check one",
    (ReasonCode.FORMAT_UNKNOWN, "key_set"): "it is a set of keys, which helps to check one",
    (ReasonCode.FORMAT_UNKNOWN, "key"): "it is a key, which helps to check one",
    (ReasonCode.FORMAT_UNKNOWN, "vocabulary"): "it is a vocabulary, which helps to check one",
    (ReasonCode.FORMAT_UNKNOWN, "zip"): "it is an archive: unpack it, and check what is in it",
    (ReasonCode.FORMAT_UNKNOWN, "JSON"): "nothing in it says that it is one",
    (ReasonCode.FORMAT_UNKNOWN, "array"): "it is a list of other things",
    (ReasonCode.FORMAT_UNKNOWN, "packed"): "it is packed in a way that is not opened here: unpack it, "
    "and check what is in it",
    (ReasonCode.FORMAT_UNKNOWN, "empty"): "it is an archive with nothing in it",
    (ReasonCode.FORMAT_UNKNOWN, "evidence_pack"): "it is a pack of saved documents, which helps to check one",
    (ReasonCode.FORMAT_UNKNOWN, "office"): "it is the document of an office program",
    (ReasonCode.FORMAT_UNKNOWN, "linkedin"): "it is LinkedIn's copy of a member's own data, and nothing "
    "in it is sealed",
    (ReasonCode.SHOWN_IN_PART, "validUntil"): "an end date",
    (ReasonCode.SHOWN_IN_PART, "credentialStatus"): "a list of withdrawals",
    (ReasonCode.SHOWN_IN_PART, "validUntil, credentialStatus"): "an end date, and a list of withdrawals",
    (ReasonCode.CREDENTIAL_NOT_FOUND, "none"): "No credential",
    (ReasonCode.CREDENTIAL_NOT_FOUND, "several"): "More than one credential",
    (ReasonCode.LABEL_REFUSED, "title"): "a title",
    (ReasonCode.LABEL_REFUSED, "note"): "a note",
    (ReasonCode.LABEL_REFUSED, "tag"): "a tag",
    (ReasonCode.LABEL_REFUSED, "tags"): "the tags of one credential",
    (ReasonCode.LABEL_REFUSED, "bundle_name"): "a bundle's name",
    (ReasonCode.LABEL_REFUSED, "bundle"): "one bundle",
    (ReasonCode.LABEL_REFUSED, "bundles"): "the bundles of one wallet",
    (ReasonCode.RECOVERY_CODE_TYPO, "length"): "some of it is missing, or there is too much",
    (ReasonCode.RECOVERY_CODE_TYPO, "character"): "a character in it never stands in such a code",
    (ReasonCode.RECOVERY_CODE_TYPO, "checksum"): "at least one character is wrong",
    (ReasonCode.VAULT_UNSAFE_PLACE, "link"): "it is a link to another place",
    (ReasonCode.VAULT_UNSAFE_PLACE, "no_folder"): "it is no folder",
    (ReasonCode.VAULT_UNSAFE_PLACE, "no_file"): "its file is no ordinary file",
    (ReasonCode.VAULT_UNSAFE_PLACE, "hard_link"): "its file has a second name somewhere else",
    (ReasonCode.VAULT_UNSAFE_PLACE, "owner"): "it belongs to another person",
}
_MAX_BECAUSE = 3  # a reason that rests on a reason that rests on a reason is told; no deeper


def reason_text(reason: Reason, translate: Translate = keep, *, depth: int = 0) -> str:
    """Return the sentence of a reason, in plain words.

    A parameter `because` may itself be a code: then its sentence stands in its place.
    """
    told = ((name, _plainly(reason.code, value)) for name, value in reason.params)
    values = dict(reason.params) | {name: translate(phrase) for name, phrase in told if phrase}
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


def _plainly(code: ReasonCode, value: str) -> str | None:
    """Return a value that is a code, or a number of bytes, as people say it; None for anything else."""
    if code is not ReasonCode.LIMIT_BYTES or not value.isdecimal():
        return _VALUES.get((code, value))
    count = int(value)
    unit, name = next((one for one in ((MIB, "MiB"), (KIB, "KiB")) if count >= one[0]), (1, "bytes"))
    return f"{round(count / unit, 1):g} {name}"
