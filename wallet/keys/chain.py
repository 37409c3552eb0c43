"""Chains of X.509 certificates in a header: does each certify the one before, and when were all in force?

Whether the last of them is anybody's to trust is not said here: without a list of trusted sealers a chain
only tells a name that some authority wrote. Specifications: RFC 7515 §4.1.6 (`x5c`), RFC 5280 §4.1 and §6.1.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    DNSName,
    DuplicateExtension,
    ExtendedKeyUsage,
    ExtensionNotFound,
    InvalidVersion,
    KeyUsage,
    Name,
    NameConstraints,
    SubjectAlternativeName,
    UniformResourceIdentifier,
    UnsupportedGeneralNameType,
    load_der_x509_certificate,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID, ObjectIdentifier

from wallet.codec.encoding import base64url_encode
from wallet.model.errors import KeysError

from .certificates import leaf_key
from .gate import malformed
from .keypair import PublicKey

MAX_CERTIFICATES: Final = 8  # of one chain; real ones have one to four
_MAX_CERTIFICATE_CHARS: Final = 16 * 1024  # of base64
_MAX_NAME_CHARS: Final = 200
_MIN_RSA_BITS: Final = 2048
_MIN_CURVE_BITS: Final = 224
#: ETSI EN 319 412-2 §4.2.4: what a person's certificate has one of, and an organisation's (412-3) never has.
_OF_PERSONS: Final = (NameOID.GIVEN_NAME, NameOID.SURNAME, NameOID.PSEUDONYM)
#: RFC 5280 §4.2: what must be understood before a certificate's word is taken, and is here, or asks nothing.
_UNDERSTOOD: Final = (ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE, ExtensionOID.EXTENDED_KEY_USAGE,
                      ExtensionOID.CERTIFICATE_POLICIES, ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
                      ObjectIdentifier("1.3.6.1.5.5.7.1.3"))  # the last: statements of qualified ones
#: §4.2.1.12: a certificate for these is for nothing else, unless it says one that a seal may have.
_FOR_MACHINES: Final = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.TIME_STAMPING,
                        ExtendedKeyUsageOID.OCSP_SIGNING)
_FOR_SEALS: Final = (ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE, ExtendedKeyUsageOID.EMAIL_PROTECTION,
                     ObjectIdentifier("1.3.6.1.5.5.7.3.36"))  # the last: RFC 9336


@dataclass(frozen=True, slots=True)
class CertificateChain:
    """A chain whose links hold, not yet trusted.

    Attributes:
        key: Of the first certificate: the one that sealed.
        subject: Whom the first certificate names.
        authority: Who certified it, by the certificate's own words.
        begins, ends: When all certificates of the chain were in force together.
        thumbprint: SHA-256 of the first certificate, base64url (RFC 7515 §4.1.8).
        organisation: The registered number of whom it names (ETSI EN 319 412-1 §5.1.4), "" if it has none.
        is_person: Whether it names a person, who may belong to an organisation and is none.
        certificates: All of them, DER, the first one first.
        may_vouch: Whether an authority above it vouches for the name in it: none of the certificates sets
            conditions that are not read here, is for web servers or other machines only, or has certified
            another with a key that anybody could find out.
        uris, hosts: The addresses and the names of hosts that the first certificate is about.
    """

    key: PublicKey
    subject: str
    authority: str
    begins: datetime
    ends: datetime
    thumbprint: str
    organisation: str = ""
    certificates: tuple[bytes, ...] = ()
    is_person: bool = False
    may_vouch: bool = True
    uris: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def in_force(self, moment: datetime) -> bool:
        """Return whether every certificate was in force then."""
        return self.begins <= moment <= self.ends


def certificate_chain(x5c: Any) -> CertificateChain:
    """Read a chain, the sealing certificate first.

    Raises:
        KeysError: KEY_MALFORMED, with what is wrong; KEY_WEAK or KEY_UNSUPPORTED for the sealing key.
    """
    if not isinstance(x5c, list) or not 1 <= len(x5c) <= MAX_CERTIFICATES:
        raise malformed("x5c", "shape")
    key = leaf_key(x5c)
    data = tuple(_der(one) for one in x5c)
    certificates = tuple(_certificate(one) for one in data)
    for below, (lower, upper) in enumerate(pairwise(certificates)):
        _check_link(lower, upper, below=below)
    _check_usage(certificates[0])
    return CertificateChain(
        key=key,
        subject=_name(certificates[0].subject),
        authority=_name(certificates[0].issuer),
        begins=max(one.not_valid_before_utc for one in certificates),
        ends=min(one.not_valid_after_utc for one in certificates),
        thumbprint=base64url_encode(hashlib.sha256(data[0]).digest()),
        organisation=_attribute(certificates[0].subject, NameOID.ORGANIZATION_IDENTIFIER),
        certificates=data,
        is_person=any(_attribute(certificates[0].subject, one) for one in _OF_PERSONS),
        may_vouch=not any(map(_sets_conditions, certificates)) and all(map(_is_strong, certificates[1:])),
        uris=_alternative(certificates[0], UniformResourceIdentifier),
        hosts=_alternative(certificates[0], DNSName),
    )


def issued_by(chain: CertificateChain, upper: bytes, moment: datetime | None) -> bool:
    """Return whether a chain was issued by another certificate (DER) that may issue and was in force then.

    Without a moment, no date is compared. Never raises: what cannot be read has issued nothing, and what sets
    conditions that are not read here nothing that can be told.
    """
    try:
        authority = _certificate(upper)
        _check_link(_certificate(chain.certificates[-1]), authority, below=len(chain.certificates) - 1)
    except KeysError:
        return False
    if _sets_conditions(authority) or not _is_strong(authority):
        return False
    return moment is None or authority.not_valid_before_utc <= moment <= authority.not_valid_after_utc


def _der(value: Any) -> bytes:
    if not isinstance(value, str) or len(value) > _MAX_CERTIFICATE_CHARS:
        raise malformed("x5c", "shape")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise malformed("x5c", "certificate") from None


def _certificate(data: bytes) -> Certificate:
    try:
        certificate = load_der_x509_certificate(data)
        # The library reads these when they are first asked for; what it cannot read is named here.
        _ = (certificate.extensions, certificate.subject, certificate.issuer,
             certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    except (ValueError, TypeError, InvalidVersion, DuplicateExtension, UnsupportedGeneralNameType):
        raise malformed("x5c", "certificate") from None
    return certificate


def _check_link(lower: Certificate, upper: Certificate, *, below: int) -> None:
    """RFC 5280 §6.1.3 and §6.1.4: certified by the next, which may certify, and so far down.

    Args:
        lower: Of the link.
        upper: Of the link.
        below: How many authorities stand between the upper one and whoever sealed.
    """
    try:
        lower.verify_directly_issued_by(upper)
        constraints = upper.extensions.get_extension_for_class(BasicConstraints).value
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm, ExtensionNotFound):
        raise malformed("x5c", "chain") from None
    longest, usage = constraints.path_length, _usage(upper)
    if not constraints.ca or (longest is not None and below > longest) or (
            usage is not None and not usage.key_cert_sign):
        raise malformed("x5c", "chain")


def _check_usage(leaf: Certificate) -> None:
    """RFC 5280 §4.2.1.3: a certificate that says what its key is for must say signatures."""
    usage = _usage(leaf)
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise malformed("x5c", "usage")


def _alternative(leaf: Certificate, kind: type[DNSName | UniformResourceIdentifier]) -> tuple[str, ...]:
    """RFC 5280 §4.2.1.6: the other names of whom a certificate is about, of one kind."""
    try:
        names = leaf.extensions.get_extension_for_class(SubjectAlternativeName).value
    except ExtensionNotFound:
        return ()
    return tuple(str(one.value) for one in names if isinstance(one, kind))


def _sets_conditions(certificate: Certificate) -> bool:
    """RFC 5280 §4.2.1.10 and 12: an authority may certify certain names, or for certain uses, only.

    Which names is not worked out here. What an authority is for, binds those below it by common practice.
    """
    if any(isinstance(one.value, NameConstraints) or (one.critical and one.oid not in _UNDERSTOOD)
           for one in certificate.extensions):
        return True
    try:
        purposes = set(certificate.extensions.get_extension_for_class(ExtendedKeyUsage).value)
    except ExtensionNotFound:
        return False
    return not purposes.isdisjoint(_FOR_MACHINES) and purposes.isdisjoint(_FOR_SEALS)


def _is_strong(authority: Certificate) -> bool:
    """Whether nobody else can have the key of an authority, by its length (RFC 8725 §3.5 as for any key)."""
    try:
        key = authority.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    if isinstance(key, RSAPublicKey):
        return key.key_size >= _MIN_RSA_BITS
    return not isinstance(key, EllipticCurvePublicKey) or key.curve.key_size >= _MIN_CURVE_BITS


def _usage(certificate: Certificate) -> KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return None
    except ValueError:
        raise malformed("x5c", "certificate") from None


def _name(name: Name) -> str:
    """Return the organisation, else the common name, else the whole name."""
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        if found := _attribute(name, oid):
            return found
    return name.rfc4514_string()[:_MAX_NAME_CHARS]


def _attribute(name: Name, oid: ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value)[:_MAX_NAME_CHARS] if found else ""
