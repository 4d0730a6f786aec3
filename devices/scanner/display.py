"""A display at the bench that shows codes to a real scanner."""

from __future__ import annotations

from contracts.clock import Clock
from contracts.errors import UsageError
from contracts.ports import FaultKind, Port, Screen
from contracts.records import ScreenCommand


class Display:
    """What `LineScanner` takes for a presenter.

    Args:
        screen: stands before the scanner.
        clock: of the bench.

    Raises:
        UsageError: it is no screen.
    """

    def __init__(self, screen: Port, clock: Clock) -> None:
        if not isinstance(screen, Screen):
            raise UsageError(
                "only a screen shows codes", where=screen.info.id, expected="screen", found=screen.info.kind
            )
        self._screen, self._clock = screen, clock

    def present(self, code: bytes) -> None:
        """Show a code until the next."""
        name = self._screen.info.id
        self._screen.show(ScreenCommand(t_ns=self._clock.now_ns, source="rig", screen=name, text="", code=code))

    def fault(self, kind: FaultKind | None) -> bool:
        """A real scanner cannot be made to fail; return whether none is asked for."""
        return kind is None
