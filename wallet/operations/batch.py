"""One batch of requests: each document asked for once, one at a time of each host, a few hosts side by side.

Threads only bring (`lanes`). Everything else is done here, in the thread that asks. The line in the ledger is
on the disk before its request leaves: lines of requests that leave at the same moment are written in one
transaction, together with what came just before; a document is on the disk before it is told to be kept, and
its line is completed with it. So a program that is stopped in between has a line for every request it made.

A withdrawal list is judged when it arrives, by its issuer's keys: it waits until all keys came or failed.
A host that is slow, or asked again after a pause, holds up nobody but itself. What became of the requests is
told in their order, whatever came first.
"""

from __future__ import annotations

import random
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from wallet.model.errors import CancelledError
from wallet.model.events import KeyChange
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.limits import MAX_HOSTS_AT_ONCE, MAX_HOSTS_BEGUN, MAX_WAITING_BYTES
from wallet.model.network import Fetched, FetchOutcome, Order, Purpose
from wallet.model.reasons import Reason, ReasonCode, reason

from .arrivals import Arrival, Refusal, Shelf, has_no_keys, key_set_address, received
from .checking import Desk
from .lanes import Lanes
from .network import Door, FetchError
from .progress import Progress, stop_if_cancelled
from .requests import Request

MAX_PER_HOST: Final = 200  # documents in one pass
_MAX_SILENCES: Final = 2  # a host that does not answer twice in a row is left alone
SILENT: Final = (FetchOutcome.UNREACHABLE, FetchOutcome.TIMED_OUT)
#: How often is looked whether the person wants to stop.
_LOOK_S: Final = 0.1
#: For what was asked already when she does: it would have to be asked again.
_GRACE_S: Final = 0.5
#: Other writers wait while a transaction is open, so only so many lists are judged and kept in one.
_KEPT_TOGETHER: Final = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one request.

    Attributes:
        document: As it is kept now, None if nothing came or it was not taken.
        reason: Why not, None if it was.
        change: The change of an issuer's keys that it brought.
    """

    request: Request
    outcome: FetchOutcome
    document: EvidenceDocument | None = None
    reason: Reason | None = None
    change: KeyChange | None = None


#: The course of one request: gives out orders and is sent what came; gives out None where it waits for keys.
_Course: TypeAlias = Generator[Order | None, Fetched | None, Answer]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request whose answer is awaited."""

    course: _Course
    order: Order
    line: int


