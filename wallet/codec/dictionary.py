"""Preset dictionaries for the compact payload: typical text of presentations and Open Badges, by id.

A dictionary only makes a payload smaller; it never changes what a payload says. Text that is used most
stands last, because deflate reaches the end of its window most cheaply (RFC 1950 §2.2, RFC 1951 §2).
Once a reader outside this program exists, an id is frozen for ever: add a new id instead.
"""

from __future__ import annotations

from typing import Final

#: Seldom used first, used in every payload last.
_PARTS: Final = (
    '"description":"This credential recognises that the learner has completed the course and shown the ',
    'skills of the programme in assessed work, reviewed by the teaching team of the university."',
    '"tag":["data analysis","project management","communication","teamwork"],"creator":{"id":"https://www.',
    '"resultDescription":[{"id":"urn:uuid:","type":["ResultDescription"],"name":"Final grade",',
    '"resultType":"LetterGrade","allowedValue":["A","B","C","D"]}],"result":[{"type":["Result"],',
    '"achievedLevel":"urn:uuid:","value":"Passed","status":"Completed"}],"creditsAvailable":5,"creditsEarned":',
    '"alignment":[{"type":["Alignment"],"targetName":"","targetUrl":"http://data.europa.eu/esco/skill/",',
    '"targetFramework":"ESCO","targetCode":"","targetType":"CFItem"}],"evidence":[{"id":"https://",',
    '"type":["Evidence"],"name":"Portfolio","narrative":"","genre":""}],',
    '"credentialSchema":[{"id":"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/',
    'ob_v3p0_achievementcredential_schema.json","type":"1EdTechJsonSchemaValidator2019"}],',
    '"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json","https://purl.imsglobal.org/spec/ob/v3p0/',
    'context.json","https://www.w3.org/2018/credentials/v1","https://purl.imsglobal.org/spec/clr/v2p0/',
    'context-2.0.1.json","https://w3id.org/security/suites/ed25519-2020/v1","https://w3id.org/security/',
    'data-integrity/v2","type":"Ed25519Signature2020","issuanceDate":"20","expirationDate":"20',
    '"credentialStatus":{"id":"https://status.example/1#0","type":"BitstringStatusListEntry",',
    '"statusPurpose":"revocation","statusListIndex":"","statusListCredential":"https://"},',
    '"identifier":[{"type":"IdentityObject","identityType":"emailAddress","hashed":true,',
    '"identityHash":"sha256$","salt":""}],"image":{"id":"https://","type":"Image"},',
    '{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential",',
    '"id":"data:application/vc+jwt,eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6',
    '"challenge":"","domain":"","expires":"20',
    'T00:00:00Z","',
    '{"@context":["https://www.w3.org/ns/credentials/v2",',
    '"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:",',
    '"type":["VerifiableCredential","AchievementCredential","OpenBadgeCredential"],',
    '"issuer":{"id":"did:web:","type":["Profile"],"name":"University of ","url":"https://www.","email":"info@"},',
    '"validFrom":"2026-',
    '01T00:00:00Z","validUntil":"2029-',
    '"name":"',
    '","credentialSubject":{"id":"did:key:z6Mk',
    '","type":["AchievementSubject"],"achievement":{"id":"https://","type":["Achievement"],',
    '"achievementType":"Certificate","name":"","description":"","criteria":{"narrative":"',
    '"}}},"proof":{"type":"DataIntegrityProof","created":"2026-',
    'T12:00:00Z","verificationMethod":"did:key:z6Mk',
    "#z6Mk",
    '","cryptosuite":"eddsa-rdfc-2022","proofPurpose":"assertionMethod","proofValue":"z',
    '{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:","type":["VerifiablePresentation"],',
    '"holder":"did:key:z6Mk',
    '","verifiableCredential":[{"@context":["https://www.w3.org/ns/credentials/v2",',
    '"}}],"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-',
    '"proofPurpose":"authentication","verificationMethod":"did:key:z6Mk',
    '"proofValue":"z',
)

#: Id to dictionary. Id 0 is "no dictionary".
DICTIONARIES: Final[dict[int, bytes]] = {0: b"", 1: "".join(_PARTS).encode("utf-8")}

#: The id the newest writer uses.
NEWEST: Final = 1
