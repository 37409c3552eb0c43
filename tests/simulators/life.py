"""A life with real hosts: a university, a college, a badge site, whoever lists them, and a thief.

Every document stands at the address where it would be asked for, on a web of sockets and real TLS
(`host.LoopbackWeb`). Time passes by `move_to`; what the parties do is a method each, and shows once they
publish. What a learner makes of it is told in `tests/journeys`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.simulators.federation import SimulatedEntity
from tests.simulators.host import LoopbackWeb
from tests.simulators.issuer import ListKind, Purpose, SimulatedIssuer, days
from tests.simulators.pictures import badge_png
from tests.simulators.signing import JsonObject, compact_json
from tests.simulators.web_issuer import WebIssuer
from wallet.keys.did import web_location
from wallet.trust.federation import configuration_address, statement_address

KNOWN_LISTS = "https://lists.example/known-did-registries.json"
REGISTRY = "https://registry.example/registry.json"
ANCHOR = "https://federation.example"
HOME, LISTS_HOST = "northbridge.example", "status.example"
COLLEGE, BADGES = "lakeside.example", "harbor.example"


class University(SimulatedIssuer):
    """A did:web issuer with Ed25519 keys, whose withdrawal lists are on another host."""

    def __init__(self) -> None:
        super().__init__("did:web", host=HOME)

    def list_address(self, purpose: Purpose = "revocation", kind: ListKind = "bitstring") -> str:
        return f"https://{LISTS_HOST}/{kind}/{purpose}"


class Life:
    """Everything that is on the web, as of now.

    Attributes:
        web: The hosts.
        now: The time, for whoever dates something.
        list_ends: When the lists that are published from now on end by their own word; None for never.
    """

    def __init__(self, web: LoopbackWeb, now: datetime) -> None:
        self.web = web
        self.now = now
        self.list_ends: timedelta | None = None
        self.university = University()
        self.college = SimulatedIssuer("https-jwks", name="Lakeside College", seed="lakeside", host=COLLEGE,
                                       algorithm="ES256")
        self.badge_site = WebIssuer(BADGES)
        self.anchor = SimulatedEntity(ANCHOR, now)
        self._thief = University()
        self._record: JsonObject = self.badge_site.assertion()
        self.files = self._issue()
        self.publish()

    @property
    def badge_address(self) -> str:
        """Where the badge without a seal is."""
        return self.badge_site.at("a/1")

    def move_to(self, moment: datetime) -> None:
        """Let time pass. Nothing is published by that."""
        self.now = moment

    def publish(self) -> None:
        """Serve everything as it is now, dated now."""
        self._publish_issuers()
        self._publish_badge()
        self._publish_registries()

    # --- what happens ---

    def rotate_keys(self) -> None:
        """Both issuers list a new key, and only that; the university seals a badge with it."""
        self.university.rotate()
        self.college.rotate()
        self.files["statistics"] = self.university.badge(
            number=2, title="Statistics", valid_from=self.now, created=self.now,
            entries=(self.university.entry(2), self.university.entry(2, "suspension")))
        self.publish()

    def forge(self) -> None:
        """The thief has the university's first key and writes an old date."""
        self.files["forged"] = self._thief.badge(number=9, title="Brain Surgery",
                                                 entries=(self._thief.entry(9),))

    def suspend(self) -> None:
        self.university.suspend(2)
        self.publish()

    def lift(self) -> None:
        self.university.resume(2)
        self.publish()

    def revoke(self) -> None:
        self.college.revoke(7)
        self.publish()

    def end_lists_within(self, span: timedelta) -> None:
        """Publish lists that end by their own word."""
        self.list_ends = span
        self.publish()

    def change_badge(self) -> None:
        """The site now says another date in the record of the badge."""
        self._record = self.badge_site.assertion(issuedOn="2021-01-01T00:00:00Z")
        self.publish()

    def take_badge_down(self) -> None:
        self.web.gone(self.badge_address)

    def shut_down(self) -> None:
        """The university and its lists are gone for good: nobody answers."""
        self.web.unreachable(HOME)
        self.web.unreachable(LISTS_HOST)

    # --- inside ---

    def _issue(self) -> dict[str, bytes]:
        university, college = self.university, self.college
        return {
            "analysis": university.badge(entries=(university.entry(1),)),
            "welding": college.badge_jwt(title="Welding", number=7, entries=(college.entry(7),)),
        }

    def _publish_issuers(self) -> None:
        university, college = self.university, self.college
        until = self.now + self.list_ends if self.list_ends else None
        self.web.put(web_location(university.id), university.controller_document())
        purposes: tuple[Purpose, ...] = ("revocation", "suspension")
        for purpose in purposes:
            self.web.put(university.list_address(purpose),
                         university.status_list(purpose, listed=self.now, until=until))
        self.web.put(f"https://{COLLEGE}/.well-known/jwt-vc-issuer/issuer", self._college_metadata())
        self.web.put(college.list_address(),
                     college.status_list(listed=self.now, until=until, as_jwt=True), "application/vc+jwt")

    def _college_metadata(self) -> JsonObject:
        named = {**self.college.key.jwk, "kid": self.college.method.partition("#")[2], "alg": "ES256"}
        return {"issuer": self.college.id, "jwks": {"keys": [named]}}

    def _publish_badge(self) -> None:
        for address, data in self.badge_site.served(self._record).items():
            self.web.put(address, data, "application/ld+json")
        self.web.put(self.badge_site.at("b/9.png"), badge_png(), "image/png")

    def _publish_registries(self) -> None:
        """The registry names the university, the federation the college, and a list of lists both."""
        self.web.put(KNOWN_LISTS, compact_json([
            {"name": "Harbour Registry", "type": "dcc-legacy", "url": REGISTRY,
             "governanceUrl": "https://registry.example/rules"},
            {"name": "College Federation", "type": "oidf", "governanceUrl": ANCHOR,
             "trustAnchorEC": configuration_address(ANCHOR)}]))
        updated = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        named = {"name": "Northbridge University", "location": "Northbridge", "url": f"https://{HOME}/"}
        self.web.put(REGISTRY, {"meta": {"created": updated, "updated": updated},
                                "registry": {self.university.id: named}})
        self.anchor.issued = self.now - timedelta(hours=1)
        statements = "application/entity-statement+jwt"
        own = self.anchor.signed(self.anchor.configuration())
        self.web.put(configuration_address(ANCHOR), own, statements)
        about = self.anchor.about(self.college.id, name="Lakeside College",
                                  exp=int((self.now + days(300)).timestamp()))
        self.web.put(statement_address(self.anchor.endpoint, self.college.id), self.anchor.signed(about),
                     statements)
