"""What another wallet's file turns out to hold, whatever that wallet is.

How each kind of file is read is in a module of its own: `universal_wallet`, `learncard_bundle`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wallet.codec.encoding import base58_encode, multibase_decode, read_multicodec, write_multicodec
from wallet.formats.archive import Member
from wallet.model.errors import CodecError, FormatError
from wallet.model.reasons import ReasonCode, reason

#: Multicodec table: an Ed25519 secret key; 32 bytes of seed, often followed by the public key.
_ED25519_SECRET = 0x1300
_ED25519_PUBLIC = 0xED
_SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A secret key in another wallet's file.

    Attributes:
        name: What the file calls it.
        seed: Of an Ed25519 key; None for a key of a kind that is not used here.
    """

    name: str
    seed: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class OtherWallet:
    """What a file of another wallet holds.

    Attributes:
        kind: The other wallet's word for it.
        credentials: One member for each; a member may have a problem of its own.
        keys: Secret keys.
        others: What is neither, in the file's own words.
    """

    kind: str
    credentials: tuple[Member, ...] = ()
    keys: tuple[ForeignKey, ...] = ()
    others: tuple[str, ...] = ()


def seed_of(secret_multibase: str, public_multibase: str, public_of: object) -> bytes | None:
    """Return the seed in a multibase secret key, None if it is of another kind or not that public key's.

    Args:
        secret_multibase: As a key pair has it.
        public_multibase: Of the same pair; "" to go without the comparison.
        public_of: A function from a seed to the 32 bytes of its public key.
    """
    try:
        code, secret = read_multicodec(multibase_decode(secret_multibase))
    except CodecError:
        return None
    if code != _ED25519_SECRET or len(secret) not in (_SEED_BYTES, 2 * _SEED_BYTES):
        return None
    seed = secret[:_SEED_BYTES]
    public = public_of(seed) if callable(public_of) else b""
    if len(secret) == 2 * _SEED_BYTES and secret[_SEED_BYTES:] != public:
        return None
    if public_multibase and public_multibase != multibase_of(public):
        return None
    return seed


def multibase_of(public: bytes) -> str:
    """Return an Ed25519 public key as a Multikey."""
    return "z" + base58_encode(write_multicodec(_ED25519_PUBLIC, public))


def wrong_passphrase(name: str) -> FormatError:
    """Return the refusal of a passphrase that does not open a file, or of a file that was altered."""
    return FormatError(reason(ReasonCode.EXPORT_WRONG_PASSPHRASE, name=name))


def locked(name: str) -> FormatError:
    """Return the refusal of a file that needs a passphrase when none was given."""
    return FormatError(reason(ReasonCode.EXPORT_LOCKED, name=name))
