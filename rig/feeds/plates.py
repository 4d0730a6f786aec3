"""The plates as a store's gateway would have them: one Sparkplug B edge node, one device a gondola."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from contracts.clock import MILLISECOND, WallClock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.layout import Gondola, Layout
from contracts.record import Record
from contracts.records import Weights
from devices.sparkplug import topics
from devices.sparkplug.node import Block, EdgeNode, Gauge, Message
from rig.feeds.address import Address
from rig.feeds.worker import Worker

NODE = "rig"
MOST_WAITING = 50  # blocks; two seconds of five gondolas
CONNECT_S = 10.0
KEEPALIVE_S = 30
_BACK_S = (1, 5)  # first and longest wait before trying a lost broker again


class PlateFeed:
    """Publishes every block of samples of every gondola.

    Args:
        address: the broker.
        layout: the store.

    Raises:
        DeviceUnavailable: no broker answers there, or it refuses.
        UsageError: there is nothing to publish.
    """

    def __init__(self, address: Address, layout: Layout) -> None:
        devices = {gondola.id: _gauges(gondola) for gondola in layout.gondolas if gondola.plates}
        if not devices:
            raise UsageError("no plate to publish", where=f"--feed {address}", found=f"store '{layout.name}' has none")
        self._address = address
        self._names = {device: topics.as_id(device) for device in devices}
        where = topics.Address(topics.as_id(layout.name), NODE)
        self._node = EdgeNode(where, {self._names[device]: gauges for device, gauges in devices.items()})
        self._clock = WallClock()  # until the run begins
        self._born = False
        self._connected = threading.Event()
        self._refusal = ""
        self._worker: Worker[Block | None] = Worker("mqtt", self._work, MOST_WAITING)
        self._client = self._made_client()
        self._connect()

    @property
    def about(self) -> Sequence[str]:
        """The broker and the topics."""
        plates = sum(len(names) for names in self._node.devices.values())
        topic = self._node.address.topic("+", "#")
        return [f"feed mqtt: {plates} plates, Sparkplug B: {self._address} {topic}"]

    def begin(self, clock: WallClock) -> None:
        """Learn the clock of the run."""
        self._clock = clock

    def send(self, records: Sequence[Record]) -> None:
        """Pass on the blocks of samples."""
        for record in records:
            if isinstance(record, Weights) and record.source in self._names:
                self._worker.put(self._block(record))

    def close(self) -> None:
        """Publish the death of the node and leave."""
        self._worker.close()
        if self._client.is_connected():
            self._publish(self._node.death()).wait_for_publish(CONNECT_S)
            self._client.disconnect()
        self._client.loop_stop()

    # --- on the worker's thread ------------------------------------------------------------------

    def _work(self, block: Block | None) -> None:
        """Publish a block, or with None the births that a connection and a host's request ask for."""
        now_ms = self._now_ms()
        if block is None:
            self._born = True
            for message in self._node.births(now_ms):
                self._publish(message)
        elif self._born:
            self._publish(self._node.data(block, now_ms))
        else:
            self._node.keep(block)

    def _publish(self, message: Message) -> mqtt.MQTTMessageInfo:
        return self._client.publish(message.topic, message.payload, message.qos)

    # --- on the client's thread ------------------------------------------------------------------

    def _made_client(self) -> mqtt.Client:
        client = mqtt.Client(CallbackAPIVersion.VERSION2, clean_session=True, protocol=mqtt.MQTTv311)
        if self._address.user:
            client.username_pw_set(self._address.user, self._address.password)
        client.reconnect_delay_set(*_BACK_S)
        client.on_pre_connect = self._before_connecting
        client.on_connect = self._on_connect
        client.on_message = self._on_message
        return client

    def _before_connecting(self, client: mqtt.Client, _: object) -> None:
        self._born = False
        will = self._node.connecting()
        client.will_set(will.topic, will.payload, will.qos)

    def _on_connect(self, client: mqtt.Client, _: object, __: object, reason: ReasonCode, ___: object) -> None:
        if reason.is_failure:
            self._refusal = str(reason)
        else:
            client.subscribe(self._node.address.topic("NCMD"), 1)
            self._worker.put(None)
        self._connected.set()

    def _on_message(self, _: mqtt.Client, __: object, message: mqtt.MQTTMessage) -> None:
        if self._node.asked_for_rebirth(message.topic, bytes(message.payload)):
            self._worker.put(None)

    # --- on the run's thread ---------------------------------------------------------------------

    def _connect(self) -> None:
        found = "no answer"
        try:
            self._client.connect(self._address.host, self._address.port, KEEPALIVE_S)
        except OSError as error:
            found = error.strerror or str(error)
        else:
            self._client.loop_start()
            if self._connected.wait(CONNECT_S) and not self._refusal:
                return
            found = self._refusal or found
        self.close()
        raise DeviceUnavailable(
            "no MQTT broker",
            where=str(self._address),
            expected="a broker that takes the connection",
            found=found,
            hint="start one (mosquitto -p 1883), or name the one that runs",
        )

    def _block(self, record: Weights) -> Block:
        first_ns = self._clock.epoch_ns + record.started_ns
        times = [(first_ns + row * record.period_ns) // MILLISECOND for row in range(len(record.grams))]
        return Block(self._names[record.source], times, record.grams.tolist())

    def _now_ms(self) -> int:
        return (self._clock.epoch_ns + self._clock.now_ns) // MILLISECOND


def _gauges(gondola: Gondola) -> list[Gauge]:
    return [Gauge(f"{plate.id.partition('/')[2]}/grams", "g", plate.capacity_g) for plate in gondola.plates]
