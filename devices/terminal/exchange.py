"""One command after another, played by the table of `session`. No I/O; time is an argument."""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.terminal import messages
from devices.terminal.apdu import Apdu, BadMessage
from devices.terminal.control import Control
from devices.terminal.messages import Message, Status
from devices.terminal.profile import Profile
from devices.terminal.session import TABLE, End, State, Step, Turn, reply_of

MOST_LINES = 400
"""Receipt lines of one exchange that are kept."""
_TURNS: dict[type, Turn] = {
    messages.Acknowledged: Turn.ACKNOWLEDGED,
    messages.MoreTime: Turn.MORE_TIME,
    messages.Refused: Turn.REFUSED,
    messages.Intermediate: Turn.TOLD,
    messages.Receipt: Turn.TOLD,
    messages.Status: Turn.RESULT,
    messages.Completed: Turn.COMPLETED,
    messages.Aborted: Turn.ABORTED,
    messages.Unknown: Turn.STRANGE,
}


@dataclass(slots=True)
class Outcome:
    """What came of one command.

    Args:
        end: how it ended, None while it runs.
        status: the last result that was told, None when none was.
        code: why it was aborted or refused.
        lines: of the receipt.
    """

    end: End | None = None
    status: Status | None = None
    code: int = 0
    lines: list[str] = field(default_factory=list)


class Exchange:
    """Where till and terminal stand.

    `out` holds what is to be sent; `said` is what the terminal told last of its doing, for people.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._outcome = Outcome()
        self._heard_ns = 0
        self.state = State.READY
        self.out: list[Apdu] = []
        self.said = messages.Intermediate(0)
        self.broken = 0

    def command(self, apdu: Apdu, now_ns: int) -> None:
        """Give a command; the till must have the word."""
        self._outcome = Outcome()
        self._move(Turn.COMMANDED)
        self._heard_ns = now_ns
        self.out.append(apdu)

    def abort(self) -> None:
        """Ask the terminal to break off what it is doing; it answers by ending it."""
        if self.state is State.LED:
            self.out.append(Apdu(Control.ABORT))

    def hear(self, apdu: Apdu, now_ns: int) -> Outcome | None:
        """Take a message, and return the outcome of the command that it ends."""
        led = self.state is State.LED
        self._heard_ns = now_ns
        try:
            message = messages.read(apdu)
        except BadMessage:  # acknowledged as what it is; what it says is not believed
            self.broken += 1
            return self._move(Turn.TOLD)
        if led or isinstance(message, messages.Refused):
            self._keep(message)
        return self._move(_TURNS[type(message)])

    def pass_time(self, now_ns: int) -> Outcome | None:
        """Return the outcome of a command that nobody answers any more."""
        limit = {State.ASKED: self._profile.ack_ns, State.LED: self._profile.silence_ns}.get(self.state)
        if limit is None or now_ns - self._heard_ns < limit:
            return None
        return self._move(Turn.SILENT)

    def lose(self) -> Outcome | None:
        """Take note that the line is gone; return the outcome of the command that was under way."""
        self.out.clear()
        return self._move(Turn.LOST)

    def _move(self, turn: Turn) -> Outcome | None:
        step: Step = TABLE[self.state, turn]
        self.state = step.to
        reply = reply_of(step)
        if reply is not None:
            self.out.append(reply)
        self._outcome.end = step.end
        return self._outcome if step.end else None

    def _keep(self, message: Message) -> None:
        match message:
            case messages.Status():
                self._outcome.status = message
            case messages.Intermediate():
                self.said = message
            case messages.Aborted(code) | messages.Refused(code):
                self._outcome.code = code
            case messages.Receipt(lines):
                self._outcome.lines += lines[: MOST_LINES - len(self._outcome.lines)]
            case _:
                pass
