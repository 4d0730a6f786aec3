"""A bench display as a port: what it is told to show, browsers that look at its page show."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.record import Record
from contracts.records import ScreenCommand
from devices.probing import Probed
from devices.screen.page import shown
from devices.screen.server import PageServer


class PageScreen:
    """The driver.

    Args:
        device: device id.
        host: address to serve at.
        port: 0 for any free one.

    Raises:
        PortInUse: somebody else has it.
    """

    def __init__(self, device: str, host: str = "127.0.0.1", port: int = 0) -> None:
        self.info = PortInfo(device, PortKind.SCREEN, "a page in a browser")
        self._server = PageServer(device, host, port)
        self._last, self._off = shown("", b""), False
        self._tell()

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return self._server.url

    def show(self, command: ScreenCommand) -> None:
        """Show it until the next."""
        self._last = shown(command.text, command.code)
        self._tell()

    def read(self, until_ns: int) -> Sequence[Record]:  # noqa: ARG002  # the port's signature
        """A display reports nothing."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin or end a fault: an OFF display is blank; when it is back it shows what it was told last."""
        if kind not in (None, FaultKind.OFF):
            return False
        self._off = kind is FaultKind.OFF
        self._tell()
        return True

    def safe_state(self) -> None:
        """Go blank: a code that is left standing could still be scanned."""
        self._last = shown("", b"")
        self._tell()

    def probe(self) -> Probed:
        """Tell where the page is, and how many look at it."""
        watching = self._server.watching
        return Probed(identity=f"{self.url} shown by {watching or 'no'} browser{'s' if watching != 1 else ''}")

    def close(self) -> None:
        """Stop serving; may be called twice."""
        self._server.close()

    def _tell(self) -> None:
        self._server.tell(shown("", b"") if self._off else self._last)
