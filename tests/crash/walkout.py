"""Walk-outs with baskets through deaths of the stack: it lives in a forked child, perception, gate and bank outlive it.

Reads jobs as JSON lines and answers each with one: `python -m tests.crash.walkout`. It has no threads, so that a child
may be forked.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import stack.core
from contracts.records import AnswerRecord
from stack.core import ReferenceStack
from stack.money.sql_store import SqlStore
from stack.money.store import Store, connect, open_store
from tests.crash.steps import StepDatabase, Steps
from tests.crash.walkout_after import wrong_after
from tests.stack.restartable import Mortal
from tests.stack.small_store import plate

_STATE = ("t_ns", "at", "born", "reaches", "changes", "ill")
"""What the fakes that perceive go by: the child gets it with each tick."""


@dataclass
class Play(Mortal):
    """A morning in the small store.

    Args:
        dies: at which step of its database each process of the stack dies, one after the other; the last one lives.
        killed: how many have died.
        steps: how many steps the last one came to.
    """

    dies: list[int] = field(default_factory=list)
    killed: int = 0
    steps: int = 0

    def start(self) -> None:
        """Bear a process of the stack and tell it where it is."""
        self.stack = _Child(self, self.dies.pop(0) if self.dies else 0)  # type: ignore[assignment]
        with suppress(EOFError):  # dead already: the next tick finds out
            self.hear(self.stack.feed([self.setup()], self.t_ns))

    def feed(self, *records: object) -> None:
        """Feed a tick; what a process said that dies in it is heard by nobody."""
        try:
            super().feed(*records)
        except EOFError:
            self.killed += 1
            self.stack.close()
            self.start()

    def play(self) -> None:
        """Three visits of two people, and a code that is shown and not used."""
        self.enter("t1", "ana")
        self.move("t1", plate(3), -1531.0)
        self.enter("t2", "ben")
        self.move("t2", plate(5), -521.0)
        self.leave("t1")
        self.move("t2", plate(5), +521.0)
        self.leave("t2")
        self.show("ana")
        self.wait(35)
        self.enter("t3", "ana")
        self.move("t3", plate(3), -1531.0)
        self.leave("t3")
        self.wait(40)
        try:
            self.steps = self.stack.end()  # type: ignore[attr-defined]
        except EOFError:  # it died at what it writes last
            self.killed += 1
            self.stack.close()
            self.start()
            self.wait(5)
            self.stack.end()  # type: ignore[attr-defined]


class _Child:
    """The stack in a process of its own; implements `contracts.ports.Stack`."""

    def __init__(self, play: Play, die_at: int) -> None:
        self._play = play
        (theirs, self._to), (self._from, mine) = os.pipe(), os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(self._to)
            os.close(self._from)
            _live(play, die_at, os.fdopen(theirs, "rb"), os.fdopen(mine, "wb"))
        os.close(theirs)
        os.close(mine)
        self._out, self._in = os.fdopen(self._to, "wb"), os.fdopen(self._from, "rb")

    def feed(self, records: Sequence[Any], now_ns: int) -> Sequence[AnswerRecord]:
        """Feed a tick; EOFError when it has died."""
        return list(self._ask((self._state(), list(records), now_ns)))

    def end(self) -> int:
        """Let it end in order; return how many steps it came to."""
        steps = int(self._ask(None))
        self.close()
        return steps

    def close(self) -> None:
        """Reap it."""
        with suppress(OSError):
            self._out.close()
        self._in.close()
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def _state(self) -> dict[str, Any]:
        state = {name: getattr(self._play, name) for name in _STATE}
        self._play.changes = []
        return state

    def _ask(self, said: object) -> Any:
        try:
            pickle.dump(said, self._out)
            self._out.flush()
        except BrokenPipeError as error:
            raise EOFError from error
        return pickle.load(self._in)  # our own child


def _live(play: Play, die_at: int, hears: Any, says: Any) -> None:
    """Be the stack until told to end, or dead."""
    try:
        steps = Steps(die_at)
        stack.core.open_store = partial(_opened, steps)
        parts = {role: lambda _: play for role in ("people", "hands", "loads", "bodies")}
        living = ReferenceStack(parts, ledger=play.ledger)
        while (said := pickle.load(hears)) is not None:  # our own parent
            state, records, now_ns = said
            play.__dict__.update(state)
            pickle.dump(living.feed(records, now_ns), says)
            says.flush()
        living.close()
        pickle.dump(steps.count, says)
        says.flush()
        os._exit(0)
    except EOFError:
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


def _opened(steps: Steps, url: str) -> Store:
    return SqlStore(StepDatabase(connect(url), steps))


def main() -> None:
    """Play jobs until the input ends."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    with suppress(ImportError):
        import psycopg  # noqa: F401  # loaded once, for all children
    gc.freeze()
    for line in sys.stdin:
        play = Play(**json.loads(line))
        play.play()
        store = open_store(play.ledger)
        wrong = wrong_after(play, store)
        store.close()
        sys.stdout.write(json.dumps({"killed": play.killed, "steps": play.steps, "wrong": wrong}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
