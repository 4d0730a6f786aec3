"""What a till has to say to its terminal next, and what becomes of a payment. No I/O; time is an argument.

A payment whose end was not heard is asked about (the terminal repeats its last transaction) before it is called timed
out. If it turns out later that it was paid after all, it is reversed: nobody pays for what was called off.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from contracts.checkout import TerminalEventKind
from contracts.errors import UsageError
from devices.terminal import commands
from devices.terminal.apdu import Apdu
from devices.terminal.control import ABORTED_OR_TIMED_OUT, APPROVED, BUSY
from devices.terminal.exchange import Outcome
from devices.terminal.memory import Forgetful, Memory, Noted
from devices.terminal.messages import Status
from devices.terminal.profile import Profile
from devices.terminal.session import End

_NONE = (0, 0)
"""Number of the last transaction while there is none."""
_BEFORE = -1
"""When a payment was asked for that a process before this one began."""


class Task(StrEnum):
    """What a command is for."""

    REGISTER = "register"
    LEARN = "learn the last transaction before ours"
    PAY = "pay"
    ASK = "ask what became of a payment"
    REVERSE = "reverse"


@dataclass(slots=True)
class Order:
    """A payment that is asked for.

    Args:
        key: idempotency key.
        amount_minor: minor units.
        since_ns: when it was asked for; once in doubt, since when.
        answered: whether the stack has its answer.
    """

    key: str
    amount_minor: int
    since_ns: int
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a payment, once for each key."""

    key: str
    kind: TerminalEventKind
    token: str = ""


