"""An ACU made of libosdp, run by its own Python: serial port, address, key or "".

It waits for cards until its input ends, and prints what it was told.
"""

import json
import os
import sys

from libosdp_device import Port
from osdp import Command, CommandLEDColor, ControlPanel, Event, LogLevel, PDInfo


def main():
    name, address, key = sys.argv[1], int(sys.argv[2]), bytes.fromhex(sys.argv[3])
    cards = []

    def take(_address, event):
        if event["event"] == Event.CardRead:
            cards.append([event["length"], event["data"].hex()])
        return 0

    panel = ControlPanel([PDInfo(address, Port(name), scbk=key or None)], log_level=LogLevel.Error, event_handler=take)
    panel.start()
    there = panel.sc_wait(address, timeout=20) if key else panel.online_wait_all(timeout=20)
    light = {"reader": 0, "led_number": 0, "control_code": 1, "on_count": 1, "off_count": 0}
    colors = {"on_color": CommandLEDColor.Green, "off_color": CommandLEDColor.Black}
    lit = panel.submit_command(address, {"command": Command.LED, "temporary": False, **light, **colors})
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    sys.stdout.write(json.dumps({"there": bool(there), "lit": bool(lit), "cards": cards}) + "\n")
    sys.stdout.flush()
    panel.teardown()
    os._exit(0)


if __name__ == "__main__":
    main()
