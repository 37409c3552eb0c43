"""BBS signatures over BLS12-381: one signature over many messages, and proofs that show some of them.

A proof says "I have a signature by this key over messages of which these are some" without showing the
signature, so two proofs of one signature cannot be linked by it. Only the arithmetic is here, in the suite
with SHA-256; what the messages are is `bbs_2023`'s. The curve library is not known to run in constant time,
so nothing here should run where somebody else can measure it. Specification:
draft-irtf-cfrg-bbs-signatures-08 §3 and §4, RFC 9380 §5.3.1.
"""

from __future__ import annotations

import hashlib
import itertools
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from py_arkworks_bls12381 import GT, G1Point, G2Point, Scalar

from wallet.model.errors import ProofError
from wallet.model.limits import MAX_QUADS
from wallet.model.reasons import ReasonCode, reason

#: Makes so many random numbers below the order of the group.
Randomness: TypeAlias = Callable[[int], Sequence[int]]

SIGNATURE_BYTES: Final = 80
ORDER: Final = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
API_ID: Final = b"BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_"

_HASH_TO_SCALAR: Final = API_ID + b"H2S_"
_P1: Final = G1Point.from_compressed_bytes(
    bytes.fromhex(
        "a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd22"
        "5e7c59698588e70d11406d161b4e28c9"
    )
)
_POINT_BYTES: Final = 48
_SCALAR_BYTES: Final = 32
_EXPAND_BYTES: Final = 48  # ceil((ceil(log2(ORDER)) + 128) / 8)
_BLOCK_BYTES: Final = 64
_HASH_BYTES: Final = 32
_FIXED_PROOF_BYTES: Final = 3 * _POINT_BYTES + 4 * _SCALAR_BYTES  # and one number for each hidden message


@dataclass(frozen=True, slots=True)
class _Shown:
    """The messages that a proof shows, by their place among all."""

    count: int
    scalars: dict[int, int]

    @property
    def hidden(self) -> list[int]:
        return [index for index in range(self.count) if index not in self.scalars]


@dataclass(frozen=True, slots=True)
class _Opening:
    """What both sides hash into the challenge: the three points of the proof and the two commitments."""

    points: tuple[G1Point, G1Point, G1Point]
    commitments: tuple[G1Point, G1Point]
    domain: int


def verify(public_key: bytes, signature: bytes, header: bytes, messages: Sequence[bytes]) -> None:
    """Check a signature over all messages (§3.6.2).

    Raises:
        ProofError: PROOF_MALFORMED, SIGNATURE_WRONG or LIMIT_ITEMS.
    """
    if len(signature) != SIGNATURE_BYTES:
        raise _malformed()
    a, e = _point(signature[:_POINT_BYTES]), _number(signature[_POINT_BYTES:])
    key = _public_key(public_key)
    shown = _Shown(len(messages), dict(enumerate(message_scalars(messages))))
    base = _base(_domain(public_key, header, shown.count), shown)
    if not GT.pairing_check([a, base], [key + G2Point() * Scalar.from_be_bytes(_octets(e)), -G2Point()]):
        raise _wrong()


def sign(secret: int, public_key: bytes, header: bytes, messages: Sequence[bytes]) -> bytes:
    """Sign messages (§3.6.1), as an issuer does: a wallet has no such key, simulated issuers have.

    Raises:
        ProofError: LIMIT_ITEMS: more messages than a document may have statements.
    """
    scalars = message_scalars(messages)
    domain = _domain(public_key, header, len(messages))
    e = hash_to_scalar(b"".join(map(_octets, (secret, *scalars, domain))), _HASH_TO_SCALAR)
    base = _base(domain, _Shown(len(messages), dict(enumerate(scalars))))
    a = _sum([base], [pow(secret + e, -1, ORDER)])
    return a.to_compressed_bytes() + _octets(e)


def public_key_of(secret: int) -> bytes:
    """Return the public key of a secret one (§3.4.2)."""
    return (G2Point() * Scalar.from_be_bytes(_octets(secret))).to_compressed_bytes()


