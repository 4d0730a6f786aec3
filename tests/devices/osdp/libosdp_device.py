"""A device made of libosdp, run by its own Python: serial port, address, key ("" for installation mode), strict or not.

It shows two cards once it is asked for any, and prints the commands that it was given when its input ends.
"""

import json
import os
import sys
import tty

from osdp import Capability, Channel, Event, LibFlag, LogLevel, PDCapabilities, PDInfo, PeripheralDevice

CARDS = [(1, 26, "bd88eb80"), (0, 32, "61626364")]


class Port(Channel):
    def __init__(self, name):
        super().__init__()
        self.fd = os.open(name, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self.fd)

    def read(self, max_bytes):
        try:
            return os.read(self.fd, max_bytes)
        except BlockingIOError:
            return b""

    def write(self, buf):
        return os.write(self.fd, buf)

    def flush(self):
        pass


def main():
    name, address, key, strict = sys.argv[1], int(sys.argv[2]), bytes.fromhex(sys.argv[3]), sys.argv[4] == "strict"
    flags = [LibFlag.EnforceSecure] if strict else [] if key else [LibFlag.InstallMode]
    can = PDCapabilities(
        [
            (Capability.OutputControl, 1, 1),
            (Capability.LEDControl, 1, 1),
            (Capability.AudibleControl, 1, 1),
            (Capability.TextOutput, 1, 1),
            (Capability.CommunicationSecurity, 1, 1),
        ]
    )
    info = PDInfo(address, Port(name), scbk=key or None, flags=flags)
    device = PeripheralDevice(info, can, log_level=LogLevel.Error)
    device.start()
    sys.stdout.write("started\n")
    sys.stdout.flush()
    for line in sys.stdin:
        if line.strip() == "cards":
            for form, length, data in CARDS:
                card = {"event": Event.CardRead, "reader_no": 0, "direction": 0, "length": length}
                device.submit_event({**card, "format": form, "data": bytes.fromhex(data)})
    found = []
    while (command := device.get_command(timeout=0)) is not None:
        found.append({k: v.hex() if isinstance(v, bytes) else v for k, v in command.items()})
    sys.stdout.write(json.dumps({"secure": bool(device.is_sc_active()), "commands": found}) + "\n")
    sys.stdout.flush()
    device.teardown()


if __name__ == "__main__":
    main()
