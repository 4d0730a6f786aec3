"""A client that uses devices for as long as it lives: python -m tests.devices.shim.victim ADDRESS TTL_S ID...

It says when it is there and begins when a line comes in, so that the time it takes to start says nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from contracts.ports import Scanner
from devices.shim.client import Bench


def main(arguments: Sequence[str]) -> None:
    """Lease devices and use them until killed."""
    address, ttl_s, *ids = arguments
    sys.stdout.write("there\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with Bench(address, holder="victim", ttl_s=float(ttl_s), wait_s=30, ids=ids) as bench:
        tick = 0
        while True:
            for port in bench.ports.values():
                assert isinstance(port, Scanner)
                port.present(b"x")
            bench.read(tick)
            tick += 1


if __name__ == "__main__":
    main(sys.argv[1:])
