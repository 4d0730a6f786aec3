"""What a look at a shim shows: its devices, what they tell of themselves, and who has them."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.errors import WalkoutError
from contracts.ports import PortInfo, PortKind
from contracts.proto.v1 import devices_pb2 as pb
from devices.probing import Probed
from devices.shim.troubles import error_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A device of a shim.

    Args:
        info: id, kind, model.
        line: what it hangs on.
        protocol: its driver's name.
        open: whether its driver is open.
        trouble: what last went wrong; None when all is well.
    """

    info: PortInfo
    line: str
    protocol: str
    open: bool
    trouble: WalkoutError | None


@dataclass(frozen=True, slots=True)
class Looked:
    """A device that was asked who it is.

    Args:
        listed: as a list shows it.
        probed: what it told; empty texts where its driver has no such question.
        busy: who holds it and since when; then it was not asked. "" when free.
        trouble: why it cannot be used, with what to try; None when it can.
    """

    listed: Listed
    probed: Probed
    busy: str
    trouble: WalkoutError | None


@dataclass(frozen=True, slots=True)
class Held:
    """A lease or a place in the queue.

    Args:
        holder: whose.
        devices: their ids.
        since_unix_ns: since when.
    """

    holder: str
    devices: Sequence[str]
    since_unix_ns: int


@dataclass(frozen=True, slots=True)
class Leases:
    """Who has what, and who waits for what, first come first."""

    held: Sequence[Held]
    waiting: Sequence[Held]


def listed(device: pb.DeviceInfo, address: str) -> Listed:
    """Return what a message tells of a device."""
    info = PortInfo(device.id, PortKind(device.kind), device.model)
    return Listed(info, device.line, device.protocol, device.open, _trouble(device, f"{device.id} at {address}"))


def looked(probed: pb.Probed, address: str) -> Looked:
    """Return what a message tells of a probed device."""
    device = listed(probed.device, address)
    told = Probed(probed.identity, probed.firmware, probed.round_trip_ns)
    return Looked(device, told, probed.busy, _trouble(probed, f"{device.info.id} at {address}"))


def held(lease: pb.Lease | pb.Waiting) -> Held:
    """Return what a message tells of a lease or of a place in the queue."""
    return Held(lease.holder, tuple(lease.devices), lease.since_unix_ns)


def leases(found: pb.LeaseList) -> Leases:
    """Return what a message tells of leases."""
    return Leases([held(lease) for lease in found.leases], [held(place) for place in found.waiting])


def me() -> str:
    """Return who this process is, for people who find a device taken."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may run users without names
        user = f"user {os.getuid()}"
    return f"{user}@{socket.gethostname()}, process {os.getpid()}"


def _trouble(message: pb.DeviceInfo | pb.Probed, where: str) -> WalkoutError | None:
    return error_of(message.trouble, where) if message.HasField("trouble") else None
