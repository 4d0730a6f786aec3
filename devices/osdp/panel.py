"""What every reader has but for what it reads: lights, a buzzer, a display, outputs, and a name. No I/O."""

from __future__ import annotations

from devices.osdp.codes import Command, Nak, Reply
from devices.osdp.identity import Can, Capabilities, Identity, pack_capabilities
from devices.osdp.packet import MOST_BYTES
from devices.osdp.showing import Led, read_buzz, read_leds, read_text

OUTPUTS = 2
IDENTITY = Identity(b"\x00\x52\x47", 1, 1, 4711, (2, 2, 0))
"""Of the emulated reader; the vendor's number is made up."""
_OUT = 4

CAPABILITIES: Capabilities = {
    Can.OUTPUTS: (1, OUTPUTS),
    Can.CARD_FORMAT: (1, 1),
    Can.LED: (1, 1),
    Can.SOUND: (1, 1),
    Can.TEXT: (1, 1),
    Can.CHECK: (1, 0),
    Can.SECURITY: (1, 1),
    Can.RECEIVES: (MOST_BYTES % 256, MOST_BYTES // 256),
    Can.READERS: (0, 1),
}

Said = tuple[int, bytes]
"""Code and data of a reply."""
ACK: Said = (Reply.ACK, b"")


def nak(why: Nak) -> Said:
    """Return a refusal."""
    return Reply.NAK, bytes((why,))


class Panel:
    """What a reader shows.

    Args:
        capabilities: beside those of every reader.
    """

    def __init__(self, capabilities: Capabilities) -> None:
        self.capabilities = CAPABILITIES | capabilities
        self.lights: dict[tuple[int, int], int] = {}
        """Colour by reader and number of the light, of those set for good."""
        self.text = ""
        self.buzzed = 0
        self.outputs = bytearray(OUTPUTS)
        self.tampered = False

    def obey(self, command: int, data: bytes) -> Said | None:
        """Return the answer to a command, None for one that is not the panel's."""
        told: dict[int, Said] = {
            Command.ID: (Reply.PDID, IDENTITY.pack()),
            Command.CAP: (Reply.PDCAP, pack_capabilities(self.capabilities)),
            Command.LSTAT: (Reply.LSTATR, bytes((self.tampered, 0))),
            Command.ISTAT: (Reply.ISTATR, b""),
            Command.OSTAT: (Reply.OSTATR, bytes(self.outputs)),
            Command.RSTAT: (Reply.RSTATR, b"\0"),
            Command.KEEPACTIVE: ACK,
            Command.ACURXSIZE: ACK,
        }
        return told.get(command) or self._show(command, data)

    def _switch(self, data: bytes) -> Said:
        whole = [data[at : at + _OUT] for at in range(0, len(data), _OUT)]
        if not data or len(data) % _OUT or any(entry[0] >= OUTPUTS for entry in whole):
            return nak(Nak.LENGTH)
        for entry in whole:
            # 1 and 3 switch off for good, 2, 4 and 5 on; times are not kept.
            self.outputs[entry[0]] = entry[1] in (2, 4, 5)
        return Reply.OSTATR, bytes(self.outputs)

    def _show(self, command: int, data: bytes) -> Said | None:
        match command:
            case Command.OUT:
                return self._switch(data)
            case Command.LED:
                leds = read_leds(data)
                return nak(Nak.LENGTH) if leds is None else self._light(leds)
            case Command.BUZ:
                buzz = read_buzz(data)
                self.buzzed += buzz.times if buzz else 0
                return ACK if buzz else nak(Nak.LENGTH)
            case Command.TEXT:
                text = read_text(data)
                self.text = self.text if text is None else text
                return nak(Nak.LENGTH) if text is None else ACK
            case _:
                return None

    def _light(self, leds: list[Led]) -> Said:
        for led in leds:
            if not led.tenths and len(self.lights) < 256:
                self.lights[led.reader, led.number] = led.color
        return ACK
