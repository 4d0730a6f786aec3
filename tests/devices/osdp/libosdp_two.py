"""An ACU made of libosdp with two readers on one line, run by its own Python: serial port, two addresses, key or "".

It waits for cards until its input ends, and prints which reader told it of which.
"""

import json
import os
import sys

from libosdp_device import Port
from osdp import ControlPanel, Event, LogLevel, PDInfo


def main():
    name, addresses, key = sys.argv[1], list(map(int, sys.argv[2:4])), bytes.fromhex(sys.argv[4])
    cards, line = [], Port(name)

    def take(address, event):
        if event["event"] == Event.CardRead:
            cards.append([address, event["data"].hex()])
        return 0

    readers = [PDInfo(address, line, scbk=key or None) for address in addresses]
    panel = ControlPanel(readers, log_level=LogLevel.Error, event_handler=take)
    panel.start()
    there = all(panel.sc_wait(each, timeout=20) for each in addresses) if key else panel.online_wait_all(timeout=20)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    sys.stdout.write(json.dumps({"there": bool(there), "cards": cards}) + "\n")
    sys.stdout.flush()
    panel.teardown()
    os._exit(0)


if __name__ == "__main__":
    main()
