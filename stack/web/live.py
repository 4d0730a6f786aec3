"""The app of a store that is running: around the stack it listens, beside it it is a source of what customers ask.

The run calls `feed` and `read` from its own thread, the web server all else from others. Nothing of the stack is
touched from theirs: pages show what the stack has said, and what they ask goes in as records, like any phone's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from contracts.checkout import PhoneAction, PhoneRequest
from contracts.clock import Clock, WallClock
from contracts.errors import UsageError
from contracts.layout import Account
from contracts.ports import Stack
from contracts.records import AnswerRecord, SensorRecord, Setup
from stack.web.board import Board
from stack.web.purses import phone_of
from stack.web.views import AccountView, BasketView, CodeView, PalmView, PriceView, PurseView, ReceiptView


@runtime_checkable
class TellsBalances(Protocol):
    """A stack that can be asked for stored value; others begin at 0 for the app."""

    def balance(self, account: str) -> int:
        """Return the stored value of an account, minor units."""


def _nothing(_: Account) -> None:
    """No palm reader of this deployment keeps anything."""


class Live:
    """A stack, a source and a shopfront in one.

    Args:
        stack: the system under test.
        forget: deletes what palm readers keep of an account, as soon as its owner asks.
    """

    def __init__(self, stack: Stack, forget: Callable[[Account], None] = _nothing) -> None:
        self._stack, self._forget = stack, forget
        self._lock = threading.Lock()
        self._board: Board | None = None
        self._asked: list[PhoneRequest] = []
        self._clock: Clock | None = None
        self._fed_ns = 0

    def runs_by(self, clock: Clock) -> None:
        """Learn the run's clock, so that codes are renewed between its ticks; without one they wait for the tick."""
        self._clock = clock

    # the run's side
    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        """Let the stack answer, and listen."""
        answers = self._stack.feed(records, now_ns)
        with self._lock:
            self._fed_ns = now_ns
            for record in records:
                if isinstance(record, Setup):
                    self._board = Board(record, self._balances(record))
            if self._board is not None:
                for answer in answers:
                    self._board.hear(answer)
        return answers

    def read(self, until_ns: int) -> Sequence[PhoneRequest]:
        """Return what customers have asked since the last call."""
        with self._lock:
            asked, self._asked = self._asked, []
        return [replace(request, t_ns=until_ns) for request in asked]  # they arrive at the tick that takes them in

    def close(self) -> None:
        """Let go of the stack; may be called twice."""
        self._stack.close()

    # the pages' side
    @property
    def epoch_ns(self) -> int:
        """Unix time of bench time 0; 0 in a run that is not paced by the wall's clock."""
        return self._clock.epoch_ns if isinstance(self._clock, WallClock) else 0

    def accounts(self) -> Sequence[str]:
        """Return the ids of all accounts; none before the run has begun."""
        with self._lock:
            return tuple(self._board.accounts) if self._board else ()

    def account(self, account: str) -> AccountView:
        """Return the account itself."""
        with self._lock:
            return self._open.account(account)

    def code(self, account: str, places: int) -> CodeView | None:
        """Return the rotating code of now."""
        with self._lock:
            return self._open.code(account, places, self._now_ns)

    def basket(self, account: str) -> BasketView:
        """Return what is in its basket now."""
        with self._lock:
            return self._open.basket(account)

    def receipts(self, account: str) -> Sequence[ReceiptView]:
        """Return its receipts, newest first."""
        with self._lock:
            return self._open.receipts(account)

    def purse(self, account: str) -> PurseView:
        """Return its stored value."""
        with self._lock:
            return self._open.purse(account)

    def palm(self, account: str) -> PalmView:
        """Return whether it may be known by the palm."""
        with self._lock:
            return self._open.palm(account)

    def price(self, account: str, number: str) -> PriceView | None:
        """Return what an article costs."""
        with self._lock:
            return self._open.price(account, number)

    def top_up(self, account: str, amount_minor: int) -> None:
        """Ask for a top-up, unless one is under way."""
        with self._lock:
            if self._open.purses.ask(account):
                self._ask(account, PhoneAction.TOP_UP, amount_minor)

    def agree_to_palm(self, account: str, wording: str) -> None:
        """Note a consent."""
        with self._lock:
            self._open.palms.agree(account, wording, self._now_ns)

    def enrol_palm(self, account: str, reader: str) -> None:
        """Have the palm enrolled at a reader, as its owner agreed."""
        with self._lock:
            wording = self._open.palms.ask(account, reader)
            if wording:
                self._ask(account, PhoneAction.ENROL_PALM, device=reader, wording=wording)

    def forget_palm(self, account: str) -> None:
        """Take a consent back: here, in the stack, and in the readers."""
        with self._lock:
            self._open.palms.forget(account)
            self._ask(account, PhoneAction.FORGET_PALM)
            self._forget(self._open.accounts[account])

    @property
    def _open(self) -> Board:
        if self._board is None:
            raise UsageError("the app has no store yet", expected="a run that has begun")
        return self._board

    @property
    def _now_ns(self) -> int:
        return self._clock.now_ns if self._clock else self._fed_ns

    def _ask(
        self, account: str, action: PhoneAction, amount_minor: int = 0, device: str = "", wording: str = ""
    ) -> None:
        self._asked.append(
            PhoneRequest(
                t_ns=0,
                source=phone_of(account),
                account=account,
                action=action,
                amount_minor=amount_minor,
                device=device,
                wording=wording,
            )
        )

    def _balances(self, setup: Setup) -> dict[str, int]:
        if not isinstance(self._stack, TellsBalances):
            return {}
        return {account.id: self._stack.balance(account.id) for account in setup.accounts}
