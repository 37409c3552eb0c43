"""Trust lists of certificate authorities: whose word a list vouches for, from when to when.

Two shapes are read: certificates in PEM, as a person collects them, and the national trusted lists of the
European Union (ETSI TS 119 612 version 2, XML). Such a list is believed because the person who checks
supplied it; its own seal is not checked here, and the report names the list. Nothing is fetched, and the
list of lists is not followed. Which certificate a seal brings is in `keys.chain`, what it means in `verify`.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from wallet.codec.dates import parse_datetime
from wallet.model.errors import CodecError, TrustError
from wallet.model.limits import MAX_EVIDENCE_BYTES
from wallet.model.reasons import ReasonCode, reason

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from wallet.keys.chain import CertificateChain

MAX_ANCHORS: Final = 5_000  # the largest national list has a few hundred
_PEM_BEGIN: Final = b"-----BEGIN CERTIFICATE-----"
_PEM: Final = re.compile(_PEM_BEGIN + rb"([A-Za-z0-9+/=\s]{1,32768})-----END CERTIFICATE-----")
_ETSI: Final = "{http://uri.etsi.org/02231/v2#}"
_ROOT: Final = f"{_ETSI}TrustServiceStatusList"
#: ETSI TS 119 612 §5.5.1.1: authorities that certify keys for qualified seals and signatures.
_AUTHORITY: Final = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
#: §5.5.4 and, for the time before July 2016, its first version.
_GRANTED: Final = frozenset(
    f"http://uri.etsi.org/TrstSvc/{one}" for one in (
        "TrustedList/Svcstatus/granted", "TrustedList/Svcstatus/undersupervision",
        "TrustedList/Svcstatus/accredited", "TrustedList/Svcstatus/supervisionincessation",
        "Svcstatus/eSigDir-1999-93-EC-TrustedList/undersupervision",
        "Svcstatus/eSigDir-1999-93-EC-TrustedList/accredited",
        "Svcstatus/eSigDir-1999-93-EC-TrustedList/supervisionincessation"))
_MAX_NAME_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class Anchor:
    """One certificate that a list vouches for.

    Attributes:
        certificate: DER.
        name: What the list calls its owner, "" where it does not say.
        granted: From when until when the list vouches for it, None for an open end; empty for always.
    """

    certificate: bytes
    name: str = ""
    granted: tuple[tuple[datetime | None, datetime | None], ...] = ()

    def vouched(self, moment: datetime | None) -> bool:
        """Return whether the list vouched for it at that moment; without one, whether it ever does."""
        if not self.granted or moment is None:
            return True
        return any((begin is None or begin <= moment) and (end is None or moment < end)
                   for begin, end in self.granted)


@dataclass(frozen=True, slots=True)
class TrustList:
    """What a list of authorities says.

    Attributes:
        date: When it was issued, None where it does not say.
        ends: When the next one is due, None where it does not say.
    """

    anchors: tuple[Anchor, ...]
    date: datetime | None = None
    ends: datetime | None = None


def is_trust_list(data: bytes) -> bool:
    """Return whether the bytes look like a list of authorities; cheap, never raises."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _PEM_BEGIN in data[:65_536] or (start.startswith(b"<") and b"TrustServiceStatusList" in start)


def trust_list(data: bytes, *, name: str) -> TrustList:
    """Read a list of authorities.

    Args:
        data: PEM certificates, or a trusted list of ETSI TS 119 612.
        name: What to call it in an error.

    Raises:
        TrustError: EVIDENCE_UNREADABLE, with what is wrong in `found`.
    """
    if len(data) > MAX_EVIDENCE_BYTES:
        raise _unreadable(name, "size")
    if _PEM_BEGIN in data:
        found = TrustList(tuple(_from_pem(data, name)))
    else:
        root = _root(data, name)
        scheme = root.find(f"{_ETSI}SchemeInformation")
        ends = _moment(scheme, f"NextUpdate/{_ETSI}dateTime")
        found = TrustList(tuple(_from_providers(root, name, ends)), _moment(scheme, "ListIssueDateTime"),
                          ends)
    if not found.anchors:
        raise _unreadable(name, "empty")
    return found


