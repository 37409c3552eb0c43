"""DIDs and DID URLs: taken apart strictly, resolved where that needs nobody else.

`did:key` and `did:jwk` are their own documents; `did:web` is an address. Nothing is fetched here.
Specifications: Decentralized Identifiers 1.0 §3, did:key 0.7, did:jwk, did:web.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from wallet.codec.encoding import base64url_decode
from wallet.codec.strict_json import parse_object
from wallet.model.errors import CodecError, KeysError
from wallet.model.limits import MAX_URL_CHARS
from wallet.model.reasons import ReasonCode, reason

from .controller import ControllerDocument, VerificationMethod
from .keypair import PublicKey, public_key_from_jwk, public_key_from_multibase

# A tilde is no DID character by the letter, but paths of did:web carry it.
_DID: Final = re.compile(
    r"did:[a-z0-9]+:(?:(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*:)*(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+", re.ASCII
)
_URI_SIGN: Final = r"[^\s<>\"{}|\\^`\x00-\x20\x7f#?]"
# Platforms that write a badge in several versions tell them apart by a query, in the issuer's id too.
_URI: Final = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_URI_SIGN}+(?:\?{_URI_SIGN}+)?", re.ASCII)
_FRAGMENT: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/-]+", re.ASCII)
_HOST_LABEL: Final = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)", re.ASCII)
_TOP_LABEL: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*", re.ASCII)
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_WELL_KNOWN: Final = "/.well-known/did.json"
_MAX_REMEMBERED: Final = 1024  # resolved DIDs; each is its own document, so none can grow old


def is_did(text: str) -> bool:
    """Whether a text is a DID: no path, query or fragment."""
    return len(text) <= MAX_URL_CHARS and _DID.fullmatch(text) is not None


def split_did_url(url: str) -> tuple[str, str]:
    """Split a verification method's address into document and fragment ("" if it has none).

    The document may be a DID or any other absolute URI, which may have a query. A query or path of a DID,
    `..`, an empty query, an empty or second fragment and characters outside the URI syntax are refused, so
    that one key has one name.

    Raises:
        KeysError: DID_MALFORMED.
    """
    base, hash_sign, fragment = url.partition("#")
    is_short = len(url) <= MAX_URL_CHARS
    if not is_short or (hash_sign and not _FRAGMENT.fullmatch(fragment)):
        raise _malformed(url)
    well_formed = is_did(base) if base[:4].lower() == "did:" else _URI.fullmatch(base) is not None
    if not well_formed or _climbs(base):
        raise _malformed(url)
    return base, fragment


def resolve_pure(did: str) -> ControllerDocument:
    """Resolve a DID that contains its key.

    Raises:
        KeysError: DID_UNSUPPORTED for every other method, DID_MALFORMED, or what is wrong with the key.
    """
    return _resolved(did)


@lru_cache(maxsize=_MAX_REMEMBERED)
def _resolved(did: str) -> ControllerDocument:
    if not is_did(did):
        raise _malformed(did)
    _, method, identifier = did.split(":", 2)
    if method == "key":
        return _document(did, identifier, _key_of_did_key(did, identifier))
    if method == "jwk":
        return _document(did, "0", _key_of_did_jwk(did, identifier))
    raise KeysError(reason(ReasonCode.DID_UNSUPPORTED, method=method, found=did[:200]))


def web_location(did: str) -> str:
    """Return the https address of a `did:web` document.

    Raises:
        KeysError: DID_UNSUPPORTED if it is another method; DID_MALFORMED for IP literals, `localhost`,
            names that are not A-labels, bad ports and paths that climb.
    """
    if not is_did(did):
        raise _malformed(did)
    _, method, identifier = did.split(":", 2)
    if method != "web":
        raise KeysError(reason(ReasonCode.DID_UNSUPPORTED, method=method, found=did[:200]))
    authority, *path = identifier.split(":")
    host, port_sign, port = authority.replace("%3a", "%3A").partition("%3A")
    labels = host.split(".")
    is_name = len(labels) > 1 and all(_HOST_LABEL.fullmatch(label) for label in labels)
    # The last label decides: a numeric one makes the whole an IPv4 address in some spelling.
    if not is_name or not _TOP_LABEL.fullmatch(labels[-1]) or labels[-1].lower() == "localhost":
        raise _malformed(did)
    if port_sign and (not _PORT.fullmatch(port) or int(port) > 65535):
        raise _malformed(did)
    if any(_is_odd_segment(segment) for segment in path):
        raise _malformed(did)
    authority = f"{host}:{port}" if port else host
    return f"https://{authority}" + ("/" + "/".join(path) + "/did.json" if path else _WELL_KNOWN)


def _key_of_did_key(did: str, identifier: str) -> PublicKey:
    key = public_key_from_multibase(identifier)
    if key.multibase != identifier:  # one key, one name
        raise _malformed(did)
    return key


def _key_of_did_jwk(did: str, identifier: str) -> PublicKey:
    try:
        jwk = parse_object(base64url_decode(identifier))
    except CodecError:
        raise _malformed(did) from None
    return public_key_from_jwk(jwk)


def _document(did: str, fragment: str, key: PublicKey) -> ControllerDocument:
    method = VerificationMethod(id=f"{did}#{fragment}", controller=did, key=key)
    listed = frozenset({method.id})
    return ControllerDocument(id=did, methods=(method,), assertion=listed, authentication=listed)


def _climbs(base: str) -> bool:
    path = unquote(base).replace("\\", "/")
    return any(segment in (".", "..") for segment in re.split("[/:?]", path))


def _is_odd_segment(segment: str) -> bool:
    plain = unquote(segment)
    return plain in ("", ".", "..") or any(sign in plain for sign in "/\\?#%:\0")


def _malformed(found: str) -> KeysError:
    return KeysError(reason(ReasonCode.DID_MALFORMED, found=found[:200]))