def prove(public_key: bytes, signature: bytes, header: bytes, presentation_header: bytes,
          messages: Sequence[bytes], shown_indexes: Sequence[int], *,
          randomness: Randomness | None = None) -> bytes:
    """Make a proof that shows the messages at these places (§3.6.3).

    Args:
        public_key: The issuer's.
        signature: Over all messages; checked by the caller.
        header: As signed.
        presentation_header: Bound to this proof, for the verifier.
        messages: All of them.
        shown_indexes: Places of the shown ones, each after the one before.
        randomness: Other than the operating system's, for published vectors only.

    Raises:
        ProofError: PROOF_MALFORMED or LIMIT_ITEMS.
    """
    a, e = _point(signature[:_POINT_BYTES]), _number(signature[_POINT_BYTES:])
    scalars = message_scalars(messages)
    every = _Shown(len(scalars), dict(enumerate(scalars)))
    shown = _Shown(len(scalars), {index: scalars[index] for index in shown_indexes})
    hidden = shown.hidden
    r1, r2, e_blind, r1_blind, r3_blind, *blinds = (randomness or _random_numbers)(5 + len(hidden))
    domain = _domain(public_key, header, len(scalars))
    d = _sum([_base(domain, every)], [r2])
    a_bar = _sum([a], [r1 * r2])
    b_bar = _sum([d, a_bar], [r1, -e])
    generators = _generators(len(scalars))
    commitments = (
        _sum([a_bar, d], [e_blind, r1_blind]),
        _sum([d, *(generators[index + 1][0] for index in hidden)], [r3_blind, *blinds]),
    )
    opening = _Opening((a_bar, b_bar, d), commitments, domain)
    challenge = _challenge(opening, shown, presentation_header)
    answers = (
        e_blind + e * challenge,
        r1_blind - r1 * challenge,
        r3_blind - pow(r2, -1, ORDER) * challenge,
        *(blind + scalars[index] * challenge for index, blind in zip(hidden, blinds, strict=True)),
        challenge,
    )
    points = b"".join(point.to_compressed_bytes() for point in opening.points)
    return points + b"".join(map(_octets, answers))


def verify_proof(public_key: bytes, proof: bytes, header: bytes, presentation_header: bytes,
                 shown: Mapping[int, bytes]) -> None:
    """Check a proof (§3.6.4).

    Args:
        public_key: The issuer's.
        proof: Three points, an answer for each secret, the challenge.
        header: As the issuer signed it.
        presentation_header: As the proof was made for.
        shown: The shown messages, by their place among all.

    Raises:
        ProofError: PROOF_MALFORMED, SIGNATURE_WRONG or LIMIT_ITEMS.
    """
    extra, rest = divmod(len(proof) - _FIXED_PROOF_BYTES, _SCALAR_BYTES)
    if extra < 0 or rest:
        raise _malformed()
    edges = [place * _POINT_BYTES for place in range(4)]
    a_bar, b_bar, d = (_point(proof[start:end]) for start, end in itertools.pairwise(edges))
    numbers = [_number(proof[at : at + _SCALAR_BYTES]) for at in range(edges[-1], len(proof), _SCALAR_BYTES)]
    e, r1, r3, *answers, challenge = numbers
    places = _Shown(extra + len(shown), dict(zip(shown, message_scalars(list(shown.values())), strict=True)))
    if shown and max(shown) >= places.count:
        raise _wrong()
    domain = _domain(public_key, header, places.count)
    generators = _generators(places.count)
    base = _base(domain, places)
    hidden = [generators[index + 1][0] for index in places.hidden]
    commitments = (
        _sum([b_bar, a_bar, d], [challenge, e, r1]),
        _sum([base, d, *hidden], [challenge, r3, *answers]),
    )
    opening = _Opening((a_bar, b_bar, d), commitments, domain)
    if _challenge(opening, places, presentation_header) != challenge:
        raise _wrong()
    if not GT.pairing_check([a_bar, b_bar], [_public_key(public_key), -G2Point()]):
        raise _wrong()


def message_scalars(messages: Sequence[bytes]) -> list[int]:
    """Turn messages into numbers (§4.1.2)."""
    return [hash_to_scalar(message, API_ID + b"MAP_MSG_TO_SCALAR_AS_HASH_") for message in messages]


def hash_to_scalar(message: bytes, tag: bytes) -> int:
    """Hash a message to a number below the order (§4.2.4)."""
    return int.from_bytes(expand_message(message, tag, _EXPAND_BYTES)) % ORDER


