"""An edge node: what it says at birth, with every block of samples, and as its will. No I/O.

Values of one message stand in order of time, and none is marked as historical: they are fresh, only sent together.

Source: Eclipse Sparkplug Specification 3.0.0, sections 5 and 6.4: births first and in one go, seq 0 to 255 and
round again, bdSeq one more with every connection and the same in will and birth, aliases instead of names in data.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from google.protobuf.message import DecodeError

from devices.sparkplug import sparkplug_b_pb2 as pb
from devices.sparkplug.topics import Address

REBIRTH = "Node Control/Rebirth"
BD_SEQ = "bdSeq"
_ROUND = 256


@dataclass(frozen=True, slots=True)
class Message:
    """What to publish, not retained.

    Args:
        topic: where.
        payload: bytes.
        qos: 0 for births and data, 1 for deaths.
    """

    topic: str
    payload: bytes
    qos: int = 0


@dataclass(frozen=True, slots=True)
class Gauge:
    """A metric as its birth introduces it.

    Args:
        name: "shelf-5/plate-11/grams".
        unit: engineering unit.
        high: the largest value it can have.
    """

    name: str
    unit: str
    high: float


@dataclass(frozen=True, slots=True)
class Block:
    """Samples of all gauges of a device.

    Args:
        device: device id.
        times_ms: of each row, Unix time.
        rows: values in the order of the device's gauges; NaN = no reading.
    """

    device: str
    times_ms: Sequence[int]
    rows: Sequence[Sequence[float]]


class EdgeNode:
    """One edge node and its devices.

    Args:
        address: where it publishes.
        devices: gauges by device id.
    """

    def __init__(self, address: Address, devices: Mapping[str, Sequence[Gauge]]) -> None:
        self.address, self.devices = address, {device: tuple(gauges) for device, gauges in devices.items()}
        self._first_alias: dict[str, int] = {}
        alias = 1
        for device, gauges in self.devices.items():
            self._first_alias[device] = alias
            alias += len(gauges)
        self._last: dict[str, tuple[int, Sequence[float]]] = {}
        self._bd_seq, self._seq = -1, 0

    def connecting(self) -> Message:
        """Begin a connection; return the will to leave with the broker."""
        self._bd_seq = (self._bd_seq + 1) % _ROUND
        return self.death()

    def death(self) -> Message:
        """Return what tells everybody that the node has gone."""
        payload = pb.Payload(metrics=[self._bd_seq_metric()])
        return Message(self.address.topic("NDEATH"), payload.SerializeToString(), qos=1)

    def births(self, now_ms: int) -> list[Message]:
        """Return the births of the node and of all devices, with their latest values.

        Args:
            now_ms: Unix time.
        """
        self._seq = -1
        control = pb.Metric(name=REBIRTH, timestamp=now_ms, datatype=pb.BOOLEAN, boolean_value=False)
        bd_seq = self._bd_seq_metric(now_ms)
        node = self._message("NBIRTH", pb.Payload(timestamp=now_ms, metrics=[bd_seq, control]))
        return [node, *(self._birth(device, now_ms) for device in self.devices)]

    def data(self, block: Block, now_ms: int) -> Message:
        """Return a block of samples as one message."""
        payload, first = pb.Payload(timestamp=now_ms), self._first_alias[block.device]
        for time_ms, row in zip(block.times_ms, block.rows, strict=True):
            for alias, value in enumerate(row, first):
                _fill(payload.metrics.add(alias=alias, timestamp=time_ms), value)
        self.keep(block)
        return self._message("DDATA", payload, block.device)

    def keep(self, block: Block) -> None:
        """Remember the latest values for the next birth."""
        self._last[block.device] = (block.times_ms[-1], block.rows[-1])

    def asked_for_rebirth(self, topic: str, payload: bytes) -> bool:
        """Return whether a message is a host's request to be born again."""
        if topic != self.address.topic("NCMD"):
            return False
        try:
            said = pb.Payload.FromString(payload)
        except DecodeError:
            return False
        return any(metric.name == REBIRTH and metric.boolean_value for metric in said.metrics)

    def _birth(self, device: str, now_ms: int) -> Message:
        gauges, payload = self.devices[device], pb.Payload(timestamp=now_ms)
        time_ms, values = self._last.get(device, (now_ms, [math.nan] * len(gauges)))
        for alias, (gauge, value) in enumerate(zip(gauges, values, strict=True), self._first_alias[device]):
            metric = payload.metrics.add(name=gauge.name, alias=alias, timestamp=time_ms, datatype=pb.FLOAT)
            metric.properties.CopyFrom(_properties(gauge))
            _fill(metric, value)
        return self._message("DBIRTH", payload, device)

    def _bd_seq_metric(self, now_ms: int | None = None) -> pb.Metric:
        return pb.Metric(name=BD_SEQ, timestamp=now_ms, datatype=pb.INT64, long_value=self._bd_seq)

    def _message(self, kind: str, payload: pb.Payload, device: str = "") -> Message:
        self._seq = (self._seq + 1) % _ROUND
        payload.seq = self._seq
        return Message(self.address.topic(kind, device), payload.SerializeToString())


def _fill(metric: pb.Metric, value: float) -> None:
    if math.isnan(value):
        metric.is_null = True
    else:
        metric.float_value = value


def _properties(gauge: Gauge) -> pb.PropertySet:
    """Return unit and range under the keys that hosts look for (Ignition, Cirrus Link)."""
    return pb.PropertySet(
        keys=["engUnit", "engHigh"],
        values=[
            pb.PropertyValue(type=pb.STRING, string_value=gauge.unit),
            pb.PropertyValue(type=pb.DOUBLE, double_value=gauge.high),
        ],
    )
