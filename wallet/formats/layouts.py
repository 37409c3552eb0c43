"""The layout that a named schema demands: members, which of them must be there, and what they hold.

The tables say in our own shorthand what the published schemas of Open Badges 3.0 (its §B.1) and CLR 2.0
(its §B.1) say; no schema is ever fetched, and an address that is not in `SCHEMAS` is compared with
nothing. Text may be a language map (VC Data Model 2.0 §11.1), and one value may stand for an array
(JSON-LD). What decides about a credential is in `vc`, `openbadges3` and `clr`; this only describes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from wallet.codec.dates import parse_datetime
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError

from .members import is_uri, many

_MAX_DEPTH: Final = 32  # a document that was read is not deeper
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*", re.ASCII)
_EXTENSION: Final = re.compile(r"ext:[A-Za-z0-9._|-]+", re.ASCII)

def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ACHIEVEMENTS: Final = _words("""
    Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge
    BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency
    Course CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment
    JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate
    QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate
    SecondarySchoolDiploma""")
_RESULTS: Final = _words("""
    GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result
    RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status""")
_STATES: Final = _words("""
    Completed Enrolled Failed InProgress OnHold Provisional Withdrew""")
_TARGETS: Final = _words("""
    ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel
    CTDL""")
_IDENTIFIERS: Final = _words("""
    name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn
    issn lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId
    ltiPlatformId ltiUserId identifier""")
_ASSOCIATIONS: Final = _words("""
    exactMatchOf isChildOf isParentOf isPartOf isPeerOf isRelatedTo precedes replacedBy""")


@dataclass(frozen=True, slots=True)
class Layout:
    """What one kind of node holds.

    Attributes:
        members: Name and what it holds: a word of `_KINDS`, or the name of another layout.
        required: Names that must be there; `a|b` is one of the two.
    """

    members: Mapping[str, str]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place where a document is not as its schema says.

    Attributes:
        path: Where, as a JSON pointer (RFC 6901); text of the file, untrusted.
        missing: Whether a member is not there; else it holds something else than it should.
    """

    path: str
    missing: bool


#: A line per layout with what must be there, below it its members: `name`, a text, or `name:kind`.
_TABLE: Final = """
AchievementCredential: @context id type issuer validFrom|issuanceDate credentialSubject
    id:uri name description validFrom:moment issuanceDate:moment validUntil:moment
    expirationDate:moment awardedDate:moment issuer:party credentialStatus:Typed
    credentialSchema:Named refreshService:Typed termsOfUse:Typed proof:Typed evidence:Typed
    endorsementJwt:token image:Image credentialSubject:AchievementSubject
    endorsement:EndorsementCredential
EndorsementCredential: @context id type issuer validFrom|issuanceDate credentialSubject
    id:uri name description validFrom:moment issuanceDate:moment validUntil:moment
    expirationDate:moment awardedDate:moment issuer:party credentialStatus:Typed
    credentialSchema:Named refreshService:Typed termsOfUse:Typed proof:Typed evidence:Typed
    endorsementJwt:token credentialSubject:EndorsementSubject
ClrCredential: @context id type issuer validFrom|issuanceDate credentialSubject
    id:uri name description validFrom:moment issuanceDate:moment validUntil:moment
    expirationDate:moment awardedDate:moment issuer:party credentialStatus:Typed
    credentialSchema:Named refreshService:Typed termsOfUse:Typed proof:Typed evidence:Typed
    endorsementJwt:token image:Image partial:boolean credentialSubject:ClrSubject
    endorsement:EndorsementCredential
AchievementSubject: type achievement
    id:uri activityEndDate:moment activityStartDate:moment creditsEarned:number
    achievement:Achievement identifier:IdentityObject image:Image licenseNumber narrative
    result:Result role source:Profile term
EndorsementSubject: id type
    id:uri endorsementComment
ClrSubject: type verifiableCredential
    id:uri identifier:IdentityObject achievement:Achievement verifiableCredential:node
    association:Association
Achievement: id type criteria description name
    id:uri alignment:Alignment achievementType:achievement creator:Profile creditsAvailable:number
    criteria:Criteria description endorsement:EndorsementCredential endorsementJwt:token
    fieldOfStudy humanCode image:Image inLanguage name otherIdentifier:IdentifierEntry
    related:Related resultDescription:ResultDescription specialization tag version
Alignment: type targetName targetUrl
    targetCode targetDescription targetName targetFramework targetType:target targetUrl:uri
Criteria:
    id:uri narrative
IdentityObject: type hashed identityHash identityType
    hashed:boolean identityHash identityType:identifier salt
IdentifierEntry: type identifier identifierType
    identifier identifierType:identifier
Image: id type
    id:uri caption
Profile: id type
    id:uri name url:uri phone description endorsement:EndorsementCredential endorsementJwt:token
    image:Image email address:Address otherIdentifier:IdentifierEntry official parentOrg:Profile
    familyName givenName additionalName patronymicName honorificPrefix honorificSuffix
    familyNamePrefix dateOfBirth:date
Address: type
    addressCountry addressCountryCode addressRegion addressLocality streetAddress
    postOfficeBoxNumber postalCode geo:GeoCoordinates
GeoCoordinates: type latitude longitude
    latitude:number longitude:number
Result: type
    achievedLevel:uri alignment:Alignment resultDescription:uri status:state value
ResultDescription: id type name resultType
    id:uri alignment:Alignment allowedValue name requiredLevel:uri requiredValue resultType:result
    rubricCriterionLevel:RubricCriterionLevel valueMax valueMin
RubricCriterionLevel: id type name
    id:uri alignment:Alignment description level name points
Related: id type
    id:uri inLanguage version
Association: type associationType sourceId targetId
    associationType:association sourceId:uri targetId:uri
Typed: type
Named: id type
    id:uri
"""