class Orders:
    """Payments of one till, one at a time.

    `unclear` holds the keys of payments that were called timed out and of which the terminal never told what became.
    """

    def __init__(self, profile: Profile, memory: Memory | None = None) -> None:
        self._profile, self._memory = profile, memory or Forgetful()
        self._known: dict[str, Order] = {}
        self._said: dict[str, Answer] = {}
        self._queue: deque[Order] = deque()
        self._doubt: Order | None = None
        self._reversals: deque[int] = deque()
        self._task: Task | None = None
        self._last: tuple[int, int] | None = None
        self.registered = False
        self.answers: list[Answer] = []
        self.unclear: list[str] = []
        for noted in self._memory.load():
            self._recall(noted)

    def add(self, key: str, amount_minor: int, currency: str, now_ns: int) -> None:
        """Take an order; when its key came before, say again what has become of it, as soon as that is known.

        Raises:
            UsageError: the terminal cannot take such an amount, or the key came with another one.
        """
        if currency != self._profile.currency or not 0 < amount_minor < 10**12:
            expected = f"1 to 999999999999 in {self._profile.currency}"
            raise UsageError("the terminal does not take that", expected=expected, found=f"{amount_minor} {currency}")
        before = self._known.get(key)
        if before is None:
            self._known[key] = Order(key, amount_minor, now_ns)
            self._queue.append(self._known[key])
        elif before.amount_minor != amount_minor:
            raise UsageError(
                "the key came before with another amount",
                where=key,
                expected=f"{before.amount_minor}",
                found=f"{amount_minor}",
            )
        elif key in self._said:
            self.answers.append(self._said[key])

    @property
    def paying(self) -> bool:
        """Whether a payment runs at the terminal."""
        return self._task is Task.PAY

    def next(self) -> Apdu | None:
        """Return what the terminal is told now; `ended` must follow before the next."""
        self._task = self._choose()
        match self._task:
            case Task.REGISTER:
                return commands.registration(self._profile)
            case Task.LEARN | Task.ASK:
                return commands.repeat_receipt(self._profile)
            case Task.REVERSE:
                return commands.reversal(self._profile, self._reversals[0])
            case Task.PAY:
                self._note(self._queue[0])
                return commands.authorisation(self._queue[0].amount_minor)
        return None

    def ended(self, outcome: Outcome, now_ns: int) -> bool:
        """Take what came of it; return False when the terminal should be left alone for a while."""
        task, self._task = self._task, None
        if outcome.end is End.UNSURE:
            self.registered = False
        match task:
            case Task.REGISTER:
                self.registered = outcome.end is End.DONE
            case Task.LEARN:
                self._learn(outcome)
            case Task.PAY:
                self._paid(outcome, now_ns)
            case Task.ASK:
                return self._asked(outcome)
            case Task.REVERSE if outcome.end is not End.UNSURE:
                self._reversals.popleft()
                self._remember(outcome.status)
        return outcome.end is End.DONE or task is Task.PAY or (task is Task.LEARN and self._last is not None)

    def pass_time(self, now_ns: int) -> None:
        """Call timed out what has waited too long: for the terminal, or for the truth."""
        first = 1 if self.paying else 0
        for order in list(self._queue)[first:]:
            if now_ns - order.since_ns >= self._profile.ask_ns:
                self._queue.remove(order)
                self._answer(order, TerminalEventKind.TIMED_OUT)
        if self._doubt and self._doubt.since_ns == _BEFORE:  # the clock of the process that began it was another one
            self._doubt.since_ns = now_ns
        if self._doubt and now_ns - self._doubt.since_ns >= self._profile.ask_ns:
            self._answer(self._doubt, TerminalEventKind.TIMED_OUT)

    def call_off(self) -> None:
        """Forget all that the terminal has not been told yet."""
        kept = [self._queue.popleft()] if self.paying else []
        for order in self._queue:
            self._answer(order, TerminalEventKind.TIMED_OUT)
        self._queue = deque(kept)

    def _choose(self) -> Task | None:
        if not (self._queue or self._doubt or self._reversals) and self.registered and self._last is not None:
            return None
        if not self.registered:
            return Task.REGISTER
        if self._last is None:
            return Task.LEARN
        if self._doubt:
            return Task.ASK
        return Task.REVERSE if self._reversals else Task.PAY

    def _learn(self, outcome: Outcome) -> None:
        if not _must_wait(outcome):
            self._last = _NONE
            self._remember(outcome.status)

    def _paid(self, outcome: Outcome, now_ns: int) -> None:
        order = self._queue.popleft()
        status = outcome.status
        if outcome.end is End.UNSURE or (outcome.end is End.DONE and status is None):
            order.since_ns, self._doubt = now_ns, order
            return
        self._remember(status)
        if outcome.end is End.DONE and status is not None:
            self._settle(order, status)
        else:
            self._answer(order, _why_not(outcome.code))

    def _asked(self, outcome: Outcome) -> bool:
        """Go by the last transaction that the terminal knows: ours if it is a new one, as only the till begins any."""
        order, status, known = self._doubt, outcome.status, self._last
        if order is None or _must_wait(outcome):
            return False
        nothing_yet = outcome.end is End.ABORTED and known == _NONE
        if status is None and not nothing_yet:
            self._give_up(order)
            return False
        self._doubt = None
        self._remember(status)
        if status is None or _number(status) in (known, _NONE):
            self._answer(order, TerminalEventKind.TIMED_OUT)
        elif order.answered and status.result == APPROVED:
            self._reversals.append(status.receipt)
        else:
            self._settle(order, status)
        return True

    def _give_up(self, order: Order) -> None:
        """Ask no more, once its time is up, a terminal that answers and does not tell."""
        if order.answered:
            self._doubt = None
            self.unclear.append(order.key)

    def _settle(self, order: Order, status: Status) -> None:
        if status.result == APPROVED and status.amount_minor not in (0, order.amount_minor):
            self._reversals.append(status.receipt)  # another amount than asked for is not what the customer agreed to
            self._answer(order, TerminalEventKind.DECLINED)
        elif status.result == APPROVED:
            self._answer(order, TerminalEventKind.APPROVED, f"{status.terminal}-{status.trace:06d}")
        else:
            self._answer(order, _why_not(status.result))

    def _answer(self, order: Order, kind: TerminalEventKind, token: str = "") -> None:
        if not order.answered:
            order.answered = True
            self._said[order.key] = Answer(order.key, kind, token)
            self._note(order, self._said[order.key])
            self.answers.append(self._said[order.key])

    def _note(self, order: Order, said: Answer | None = None) -> None:
        """Write down that a payment begins now, or how it ended."""
        trace, receipt = self._last or _NONE
        kind, token = (said.kind, said.token) if said else (None, "")
        self._memory.note(Noted(order.key, order.amount_minor, trace, receipt, kind, token))

    def _recall(self, noted: Noted) -> None:
        """Take up what a process before this one has noted: what it began and did not end must be asked about."""
        order = self._known[noted.key] = Order(noted.key, noted.amount_minor, _BEFORE, noted.kind is not None)
        if noted.kind is None:
            self._doubt, self._last = order, (noted.trace, noted.receipt)
            return
        self._said[noted.key] = Answer(noted.key, noted.kind, noted.token)
        if self._doubt and self._doubt.key == noted.key:
            self._doubt = self._last = None

    def _remember(self, status: Status | None) -> None:
        if status is not None and any(_number(status)):  # what was never sent to the bank has no number
            self._last = _number(status)


def _must_wait(outcome: Outcome) -> bool:
    """Whether a terminal could not be asked: it was silent, or busy."""
    return outcome.end is End.UNSURE or (outcome.end is End.REFUSED and outcome.code == BUSY)


def _number(status: Status) -> tuple[int, int]:
    return status.trace, status.receipt


def _why_not(code: int) -> TerminalEventKind:
    return TerminalEventKind.TIMED_OUT if code == ABORTED_OR_TIMED_OUT else TerminalEventKind.DECLINED