def expand_message(message: bytes, tag: bytes, length: int) -> bytes:
    """Hash a message to that many bytes with SHA-256 (RFC 9380 §5.3.1)."""
    suffix = tag + bytes((len(tag),))
    first = hashlib.sha256(bytes(_BLOCK_BYTES) + message + length.to_bytes(2) + b"\0" + suffix).digest()
    block = hashlib.sha256(first + b"\1" + suffix).digest()
    expanded = block
    for number in range(2, -(-length // _HASH_BYTES) + 1):
        mixed = (int.from_bytes(first) ^ int.from_bytes(block)).to_bytes(_HASH_BYTES)
        block = hashlib.sha256(mixed + bytes((number,)) + suffix).digest()
        expanded += block
    return expanded[:length]


class _GeneratorTable:
    """The points that messages are bound to; the same for everybody, so each is made once (§4.1.1)."""

    _SEED_TAG: Final = API_ID + b"SIG_GENERATOR_SEED_"
    _POINT_TAG: Final = API_ID + b"SIG_GENERATOR_DST_"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: list[tuple[G1Point, bytes]] = []
        self._seed = expand_message(API_ID + b"MESSAGE_GENERATOR_SEED", self._SEED_TAG, _EXPAND_BYTES)

    def first(self, count: int) -> list[tuple[G1Point, bytes]]:
        with self._lock:
            while len(self._made) < count:
                number = len(self._made) + 1
                self._seed = expand_message(self._seed + number.to_bytes(8), self._SEED_TAG, _EXPAND_BYTES)
                point = G1Point.hash_to_curve(self._seed, self._POINT_TAG)
                self._made.append((point, point.to_compressed_bytes()))
            return self._made[:count]


_TABLE: Final = _GeneratorTable()


def _generators(messages: int) -> list[tuple[G1Point, bytes]]:
    """Return the point of the domain and one for each message, with their bytes."""
    if messages > MAX_QUADS:  # each is a statement
        raise ProofError(reason(ReasonCode.LIMIT_ITEMS, what="messages", limit=str(MAX_QUADS)))
    return _TABLE.first(messages + 1)


def _domain(public_key: bytes, header: bytes, count: int) -> int:
    """Hash what everything is bound to: key, header and number of messages (§4.2.3)."""
    points = b"".join(data for _, data in _generators(count))
    return hash_to_scalar(
        public_key + count.to_bytes(8) + points + API_ID + len(header).to_bytes(8) + header, _HASH_TO_SCALAR
    )


def _base(domain: int, shown: _Shown) -> G1Point:
    generators = _generators(shown.count)
    points = [generators[0][0], *(generators[index + 1][0] for index in shown.scalars)]
    return _P1 + _sum(points, [domain, *shown.scalars.values()])


def _challenge(opening: _Opening, shown: _Shown, presentation_header: bytes) -> int:
    """Hash what the prover committed to (§3.7.4)."""
    told = b"".join(index.to_bytes(8) + _octets(scalar) for index, scalar in shown.scalars.items())
    points = b"".join(point.to_compressed_bytes() for point in (*opening.points, *opening.commitments))
    octets = len(shown.scalars).to_bytes(8) + told + points + _octets(opening.domain)
    return hash_to_scalar(
        octets + len(presentation_header).to_bytes(8) + presentation_header, _HASH_TO_SCALAR
    )


def _sum(points: Sequence[G1Point], numbers: Sequence[int]) -> G1Point:
    return G1Point.multiexp_unchecked(
        list(points), [Scalar.from_be_bytes(_octets(number)) for number in numbers]
    )


def _random_numbers(count: int) -> list[int]:
    return [secrets.randbelow(ORDER - 1) + 1 for _ in range(count)]


def _point(data: bytes) -> G1Point:
    """Read a point of the right group, not the neutral one, in its one form (§4.2.4.2)."""
    try:
        point = G1Point.from_compressed_bytes(data)
    except ValueError:
        raise _malformed() from None
    if point == G1Point.identity() or point.to_compressed_bytes() != data:
        raise _malformed()
    return point


def _public_key(data: bytes) -> G2Point:
    try:
        return G2Point.from_compressed_bytes(data)
    except ValueError:  # a key from outside has passed the gate
        raise _malformed() from None


def _number(data: bytes) -> int:
    number = int.from_bytes(data)
    if not 0 < number < ORDER:
        raise _malformed()
    return number


def _octets(number: int) -> bytes:
    return (number % ORDER).to_bytes(_SCALAR_BYTES)


def _malformed() -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member="proofValue"))


def _wrong() -> ProofError:
    return ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite="bbs-2023"))
