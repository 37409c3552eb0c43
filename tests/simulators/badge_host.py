"""Hosts of badges that have no seal: the published records byte for byte, and shapes of the large hosts.

The records of the published validator are served at the addresses its authors gave them. The others have the
shapes that public code shows of Credly, Badgr, Moodle and Accredible; every value in them is invented.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.simulators.issuer import hashed_email
from tests.simulators.pictures import badge_png, baked_png
from tests.simulators.signing import JsonObject, compact_json
from tests.simulators.web import SimulatedWeb

V2 = "https://w3id.org/openbadges/v2"
EMAIL = "maya@lind.example"
CREDLY_IDS = tuple(f"0d6a1c2e-1111-4222-8333-{number:012d}" for number in range(1, 100))
_OURS = "/ob20/assets/"


def serve_published(web: SimulatedWeb, vectors: Path) -> dict[str, bytes]:
    """Serve the published records of Open Badges 2.0 at their https addresses; return what is served."""
    listed: dict[str, str] = json.loads((vectors / "offline-map.json").read_text("utf-8"))
    served = {}
    for address, relative in listed.items():
        if _OURS in relative and address.startswith("https://"):
            served[address] = (vectors / relative).read_bytes()
            kind = "image/png" if relative.endswith(".png") else "application/json"
            web.put(address, served[address], kind)
    return served


@dataclass
class BadgeSite:
    """One host with awards of its own; `shape` says whose addresses its records have."""

    web: SimulatedWeb
    host: str
    records: str
    classes: str
    issuer: str
    query: str = ""

    def at(self, path: str) -> str:
        return f"https://{self.host}{path}"

    def record_address(self, name: str) -> str:
        return self.at(self.records.format(name=name))

    def award(self, name: str, title: str = "Rope Work", **changes: Any) -> JsonObject:
        """Serve one award with its badge class, issuer and picture; return its record."""
        badge, picture = self.at(self.classes.format(name=name)), self.at(f"/images/{name}.png")
        record: JsonObject = {
            "@context": V2, "type": "Assertion", "id": self.record_address(name), "badge": badge,
            "recipient": {"type": "email", "hashed": True, "salt": "9f1c",
                          "identity": hashed_email(EMAIL, "9f1c")},
            "issuedOn": "2024-04-01T14:41:00Z", "verification": {"type": "hosted"}, **changes}
        self.web.put(record["id"], record)
        self.web.put(badge, {"@context": V2, "type": "BadgeClass", "id": badge, "name": title,
                             "description": "Knots and splices.", "criteria": {"narrative": "Tie eight."},
                             "image": picture, "issuer": self.at(self.issuer)})
        self.web.put(self.at(self.issuer), {"@context": V2, "type": "Issuer", "id": self.at(self.issuer),
                                            "name": "Harbor College", "url": self.at("/")})
        self.web.put(picture, badge_png(), "image/png")
        return record


def credly(web: SimulatedWeb) -> BadgeSite:
    """The records of a host shaped like Credly's."""
    return BadgeSite(web, "api.credly.com", "/v1/obi/v2/badge_assertions/{name}",
                     "/v1/obi/v2/badge_classes/{name}", "/v1/obi/v2/issuers/7")


def credly_list(web: SimulatedWeb, user: str, ids: tuple[str, ...], *, per_page: int = 48) -> None:
    """The public badges of one person, page by page."""
    pages = [ids[start:start + per_page] for start in range(0, len(ids), per_page)] or [()]
    for number, page in enumerate(pages, 1):
        following = f"https://www.credly.com/users/{user}/badges.json?page={number + 1}"
        web.put(f"https://www.credly.com/users/{user}/badges.json?page={number}", {
            "data": [{"id": one, "issued_at_date": "2024-04-01", "expires_at_date": None,
                      "issuer": {"entities": [{"primary": True, "entity": {"name": "Harbor College"}}]},
                      "badge_template": {"name": f"Badge {ids.index(one)}", "image_url": "https://images.x/1"}}
                     for one in page],
            "metadata": {"count": len(page), "total_count": len(ids), "per": per_page,
                         "next_page_url": following if number < len(pages) else None}})


def badgr(web: SimulatedWeb, host: str = "api.eu.badgr.io") -> BadgeSite:
    """A host shaped like Badgr's: a record's own address has no ending."""
    return BadgeSite(web, host, "/public/assertions/{name}?v=2_0", "/public/badges/{name}?v=2_0",
                     "/public/issuers/3?v=2_0")


def badgr_collection(site: BadgeSite, name: str, awards: dict[str, JsonObject]) -> str:
    """A public collection; return the address a person would paste."""
    site.web.put(site.at(f"/public/collections/{name}.json?v=2_0"), {
        "@context": V2, "type": "Collection", "id": site.at(f"/public/collections/{name}"), "name": "Best of",
        "badges": [{"badge": record, "description": ""} for record in awards.values()]})
    return site.at(f"/public/collections/{name}?identity__email=maya%40lind.example")


def moodle(web: SimulatedWeb, host: str = "moodle.harbor.example") -> BadgeSite:
    """A host shaped like a Moodle of today: older addresses lead to newer ones."""
    return BadgeSite(web, host, "/badges/json/assertion.php?b={name}&obversion=v2p0",
                     "/badges/json/badge.php?id=4&obversion=v2p0&n={name}",
                     "/badges/json/issuer.php?id=4&obversion=v2p0")


def moodle_award(site: BadgeSite, name: str) -> str:
    """One award of it; return the page that a person would paste."""
    record = site.award(name)
    site.web.put(site.at(f"/badges/assertion.php?b={name}&obversion=2"), record, final_address=record["id"])
    site.web.put(site.at(f"/badges/badge.php?hash={name}"), b"<!doctype html><title>Badge</title>",
                 "text/html")
    return site.at(f"/badges/badge.php?hash={name}")


def page(web: SimulatedWeb, address: str, *, alternate: str = "", inside: JsonObject | None = None,
         picture: str = "", title: str = "A badge") -> None:
    """A web page about a badge, with scripts and frames that nobody must run or follow."""
    head = f'<title>{title}</title><script>fetch("https://tracker.example/ran")</script>'
    if alternate:
        head += f'<link rel="alternate" type="application/json" href="{alternate}">'
    if picture:
        head += f'<meta property="og:image" content="{picture}">'
    if inside:
        head += f'<script type="application/ld+json">{json.dumps(inside)}</script>'
    body = '<iframe src="https://tracker.example/frame"></iframe><img src="https://tracker.example/pixel">'
    web.put(address, f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(),
            "text/html")


def baked(record: JsonObject) -> bytes:
    """A picture with a record in it."""
    return baked_png(compact_json(record))