def find_anchor(anchors: tuple[Anchor, ...], chain: CertificateChain,
                moment: datetime | None) -> Anchor | None:
    """Return the anchor that the chain ends in or was issued by, vouched for at that moment, or None."""
    from wallet.keys.chain import issued_by  # noqa: PLC0415 - what reads certificates is slow to load

    in_force = [one for one in anchors if one.vouched(moment)]
    inside = frozenset(chain.certificates)
    for anchor in in_force:
        if anchor.certificate in inside:
            return anchor
    return next((one for one in in_force if issued_by(chain, one.certificate, moment)), None)


def _from_pem(data: bytes, name: str) -> Iterator[Anchor]:
    for number, match in enumerate(_PEM.finditer(data)):
        if number >= MAX_ANCHORS:
            raise _unreadable(name, "size")
        yield Anchor(_der(match[1], name))


def _root(data: bytes, name: str) -> Element:
    from defusedxml import ElementTree as Safe  # noqa: PLC0415 - few people check against such a list
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415

    try:
        root: Element = Safe.fromstring(data, forbid_dtd=True)
    except (Safe.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _unreadable(name, "xml") from error
    if root.tag != _ROOT:
        raise _unreadable(name, "shape")
    return root


def _from_providers(root: Element, name: str, ends: datetime | None) -> Iterator[Anchor]:
    count = 0
    for provider in root.iter(f"{_ETSI}TrustServiceProvider"):
        called = _name_of(provider)
        for service in provider.iter(f"{_ETSI}TSPService"):
            information = service.find(f"{_ETSI}ServiceInformation")
            granted = _granted(service, ends)
            if information is None or not granted:
                continue
            for element in information.iter(f"{_ETSI}X509Certificate"):
                count += 1
                if count > MAX_ANCHORS:
                    raise _unreadable(name, "size")
                yield Anchor(_der((element.text or "").encode(), name), called, granted)


def _granted(service: Element,
             ends: datetime | None) -> tuple[tuple[datetime | None, datetime | None], ...]:
    """Return the periods in which the service was granted, oldest first.

    §5.5.10: each entry of the history held from its starting time until the next one began. The last holds
    as far as the list itself does (§5.3.15): what came after, it cannot know.
    """
    entries = [service.find(f"{_ETSI}ServiceInformation"),
               *service.iter(f"{_ETSI}ServiceHistoryInstance")]
    dated = [(begin, _text(one, "ServiceTypeIdentifier") == _AUTHORITY
              and _text(one, "ServiceStatus").rstrip("/") in _GRANTED)
             for one in entries if one is not None and (begin := _moment(one, "StatusStartingTime"))]
    dated.sort(key=lambda entry: entry[0])
    ended = [begin for begin, _ in dated[1:]]
    return tuple((begin, end) for (begin, good), end in zip(dated, [*ended, ends], strict=True) if good)


def _name_of(provider: Element) -> str:
    found = provider.find(f"{_ETSI}TSPInformation/{_ETSI}TSPName/{_ETSI}Name")
    return " ".join((found.text or "").split())[:_MAX_NAME_CHARS] if found is not None else ""


def _text(parent: Element, member: str) -> str:
    return (parent.findtext(f"{_ETSI}{member}") or "").strip()


def _moment(parent: Element | None, member: str) -> datetime | None:
    found = _text(parent, member) if parent is not None else ""
    try:
        return parse_datetime(found)[0].astimezone(UTC) if found else None
    except CodecError:
        return None


def _der(text: bytes, name: str) -> bytes:
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise _unreadable(name, "certificate") from None


def _unreadable(name: str, found: str) -> TrustError:
    return TrustError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=name, found=found))
