"""SD-JWT: the split form, its disclosures, and the claims with what is shown put in its place.

Everything that RFC 9901 §7.1 demands of digests and disclosures is held here, each rule with a reason of
its own: nothing is shown that was not sealed, nothing twice, nothing over something else. Who signed is in
`proofs`; what the claims mean is in `formats`. No signature is checked here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from wallet.model.credential import CompactJws, JsonObject
from wallet.model.errors import CodecError
from wallet.model.limits import MAX_DISCLOSURES, MAX_JSON_BYTES, MAX_JSON_DEPTH
from wallet.model.reasons import Reason, ReasonCode, reason

from .encoding import base64url_decode, base64url_encode, split_jws
from .strict_json import parse_json

SEPARATOR: Final = "~"
_DIGESTS: Final = "_sd"
_ELEMENT: Final = "..."
_ALGORITHM: Final = "_sd_alg"
_DEFAULT: Final = "sha-256"
# RFC 9901 §4.1.1: names of the registry of named information, without the truncated and the broken ones.
_HASHES: Final[Mapping[str, Callable[[bytes], bytes]]] = MappingProxyType(
    {
        "sha-256": lambda data: hashlib.sha256(data).digest(),
        "sha-384": lambda data: hashlib.sha384(data).digest(),
        "sha-512": lambda data: hashlib.sha512(data).digest(),
        "sha3-256": lambda data: hashlib.sha3_256(data).digest(),
        "sha3-384": lambda data: hashlib.sha3_384(data).digest(),
        "sha3-512": lambda data: hashlib.sha3_512(data).digest(),
    }
)
# RFC 9901 §9.3 asks for 128 random bits, which base64url writes in 22 characters; a few short of it is no
# matter, but what fits into 16 can be tried out.
_MIN_SALT_CHARS: Final = 16
_MIN_SALT_VARIETY: Final = 6  # different characters; 22 random ones have 18 on average


@dataclass(frozen=True, slots=True)
class SdJwt:
    """An SD-JWT taken apart, not yet believed.

    Attributes:
        jws: What the issuer signed.
        disclosures: The encoded texts, in their order.
        presented: Everything without the key binding: what `sd_hash` covers.
        key_binding: The holder's answer; None if there is none.
    """

    jws: CompactJws
    disclosures: tuple[str, ...]
    presented: str
    key_binding: CompactJws | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The claims as the sender shows them.

    Attributes:
        claims: With each shown part in its place, and no digest left.
        hidden: Digests without a disclosure; some may stand for nothing (decoys).
        hidden_at_top: How many of these are at the top level.
        notes: What is worth a warning.
        hidden_inside: The claims that are shown in part.
    """

    claims: JsonObject
    hidden: int
    hidden_at_top: int
    notes: tuple[Reason, ...] = ()
    hidden_inside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Disclosure:
    salt: str
    name: str | None  # None for an element of an array
    value: Any


def split_sd_jwt(text: str) -> SdJwt:
    """Take the compact form apart: `jwt~disclosure~…~` and, behind the last tilde, a key binding.

    Raises:
        CodecError: BAD_SD_JWT: no tilde, an empty disclosure; LIMIT_ITEMS, LIMIT_BYTES; or what is wrong
            with one of the two tokens.
    """
    if len(text) > 2 * MAX_JSON_BYTES:
        raise CodecError(reason(ReasonCode.LIMIT_BYTES, limit=str(2 * MAX_JSON_BYTES), found=str(len(text))))
    if text.count(SEPARATOR) > MAX_DISCLOSURES + 1:
        raise CodecError(
            reason(ReasonCode.LIMIT_ITEMS, what="disclosures", limit=str(MAX_DISCLOSURES),
                   found=str(text.count(SEPARATOR) - 1))
        )
    issued, *shown = text.split(SEPARATOR)
    if not shown:
        raise _bad("~")
    *disclosures, last = shown
    if not all(disclosures):
        raise _bad("~~")
    if last and last.count(".") != 2:  # a disclosure without the tilde that ends it
        raise _bad("trailing ~")
    key_binding = split_jws(last) if last else None
    presented = text[: len(text) - len(last)]
    return SdJwt(split_jws(issued), tuple(disclosures), presented, key_binding)


def show(claims: JsonObject, disclosures: tuple[str, ...]) -> Shown:
    """Put the disclosures in their places (RFC 9901 §7.1 step 3 to 5).

    Args:
        claims: The payload that the issuer signed.
        disclosures: Encoded texts.

    Raises:
        CodecError: DIGEST_REFUSED, DISCLOSURE_MALFORMED, DISCLOSURE_UNREFERENCED, DISCLOSURE_TWICE,
            DISCLOSURE_NAME, LIMIT_ITEMS, LIMIT_DEPTH, or what is wrong with the JSON of a disclosure.
    """
    if len(disclosures) > MAX_DISCLOSURES:
        raise CodecError(reason(ReasonCode.LIMIT_ITEMS, what="disclosures", limit=str(MAX_DISCLOSURES),
                                found=str(len(disclosures))))
    algorithm = digest_algorithm(claims)
    if len(set(disclosures)) != len(disclosures):
        raise CodecError(reason(ReasonCode.DISCLOSURE_TWICE))
    read = {digest(text, algorithm): _read(text) for text in disclosures}
    walk = _Walk(read)
    plain = {name: value for name, value in claims.items() if name != _ALGORITHM}
    opened = walk.object(plain, depth=1)
    if walk.used != read.keys():
        raise CodecError(reason(ReasonCode.DISCLOSURE_UNREFERENCED))
    notes = (reason(ReasonCode.HIDDEN_GUESSABLE),) if _guessable(tuple(read.values())) else ()
    return Shown(opened, walk.hidden, walk.hidden_at_top, notes, frozenset(walk.hidden_inside))