def _read(table: str) -> Mapping[str, Layout]:
    found: dict[str, Layout] = {}
    for part in table.strip().splitlines():
        if not part.startswith(" "):
            name, _, required = part.partition(":")
            found[name] = Layout(MappingProxyType({}), tuple(required.split()))
            continue
        pairs = (one.partition(":") for one in part.split())
        more = {member: kind or "text" for member, _, kind in pairs}
        found[name] = Layout(MappingProxyType({**found[name].members, **more}), found[name].required)
    return MappingProxyType(found)


LAYOUTS: Final = _read(_TABLE)

_OB: Final = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_"
_CLR: Final = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_"
#: Addresses of schemas whose layout we ship.
SCHEMAS: Final[Mapping[str, str]] = MappingProxyType({
    f"{_OB}achievementcredential_schema.json": "AchievementCredential",
    f"{_OB}endorsementcredential_schema.json": "EndorsementCredential",
    f"{_CLR}clrcredential_schema.json": "ClrCredential",
    f"{_CLR}endorsementcredential_schema.json": "EndorsementCredential",
    f"{_CLR}achievementcredential_schema.json": "AchievementCredential",
})


def deviations(document: JsonObject, layout: str, *, limit: int = 5) -> tuple[Deviation, ...]:
    """Compare a document with a layout.

    Args:
        document: As it was sealed.
        layout: A name of `LAYOUTS`.
        limit: How many deviations are told at most.
    """
    return tuple(islice(_node(document, layout, "", 0), limit))


def _node(node: JsonObject, name: str, path: str, depth: int) -> Iterator[Deviation]:
    layout = LAYOUTS[name]
    for wanted in layout.required:
        if not any(node.get(one) not in (None, [], "") for one in wanted.split("|")):
            yield Deviation(f"{path}/{wanted}", missing=True)
    for member, kind in layout.members.items():
        if member in node:
            yield from _values(node[member], kind, f"{path}/{_escaped(member)}", depth + 1)


def _values(value: Any, kind: str, path: str, depth: int) -> Iterator[Deviation]:
    several = isinstance(value, list)
    for place, one in enumerate(many(value)):
        here = f"{path}/{place}" if several else path
        if kind == "party":
            if isinstance(one, str):
                yield from () if is_uri(one) else (Deviation(here, missing=False),)
                continue
            yield from _inner(one, "Profile", here, depth)
        elif kind in _KINDS:
            yield from () if _KINDS[kind](one) else (Deviation(here, missing=False),)
        else:
            yield from _inner(one, kind, here, depth)


def _inner(value: Any, layout: str, path: str, depth: int) -> Iterator[Deviation]:
    if not isinstance(value, dict):
        yield Deviation(path, missing=False)
    elif depth < _MAX_DEPTH:
        yield from _node(value, layout, path, depth)


def _is_text(value: Any) -> bool:
    return isinstance(value, str | dict)  # a dict is a value object or a language map


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return not parse_datetime(value)[1]
    except CodecError:
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_pattern(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_word(words: frozenset[str], *, open_ended: bool = True) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and (
        value in words or (open_ended and _EXTENSION.fullmatch(value) is not None))


_KINDS: Final[Mapping[str, Callable[[Any], bool]]] = MappingProxyType({
    "text": _is_text,
    "uri": is_uri,
    "moment": _is_moment,
    "date": _is_pattern(_DATE),
    "token": _is_pattern(_TOKEN),
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "node": lambda value: isinstance(value, dict | str),
    "achievement": _is_word(_ACHIEVEMENTS),
    "result": _is_word(_RESULTS),
    "state": _is_word(_STATES, open_ended=False),
    "target": _is_word(_TARGETS),
    "identifier": _is_word(_IDENTIFIERS),
    "association": _is_word(_ASSOCIATIONS),
})


def _escaped(member: str) -> str:
    return member.replace("~", "~0").replace("/", "~1")
