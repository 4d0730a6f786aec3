"""Serves the app of a made-up store, for looking at it."""

from __future__ import annotations

import argparse
import sys

from contracts.clock import MILLISECOND, WallClock
from contracts.errors import WalkoutError
from stack.web.demo import SETUP, DemoStack
from stack.web.live import Live
from stack.web.server import serve

TICK_NS = 200 * MILLISECOND


def main() -> int:
    """Serve until it is stopped; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m stack.web", description=__doc__)
    parser.add_argument("--demo", action="store_true", required=True, help="a store without anybody behind it")
    parser.add_argument("--address", default="127.0.0.1:0", help="host:port, port 0 for any free one")
    chosen = parser.parse_args()
    try:
        _run(chosen.address)
    except WalkoutError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return 0
    return 0


def _run(address: str) -> None:
    live, clock = Live(DemoStack()), WallClock()
    live.runs_by(clock)
    live.feed([SETUP], 0)
    with serve(live, address, tell=_invite) as server:
        _tell(f"the app is at {server.url}")
        server.invite()
        now_ns = 0
        while True:
            now_ns += TICK_NS
            clock.wait_until(now_ns)
            live.feed(live.read(now_ns), now_ns)


def _invite(account: str, link: str) -> None:
    _tell(f"sign in as {account}, once: {link}")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
