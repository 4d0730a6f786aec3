"""Who may talk to a shim: names of clients in a file, one a line, read again whenever it changes."""

from __future__ import annotations

from pathlib import Path

from contracts.errors import BadFile, DeviceUnavailable


class AllowList:
    """The names in a file.

    Args:
        file: one name a line; what follows # is for people.

    Raises:
        BadFile: it cannot be read.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at = -1
        self._names: frozenset[str] = frozenset()
        self._look()

    @property
    def names(self) -> frozenset[str]:
        """Who may."""
        self._look()
        return self._names

    def check(self, name: str) -> None:
        """Let a client through or not.

        Raises:
            DeviceUnavailable: it is not on the list.
        """
        if name not in self.names:
            raise DeviceUnavailable(
                "this client is not on the bench's allow list",
                where=str(self._file),
                expected=f"one of {', '.join(sorted(self.names)) or 'nobody: the list is empty'}",
                found=repr(name),
                hint=f"add a line {name!r} there, or use another certificate",
            )

    def _look(self) -> None:
        try:
            changed = self._file.stat().st_mtime_ns
            if changed == self._read_at:
                return
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise BadFile(
                "the allow list cannot be read", file=self._file, found=str(error), hint="rig devices certs makes one"
            ) from error
        self._names = frozenset(name for line in lines if (name := line.partition("#")[0].strip()))
        self._read_at = changed
