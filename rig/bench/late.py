"""A screen of the same shim, found when something is to be shown: devices are opened in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contracts.errors import DeviceUnavailable
from contracts.ports import FaultKind, Port, PortInfo, PortKind, Screen
from contracts.record import Record
from contracts.records import ScreenCommand


class LateScreen:
    """Stands for a screen until it is open.

    Args:
        device: its id.
        opened: devices of the shim that are open, by id.
    """

    def __init__(self, device: str, opened: Mapping[str, Port]) -> None:
        self.info = PortInfo(device, PortKind.SCREEN, "another device of this shim")
        self._opened = opened

    def show(self, command: ScreenCommand) -> None:
        """Show it until the next.

        Raises:
            DeviceUnavailable: the screen is not open, or is none.
        """
        screen = self._opened.get(self.info.id)
        if not isinstance(screen, Screen):
            raise DeviceUnavailable(
                "there is no such screen",
                where=self.info.id,
                expected="a screen of the same bench file, open",
                found="nothing open of that name" if screen is None else str(screen.info.kind),
                hint="rig devices probe tells why it is not open",
            )
        screen.show(command)

    def read(self, until_ns: int) -> Sequence[Record]:  # noqa: ARG002
        """A screen reports nothing."""
        return ()

    def fault(self, kind: FaultKind | None) -> bool:
        """Leave faults to the screen itself."""
        return kind is None

    def safe_state(self) -> None:
        """The screen has its own."""
