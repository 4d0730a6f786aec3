"""`python -m twin.provider --port 0 --state FILE`: the provider as a process of its own, until it is ended."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from contracts.errors import WalkoutError
from twin.provider.memory import LastingProvider, Memory
from twin.provider.provider import Provider
from twin.provider.server import ProviderServer


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; the first line of output is the URL."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _leave)
    try:
        memory = Memory(options.state)
        core = Provider(options.seed, options.name, quick=options.quick)
        server = ProviderServer(LastingProvider(core, memory), options.port)
    except WalkoutError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        memory.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m twin.provider", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0 for any free one")
    parser.add_argument(
        "--state", type=Path, required=True, metavar="FILE", help="its memory; made where there is none"
    )
    parser.add_argument("--seed", type=int, default=0, help="of its delays")
    parser.add_argument("--name", default="provider", help="its device id")
    parser.add_argument("--quick", action="store_true", help="answer without the usual delay")
    return parser


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
