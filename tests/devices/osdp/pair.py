"""An ACU and a device side by side, with whatever befalls the bytes between them."""

from collections.abc import Callable, Sequence

from contracts.clock import MILLISECOND
from contracts.seeds import stream
from devices.osdp.acu import Acu, Heard
from devices.osdp.identity import Capabilities
from devices.osdp.keys import Key
from devices.osdp.link import Link
from devices.osdp.panel import Said
from devices.osdp.pd import Pd

STEP_NS = 50 * MILLISECOND
KEY = Key(bytes(range(16)))
OTHER = Key(bytes(range(16, 32)))
Wire = Callable[[bytes], Sequence[bytes]]
"""What becomes of bytes: nothing, one piece, or several."""


def random_of(name: str) -> Callable[[], bytes]:
    draws = stream(5, "osdp pair", name)
    return lambda: draws.bytes(8)


class Pair:
    def __init__(
        self,
        acu: Link,
        device: Link | None = None,
        *,
        strict: bool = True,
        obey: Callable[[int, bytes], Said | None] = lambda *_: None,
        capabilities: Capabilities | None = None,
    ) -> None:
        self.now_ns = 0
        self.acu = Acu(acu, random_of("acu"))
        self.device = Pd(device or acu, capabilities or {}, obey, random_of("device"), strict=strict)
        self.to_device: Wire = lambda data: [data]
        self.to_acu: Wire = lambda data: [data]
        self.log: list[bytes] = []

    def step(self) -> list[Heard]:
        """Let 50 ms pass; return what the ACU heard."""
        self.now_ns += STEP_NS
        out = self.acu.to_send(self.now_ns)
        self.log.append(out)
        replies = b""
        for piece in self.to_device(out) if out else [b""]:
            for packet in self.device.feed(piece, self.now_ns):
                replies += self.device.answer(packet)
        heard: list[Heard] = []
        for piece in self.to_acu(replies) if replies else [b""]:
            self.log.append(piece)
            heard += self.acu.feed(piece, self.now_ns)
        return heard

    def run(self, steps: int) -> list[Heard]:
        return [heard for _ in range(steps) for heard in self.step()]
