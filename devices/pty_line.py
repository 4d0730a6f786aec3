"""The far end of a pseudo-terminal under a name of one's own, so that a bench file can name the near end."""

from __future__ import annotations

from pathlib import Path

from contracts.errors import PortInUse, RigFault
from devices.fd_line import pseudo_terminal


class PtyLine:
    """Makes a pseudo-terminal and links a path to it; any program opens the path as a serial port.

    Args:
        path: of the link; its folder is made if it is not there.

    Raises:
        PortInUse: something is there already.
        RigFault: it cannot be made there.
    """

    arrivals = 1
    """A cable has one other end, and nobody can tell who holds it."""

    def __init__(self, path: Path) -> None:
        self.name = f"pty:{path}"
        self._path = path
        self._line, self._target = pseudo_terminal()
        try:
            _make_way(path)
            path.symlink_to(self._target)
        except OSError as error:
            self._line.close()
            raise RigFault("the pseudo-terminal cannot be linked", where=self.name, found=str(error)) from error
        except PortInUse:
            self._line.close()
            raise

    def read(self) -> bytes:
        """Return what has come since the last call, b"" when nothing has."""
        return self._line.read()

    def write(self, data: bytes) -> None:
        """Send bytes; what a full buffer does not take is lost, as on a line without flow control."""
        if data:
            self._line.write(data)

    def hang_up(self) -> None:
        """Nothing: a cable stays where it is."""

    def close(self) -> None:
        """Take the link away, and let go of the pseudo-terminal; may be called twice."""
        if self._path.is_symlink() and str(self._path.readlink()) == self._target:
            self._path.unlink()
        self._line.close()


def _make_way(path: Path) -> None:
    """Make the folder, and remove the link of a run that was killed: the terminal behind it is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink() and not path.exists():
        path.unlink()
    if path.exists():
        raise PortInUse(
            "something is there already",
            where=f"pty:{path}",
            expected="a path that is free",
            found=f"a link to {path.readlink()}" if path.is_symlink() else "a file",
            hint="end the run or the emulator that made it, choose another path, or remove it",
        )
