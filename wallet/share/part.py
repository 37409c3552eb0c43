"""Showing a part of a credential: what can be left out, the part under a seal of its own, and what leaks.

Only seals made for it allow this (ecdsa-sd-2023, bbs-2023): the issuer's base proof stays here, and what
leaves is derived from it. What is offered are members as people see them, not every leaf. VC-DI-ECDSA §3.4,
VC-DI-BBS §3.3. Whether a receiver would accept the part is for `operations` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.strict_json import dump_json
from wallet.formats.parse import parse
from wallet.model.credential import Credential, JsonObject, Securing
from wallet.model.errors import ShareError
from wallet.model.reasons import ReasonCode, reason
from wallet.model.sharing import PartChoice, Revealed
from wallet.proofs.disclosure_value import is_base

from .presentation import revealed

#: Members that place a value: they come with whatever is shown beside them.
_PLACING: Final = frozenset({"@context", "id", "type", "proof"})
#: Members that are shown or left out member by member, and lists of which each entry is.
_OPENED: Final = frozenset({"credentialSubject", "achievement"})
_LISTS: Final = frozenset({"result", "alignment", "evidence"})
_MAX_CHOICES: Final = 200
_LEAST_CHARS: Final = 4  # shorter values stand everywhere by chance


def base_proof(credential: Credential) -> JsonObject | None:
    """Return the seal from which parts can be made; None for what is shown whole or not at all.

    Beside it may stand seals of the whole; none may build on another, which would be gone.
    """
    proofs = credential.proofs if credential.securing is Securing.EMBEDDED else ()
    if any("previousProof" in one for one in proofs):
        return None
    return next((one for one in proofs if is_base(one)), None)


def whole_of(credential: Credential, contexts: Contexts) -> Credential:
    """Return the whole as it may leave: without a seal that is for its holder only.

    What its issuer sealed as a whole, too, leaves under that seal, which more receivers can check.

    Raises:
        ProofError, LinkedDataError: As `part_of`, of which it is the case that leaves nothing out.
    """
    proof = base_proof(credential)
    if proof is None:
        return credential
    others = [one for one in credential.proofs if not is_base(one)]
    if not any(_party(one) == _party(proof) for one in others):
        return part_of(credential, (), contexts)
    left = {name: value for name, value in credential.document.items() if name != "proof"}
    return _read_again(left | {"proof": others if len(others) > 1 else others[0]})


def choices(credential: Credential) -> tuple[PartChoice, ...]:
    """Return what can be shown or left out, in the order of the file; empty where there is no choice.

    Raises:
        ProofError: PROOF_MALFORMED.
        ProofUnsupportedError: PROOF_UNSUPPORTED.
    """
    proof = base_proof(credential)
    if proof is None:
        return ()
    # Loaded here: only holders of such credentials need it.
    from wallet.proofs.disclosure import mandatory_pointers  # noqa: PLC0415

    fixed = mandatory_pointers(proof)
    found = tuple(PartChoice(pointer, _short(value), is_fixed=any(_covers(one, pointer) for one in fixed))
                  for pointer, value in _members(credential.document, ""))
    return found if len(found) <= _MAX_CHOICES else ()


def part_of(credential: Credential, left_out: Sequence[str], contexts: Contexts) -> Credential:
    """Return the part without these members, with a seal of its own; what is always shown stays.

    Args:
        credential: One that has choices.
        left_out: Pointers of choices.
        contexts: All the vocabularies it uses.

    Raises:
        ShareError: POINTER_WRONG for what is no choice, or is always shown.
        ProofError: The base proof does not fit the document.
        LinkedDataError: NOT_SELECTABLE, or something that cannot be told without loss.
    """
    proof, offered = base_proof(credential), choices(credential)
    free = {one.pointer for one in offered if not one.is_fixed}
    wrong = [pointer for pointer in left_out if pointer not in free]
    if proof is None or wrong:
        raise ShareError(reason(ReasonCode.POINTER_WRONG, pointer=wrong[0] if wrong else ""))
    from wallet.proofs.disclosure import derive  # noqa: PLC0415 - as above

    shown = [one.pointer for one in offered if one.pointer not in left_out] if left_out else [""]
    return _read_again(derive(credential.document, proof, shown, contexts))


def still_told(whole: Credential, part: Credential) -> tuple[Revealed, ...]:
    """Return what was left out in one place and stands in another that is shown, with where it is shown."""
    shown = revealed(part)
    paths = {one.path for one in shown}
    secrets = {_words(one.value) for one in revealed(whole)
               if one.path not in paths and not one.path.startswith("/proof/")}
    return tuple(one for one in shown if not one.path.startswith(("/proof/", "/@context"))
                 and any(len(secret) >= _LEAST_CHARS and secret in _words(one.value) for secret in secrets))


def _party(proof: JsonObject) -> str:
    return str(proof.get("verificationMethod")).partition("#")[0]


def _read_again(document: JsonObject) -> Credential:
    part = parse(dump_json(document))
    if not isinstance(part, Credential):  # a credential's part is one: it keeps its types
        raise ShareError(reason(ReasonCode.SHARE_NOT_GOOD, because="malformed"))
    return part


def _members(value: JsonObject, path: str) -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        if name in _PLACING:
            continue
        pointer = f"{path}/{name.replace('~', '~0').replace('/', '~1')}"
        if name in _OPENED and isinstance(inner, dict):
            yield from _members(inner, pointer)
        elif name in _LISTS and isinstance(inner, list):
            yield from ((f"{pointer}/{index}", one) for index, one in enumerate(inner))
        else:
            yield pointer, inner


def _words(value: str) -> str:
    """Return a value as people would find it again: without capitals, and without the stop at its end."""
    return " ".join(value.casefold().split()).strip(" .,;:!?")


def _covers(fixed: str, pointer: str) -> bool:
    """Whether a part that is always shown holds this member, or lies in it."""
    return fixed == "" or f"{pointer}/".startswith(f"{fixed}/") or fixed.startswith(f"{pointer}/")


def _short(value: Any) -> str:
    """Return a member's own words in one line."""
    if isinstance(value, dict):
        named = [value[name] for name in ("name", "targetName", "value", "narrative") if name in value]
        return _short(named[0]) if named else ", ".join(_short(one) for one in value.values())
    if isinstance(value, list):
        return ", ".join(_short(one) for one in value)
    return value if isinstance(value, str) else str(value)
