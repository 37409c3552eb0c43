"""The public key inside an X.509 certificate, through the same gate as every other key.

A certificate in a header says what key was used and nothing about whose it is: no chain, name or date is
judged here. Specifications: RFC 7515 §4.1.6 (`x5c`), RFC 5280 §4.1.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

from cryptography.exceptions import UnsupportedAlgorithm

from .gate import malformed
from .keypair import PublicKey, public_key_from_pem

_MAX_CERTIFICATE_CHARS: Final = 16 * 1024  # of base64


def leaf_key(x5c: Any) -> PublicKey:
    """Return the key of the first certificate of a chain, which is the one that signed.

    Raises:
        KeysError: KEY_MALFORMED, KEY_WEAK or KEY_UNSUPPORTED.
    """
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - as below
        Encoding,
        PublicFormat,
    )
    from cryptography.x509 import (  # noqa: PLC0415 - few tokens bring one
        InvalidVersion,
        load_der_x509_certificate,
    )

    first = x5c[0] if isinstance(x5c, list) and x5c else None
    if not isinstance(first, str) or len(first) > _MAX_CERTIFICATE_CHARS:
        raise malformed("x5c", "shape")
    try:
        data = base64.b64decode(first, validate=True)  # RFC 7515 §4.1.6: base64, not base64url
        key = load_der_x509_certificate(data).public_key()
    except (binascii.Error, ValueError, InvalidVersion, UnsupportedAlgorithm):
        raise malformed("x5c", "certificate") from None
    return public_key_from_pem(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())