def shown_names(disclosures: tuple[str, ...]) -> tuple[str, ...]:
    """Return what each disclosure calls its part, "an element" for one of an array.

    Raises:
        CodecError: DISCLOSURE_MALFORMED, or what is wrong with its JSON.
    """
    return tuple(_read(text).name or "an element" for text in disclosures)


def digest(text: str, algorithm: str) -> str:
    """Return the digest of an encoded text, as it stands in the sealed part."""
    return base64url_encode(_HASHES[algorithm](text.encode("ascii", "replace")))


def digest_algorithm(claims: JsonObject) -> str:
    """Return the hash that the issuer chose.

    Raises:
        CodecError: DIGEST_REFUSED for one that is not on our list.
    """
    algorithm = claims.get(_ALGORITHM, _DEFAULT)
    if not isinstance(algorithm, str) or algorithm not in _HASHES:
        raise CodecError(reason(ReasonCode.DIGEST_REFUSED, algorithm=str(algorithm)[:20]))
    return algorithm


class _Walk:
    """One walk over the sealed claims and everything that disclosures put into them."""

    def __init__(self, disclosures: Mapping[str, _Disclosure]) -> None:
        self._disclosures = disclosures
        self._seen: set[str] = set()
        self.used: set[str] = set()
        self.hidden = 0
        self.hidden_at_top = 0
        self.hidden_inside: set[str] = set()

    def value(self, value: Any, depth: int) -> Any:
        if isinstance(value, dict):
            return self.object(value, depth)
        return self._array(value, depth) if isinstance(value, list) else value

    def object(self, value: JsonObject, depth: int) -> JsonObject:
        _bound(depth)
        if _ELEMENT in value:
            raise _malformed(_ELEMENT)
        digests = value.get(_DIGESTS, [])
        if not isinstance(digests, list):
            raise _malformed(_DIGESTS)
        opened = {name: self._member(name, each, depth) for name, each in value.items() if name != _DIGESTS}
        for one in digests:
            found = self._take(one, depth)
            if found is None:
                continue
            if found.name is None:  # RFC 9901 §7.1: two elements belong into an array
                raise _malformed("array")
            if found.name in opened:
                raise _named(found.name)
            opened[found.name] = self._member(found.name, found.value, depth)
        return opened

    def _member(self, name: str, value: Any, depth: int) -> Any:
        before = self.hidden
        opened = self.value(value, depth + 1)
        if depth == 1 and self.hidden > before:
            self.hidden_inside.add(name)
        return opened

    def _array(self, values: list[Any], depth: int) -> list[Any]:
        _bound(depth)
        opened = []
        for value in values:
            if not (isinstance(value, dict) and _ELEMENT in value):
                opened.append(self.value(value, depth + 1))
                continue
            if len(value) != 1:
                raise _malformed(_ELEMENT)
            found = self._take(value[_ELEMENT], depth + 1)
            if found is None:
                continue
            if found.name is not None:
                raise _malformed("object")
            opened.append(self.value(found.value, depth + 1))
        return opened

    def _take(self, text: Any, depth: int) -> _Disclosure | None:
        """Return the disclosure of a digest, None if the sender keeps it; each digest counts once."""
        if not isinstance(text, str):
            raise _malformed("digest")
        if text in self._seen:
            raise CodecError(reason(ReasonCode.DISCLOSURE_TWICE))
        self._seen.add(text)
        found = self._disclosures.get(text)
        if found is None:
            self.hidden += 1
            self.hidden_at_top += depth == 1
        else:
            self.used.add(text)
        return found


def _read(text: str) -> _Disclosure:
    try:
        data = base64url_decode(text)
    except CodecError:
        raise _malformed("base64url") from None
    parts = parse_json(data)
    if not isinstance(parts, list) or len(parts) not in (2, 3):
        raise _malformed("length")
    salt, *name, value = parts
    if not isinstance(salt, str):
        raise _malformed("salt")
    if not name:
        return _Disclosure(salt, None, value)
    if not isinstance(name[0], str):
        raise _malformed("name")
    if name[0] in (_DIGESTS, _ELEMENT):  # RFC 9901 §7.1 step 3.c.2
        raise _named(name[0])
    return _Disclosure(salt, name[0], value)


def _guessable(disclosures: tuple[_Disclosure, ...]) -> bool:
    """Whether what the sender keeps could be found by trying: short, simple or repeated salts."""
    salts = [one.salt for one in disclosures]
    simple = any(len(salt) < _MIN_SALT_CHARS or len(set(salt)) < _MIN_SALT_VARIETY for salt in salts)
    return simple or len(set(salts)) != len(salts)


def _bound(depth: int) -> None:
    if depth > MAX_JSON_DEPTH:
        raise CodecError(reason(ReasonCode.LIMIT_DEPTH, limit=str(MAX_JSON_DEPTH)))


def _bad(what: str) -> CodecError:
    return CodecError(reason(ReasonCode.BAD_SD_JWT, what=what))


def _malformed(what: str) -> CodecError:
    return CodecError(reason(ReasonCode.DISCLOSURE_MALFORMED, what=what))


def _named(name: str) -> CodecError:
    return CodecError(reason(ReasonCode.DISCLOSURE_NAME, found=name[:80]))
