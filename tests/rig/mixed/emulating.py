"""An emulated device in a process of its own, to be killed: `python -m tests.rig.mixed.emulating DRIVER LINE`."""

import sys
import threading

from contracts.clock import WallClock
from devices.drivers.opening import open_exposed
from devices.drivers.registry import find

PAUSE_S = 0.002


def main(driver: str, line: str) -> None:
    """Work a device until somebody ends it."""
    device = open_exposed(find(driver), "reader-1", line, WallClock())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    pause = threading.Event()
    while not pause.wait(PAUSE_S):
        device.work()


if __name__ == "__main__":
    main(*sys.argv[1:])
