"""Which shims a command means: those of a bench file, or one by its address."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.errors import UsageError
from devices.shim.connection import Shim
from devices.shim.tls import ClientTls, client_tls
from rig.bench import BenchFile, find_bench, read
from rig.bench.address import address_of

_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^/\s:]+):[0-9]+")
_LOOK_S = 1.0


@dataclass(frozen=True, slots=True)
class Reach:
    """One shim to talk to.

    Args:
        address: "host:port".
        ids: the devices that are meant; None for all that it has.
        credentials: certificates; None on loopback.
    """

    address: str
    ids: tuple[str, ...] | None
    credentials: ClientTls | None

    def connect(self) -> Shim:
        """Connect.

        Raises:
            DeviceUnavailable: nobody listens there, or one does not trust the other.
        """
        return Shim(self.address, self.credentials)

    @property
    def there(self) -> bool:
        """Whether anybody listens there."""
        try:
            socket.create_connection(address_of(self.address), _LOOK_S).close()
        except OSError:
            return False
        return True


def is_address(target: str) -> bool:
    """Whether it is host:port and not a bench."""
    return bool(_ADDRESS.fullmatch(target))


def reach(target: str, ids: Sequence[str], tls: Path | None, client: str) -> tuple[Reach, ...]:
    """Return the shims that hold some devices.

    Args:
        target: a bench by name or file, or "host:port".
        ids: devices; none for all.
        tls: folder of certificates, for an address.
        client: whose certificate.

    Raises:
        UsageError: there is no such bench, or it has no such device.
    """
    if is_address(target):
        address_of(target)
        return (Reach(target, tuple(ids) or None, client_tls(tls, client) if tls else None),)
    return of_bench(read(find_bench(target)), ids, tls, client)


def of_bench(bench: BenchFile, ids: Sequence[str], tls: Path | None, client: str) -> tuple[Reach, ...]:
    """Return the shims of a bench, each with the devices of it that are meant."""
    at = {each.id: each.at or bench.listen for each in bench.devices if not each.recording}
    strangers = [name for name in ids if name not in at]
    if strangers or not at:
        raise UsageError(
            f"the bench has no device {strangers[0]}" if strangers else "the bench has no real device",
            where=str(bench.path),
            expected=f"one of {', '.join(at)}" if at else "devices with `driver` or `at`",
        )
    folder = tls or bench.tls
    credentials = client_tls(folder, client) if folder else None
    wanted = [name for name in at if not ids or name in ids]
    addresses = dict.fromkeys(at[name] for name in wanted)
    return tuple(Reach(where, tuple(name for name in wanted if at[name] == where), credentials) for where in addresses)
