"""A run's side of a shim: its devices leased and kept, each as a port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from contracts import ports
from contracts.errors import LeaseLost, WalkoutError
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from contracts.record import Record
from devices.shim import look
from devices.shim.connection import CALL_S, OPEN_S, Shim
from devices.shim.offset import Offset
from devices.shim.remote import KINDS
from devices.shim.tenancy import Tenancy
from devices.shim.tls import ClientTls
from devices.shim.troubles import CutOff


class Bench:
    """Devices of one shim, leased. A heartbeat keeps the lease while this process lives.

    Args:
        address: "host:port".
        holder: who leases them, for people who find them taken; "" for user, machine and process.
        ttl_s: seconds without a sign of life after which the shim takes them back, safe.
        wait_s: seconds to queue for devices that others have.
        ids: which devices; None for all.
        credentials: certificates (`devices.shim.tls.client_tls`); None on loopback.

    Raises:
        DeviceUnavailable: nothing listens there, or a device cannot be opened.
        LeaseHeld: somebody else has one of them; tells who and since when.
    """

    def __init__(
        self,
        address: str,
        *,
        holder: str = "",
        ttl_s: float = 10.0,
        wait_s: float = 0.0,
        ids: Sequence[str] | None = None,
        credentials: ClientTls | None = None,
    ) -> None:
        self.address, self.shim, self._ahead_ns = address, Shim(address, credentials), 0
        try:
            listed = {device.info.id: device.info for device in self.shim.list()}
            wanted = sorted(listed) if ids is None else list(ids)
            self._lease = Tenancy(self.shim, wanted, holder or look.me(), ttl_s, wait_s) if wanted else None
        except BaseException:
            self.shim.close()
            raise
        self._clocks = self.shim.stub(services.ClocksStub)
        self._ports = {id_: KINDS[listed[id_].kind](self, listed[id_]) for id_ in wanted}

    @property
    def ports(self) -> Mapping[str, ports.Port]:
        """The leased devices, by id."""
        return self._ports

    def read(self, until_ns: int) -> Mapping[str, Sequence[Record]]:
        """Read all devices at once: what each reported after the last call and up to until_ns, by id.

        Raises:
            LeaseLost: the devices are no longer ours.
            DeviceUnavailable: a device has failed; the others were read all the same.
        """
        for port in self._ports.values():
            port.ask(until_ns)
        found: dict[str, Sequence[Record]] = {}
        errors: list[WalkoutError] = []
        for id_, port in self._ports.items():
            try:
                found[id_] = port.answer()
            except WalkoutError as error:
                errors.append(error)
        if errors:
            raise next((error for error in errors if isinstance(error, LeaseLost)), errors[0])
        return found

    def troubles(self) -> Mapping[str, WalkoutError]:
        """Return what is wrong with which of the leased devices now, by id; no device is asked."""
        listed = {found.info.id: found.trouble for found in self.shim.list()}
        return {id_: trouble for id_ in self._ports if (trouble := listed.get(id_)) is not None}

    def synchronise(self, bench_now_ns: int) -> Offset:
        """Set the bench clock of the leased devices, by which their drivers stamp what they report.

        A device whose clock is set by more than 100 ms is opened anew, so call this before the first read.

        Args:
            bench_now_ns: bench time at this very moment.

        Returns:
            How far it was ahead, and the round trip of that measurement: the clock is right to half of it.
        """
        self._ahead_ns = bench_now_ns - self.shim.clock.now_ns
        measured = self.shim.offset(self._ahead_ns, times=8)
        if self._lease is not None:
            self.call("", self._clocks.Synchronise, pb.ClockShift(shift_ns=-measured.offset_ns), OPEN_S)
        return measured

    def offset(self) -> Offset:
        """Measure how far the shim's bench clock is ahead of the time that was last set."""
        self.check()
        return self.shim.offset(self._ahead_ns)

    def check(self) -> None:
        """Raise if the lease is over.

        Raises:
            LeaseLost: it is; tells why.
        """
        if self._lease is not None:
            self._lease.check()

    def call(self, device: str, method: Any, request: Any, within_s: float = CALL_S) -> Any:
        """Make a call with the lease's token.

        Args:
            device: id of the device that it is for; "" for all.
            method: of a stub.
            request: its message.
            within_s: seconds to wait for the answer.

        Raises:
            LeaseLost: the lease is over.
            DeviceUnavailable: the device does not answer, or says what is wrong.
        """
        self.check()
        try:
            return self.shim.ask(method, request, f"{device or 'devices'} at {self.address}", within_s)
        except CutOff as error:
            raise self.why(device, error) from error

    def why(self, device: str, error: CutOff) -> WalkoutError:
        """Return why a shim cut a call off: the lease is lost, or the driver hangs; it tells only when asked.

        Args:
            device: id of the device that it was for.
            error: what was heard.
        """
        try:
            if self._lease is not None:
                self._lease.ask()
            troubles = {found.info.id: found.trouble for found in self.shim.list()}
        except WalkoutError as worse:
            return worse
        return troubles.get(device) or error

    def close(self) -> None:
        """Give the devices back and close the connection; may be called twice."""
        for port in self._ports.values():
            port.close()
        try:
            if self._lease is not None:
                self._lease.release()
        finally:
            self.shim.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()