@dataclass(slots=True)
class Batch:
    """One batch.

    Attributes:
        shelf: Where documents are kept.
        door: By whose leave.
        desk: Says what is known now, to judge lists by.
        progress: Is told, and asked whether to stop.
    """

    shelf: Shelf
    door: Door
    desk: Callable[[], Desk]
    progress: Progress
    _requests: Sequence[Request] = ()
    _answers: dict[int, Answer] = field(default_factory=dict)
    _asked: dict[int, _Asked] = field(default_factory=dict)
    _waiting: dict[int, _Course] = field(default_factory=dict)
    _unended: dict[int, tuple[_Asked, Fetched | FetchError]] = field(default_factory=dict)
    _waiting_bytes: int = 0
    _begun: deque[str] = field(default_factory=deque)
    _hosts: dict[str, deque[int]] = field(default_factory=dict)
    _keys_open: set[int] = field(default_factory=set)
    _counted: Counter[str] = field(default_factory=Counter)
    _silences: Counter[str] = field(default_factory=Counter)
    _closed: dict[str, Answer] = field(default_factory=dict)

    def run(self, requests: Sequence[Request]) -> tuple[tuple[Answer, ...], bool]:
        """Ask for each of these; those that are refused come back with their reason.

        Returns:
            What became of them, in their order, as far as it is known; and whether the person stopped it.

        Raises:
            VaultError: The ledger or the shelf cannot be written. What was kept before is kept; what was
                asked meanwhile stands in the ledger as asked.
        """
        self._line_up(requests)
        lanes = Lanes(self.door.bring)
        try:
            cancelled = self._work(lanes)
        finally:
            lanes.close()
            for asked in self._asked.values():
                asked.course.close()
        return tuple(self._answers[number] for number in sorted(self._answers)), cancelled

    def _line_up(self, requests: Sequence[Request]) -> None:
        """Mix the requests, so that no host learns from their order what was looked at; keys come first."""
        self._requests = requests
        mixed = random.SystemRandom().sample(range(len(requests)), len(requests))
        for number in sorted(mixed, key=lambda one: not _is_key(requests[one])):
            request = requests[number]
            if request.refused is not None:
                self._answers[number] = Answer(request, FetchOutcome.REFUSED, reason=request.refused)
                continue
            self._hosts.setdefault(request.host, deque()).append(number)
            if _is_key(request):
                self._keys_open.add(number)

    def _work(self, lanes: Lanes) -> bool:
        came: list[tuple[int, Fetched | FetchError]] = []
        while True:
            try:
                stop_if_cancelled(self.progress)
            except CancelledError:
                self._wind_up(lanes, came)
                return True
            orders = self._step(came, lanes.busy)
            for number, order in orders:
                lanes.send(number, order)
            if not lanes.busy and not self._hosts and not self._waiting:
                self.progress.step(len(self._requests), len(self._requests), "")
                return False
            came = lanes.came(0 if self._may_judge else _LOOK_S)

    def _step(self, came: Sequence[tuple[int, Fetched | FetchError]], busy: int) -> list[tuple[int, Order]]:
        """Keep what came and write down what may leave now, all on the disk when this returns."""
        free = MAX_HOSTS_AT_ONCE - busy
        if not came and not self._may_judge and (free <= 0 or not self._next_hosts()):
            return []
        orders: list[tuple[int, Order]] = []
        with self.door.together():
            orders += self._settle(came)
            if self._may_judge:
                orders += self._judge_waiting(_KEPT_TOGETHER)
            for host in self._next_hosts():
                if len(orders) >= free:
                    break
                orders += self._start(host)
        return orders

    def _wind_up(self, lanes: Lanes, came: list[tuple[int, Fetched | FetchError]]) -> None:
        """Keep what came, and what comes within a moment; ask for nothing more."""
        until = time.monotonic() + _GRACE_S
        while lanes.busy and (left := until - time.monotonic()) > 0:
            came += lanes.came(left)
        if came or self._waiting:
            with self.door.together():
                for number, _ in (*self._settle(came), *self._judge_waiting(len(self._waiting))):
                    unsent = self._asked.pop(number)
                    unsent.course.close()
                    self.door.ledger.end(unsent.line, FetchOutcome.REFUSED, 0)

    # --- whose turn it is ---

    @property
    def _may_judge(self) -> bool:
        return bool(self._waiting) and not self._keys_open

    def _next_hosts(self) -> list[str]:
        """Return the hosts that may be asked now, in turn.

        A host that was asked just now comes last, so that its pause passes while others are asked; its
        connection is kept meanwhile, which is why only so many are begun. While too much waits for keys,
        only keys are asked for.
        """
        busy = {self._requests[number].host for number in self._asked}
        if self._waiting_bytes >= MAX_WAITING_BYTES and self._keys_open:
            return [host for host, numbers in self._hosts.items()
                    if host not in busy and _is_key(self._requests[numbers[0]])]
        for host in self._hosts:
            if len(self._begun) >= MAX_HOSTS_BEGUN:
                break
            if host not in self._begun:
                self._begun.append(host)
        return [host for host in self._begun if host not in busy]

    def _start(self, host: str) -> list[tuple[int, Order]]:
        """Begin a host's next request; several, while their answers are known without asking."""
        while host in self._hosts:
            number = self._hosts[host].popleft()
            if host in self._begun:
                self._begun.remove(host)
                self._begun.extend([host] if self._hosts[host] else [])
            if not self._hosts[host]:
                del self._hosts[host]
            self.progress.step(len(self._answers), len(self._requests), host)
            orders = self._go_on(number, self._course(self._requests[number]))
            if orders:
                return orders
        return []

    # --- one request ---

    def _settle(self, came: Sequence[tuple[int, Fetched | FetchError]]) -> list[tuple[int, Order]]:
        """Write down how requests ended, and go on with each."""
        orders: list[tuple[int, Order]] = []
        for number, answer in came:
            asked = self._asked.pop(number)
            orders += self._go_on(number, asked.course, answer)
            if number in self._waiting:  # its line is completed when it is kept
                self._unended[number] = asked, answer
            else:
                self.door.end(asked.order, asked.line, answer)
        return orders

    def _judge_waiting(self, most: int) -> list[tuple[int, Order]]:
        orders: list[tuple[int, Order]] = []
        for number in tuple(self._waiting)[:most]:
            orders += self._go_on(number, self._waiting.pop(number))
            asked, answer = self._unended.pop(number)
            self.door.end(asked.order, asked.line, answer)
        self._waiting_bytes = self._waiting_bytes if self._waiting else 0
        return orders

    def _go_on(self, number: int, course: _Course,
               came: Fetched | FetchError | None = None) -> list[tuple[int, Order]]:
        """Follow the course of a request to where it orders, waits, or ends."""
        try:
            order = course.throw(came) if isinstance(came, FetchError) else course.send(came)
            while order is not None:
                try:
                    self._asked[number] = _Asked(course, order, self.door.begin(order))
                except FetchError as refused:
                    order = course.throw(refused)
                else:
                    return [(number, order)]
        except StopIteration as end:
            self._answers[number] = end.value
            self._keys_open.discard(number)
            return []
        self._waiting[number] = course
        self._waiting_bytes += len(came.data) if isinstance(came, Fetched) else 0
        return []

    def _course(self, request: Request) -> _Course:
        """Ask for one document, at each of its places in turn."""
        last = self._known(request)
        for place in request.places if last is None else ():
            answer = yield from self._ask_at(request, place)
            says_enough = answer.document is not None and not has_no_keys(request, answer.document)
            if says_enough or request.host in self._closed:
                return answer
            # What the first place said is told: the others were only worth a try.
            last = last or answer
        return last or Answer(request, FetchOutcome.REFUSED, reason=request.refused)

    def _ask_at(self, request: Request, place: str) -> _Course:
        kept = (*self.shelf.documents(request.wanted), *self.shelf.documents(place))
        fetched_before = (one for one in kept if one.grade is Grade.FETCHED)
        before = next((one for one in fetched_before if self.shelf.etag(place, one.sha256)), None)
        etag = self.shelf.etag(place, before.sha256) if before else ""
        self._counted[request.host] += 1
        try:
            fetched = yield from _brought(request.order(place, etag))
            self._silences[request.host] = 0
            further = key_set_address(request, fetched)
            if further:  # an issuer's metadata that only names where its keys are
                # Its mark is for that address, which may be another host's, and not for this place.
                fetched = replace((yield from _brought(request.order(further))), etag="")
        except FetchError as error:
            return self._failed(request, error)
        if request.purpose is Purpose.STATUS_LIST:
            yield None
        arrival = received(request, place, fetched, before, self.desk(), self.door.clock())
        if isinstance(arrival, Refusal):
            return Answer(request, FetchOutcome.REFUSED, reason=arrival.reason)
        return self._kept(request, place, arrival)

    def _kept(self, request: Request, place: str, arrival: Arrival) -> Answer:
        change = self.shelf.add(arrival.document)
        if not arrival.unchanged:
            self.shelf.keep_etag(place, arrival.etag, arrival.document.sha256)
        outcome = FetchOutcome.UNCHANGED if arrival.unchanged else FetchOutcome.FETCHED
        return Answer(request, outcome, arrival.document, change=change)

    def _failed(self, request: Request, error: FetchError) -> Answer:
        answer = Answer(request, error.outcome, reason=error.reason)
        host = request.host
        self._silences[host] = self._silences[host] + 1 if error.outcome in SILENT else 0
        too_often = error.reason.code is ReasonCode.ANSWER_TOO_OFTEN
        if self._silences[host] >= _MAX_SILENCES or too_often:
            self._closed[host] = answer
        return answer

    def _known(self, request: Request) -> Answer | None:
        """Return the answer without asking, where a host has said or not said enough."""
        known = self._closed.get(request.host)
        if known is not None:
            return replace(known, request=request)
        if self._counted[request.host] >= MAX_PER_HOST:
            why = reason(ReasonCode.REQUEST_TOO_MANY, host=request.host, limit=str(MAX_PER_HOST))
            return Answer(request, FetchOutcome.REFUSED, reason=why)
        return None


def _brought(order: Order) -> Generator[Order, Fetched | None, Fetched]:
    """Give out an order, and return what was sent for it."""
    came = yield order
    if came is None:
        raise AssertionError("an order is answered by what came, or by its failure")
    return came


def _is_key(request: Request) -> bool:
    return request.purpose is Purpose.ISSUER_KEY
