"""A process that has loaded everything and forks one child for each job: real processes, started in milliseconds.

It reads jobs as JSON lines and answers each with one line: how the child ended and what it said. It has no threads and
no connections of its own, so a forked child has nothing of another's. Run as `python -m tests.crash.nursery`.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from tests.crash import bank, shop
from tests.crash.lives import through


def main() -> None:
    """Serve jobs until the input ends."""
    with suppress(ImportError):
        import psycopg  # noqa: F401  # loaded once, for all children
    gc.freeze()  # children share what is loaded
    for line in sys.stdin:
        sys.stdout.write(json.dumps(play(**json.loads(line))) + "\n")
        sys.stdout.flush()


def play(ledger: str, flow: str, state: str, shop_dies: list[int], bank_dies: list[int]) -> dict[str, Any]:
    """Play one flow to its end through all deaths.

    Args:
        ledger: URL of an empty ledger.
        flow: name.
        state: file of the provider's memory.
        shop_dies: at which step each of the stack's processes dies, one after the other; the last one lives.
        bank_dies: the same for the provider's.
    """
    listening = bank.listen()
    provider = f"http://127.0.0.1:{listening.getsockname()[1]}"
    keeper = _fork(lambda: _keep(listening, Path(state), bank_dies))
    ended = through(shop_dies, partial(_live, ledger, provider, flow))
    os.kill(keeper, signal.SIGTERM)
    _, status = os.waitpid(keeper, 0)
    listening.close()
    return {**asdict(ended), "bank_killed": os.WEXITSTATUS(status)}


def _live(ledger: str, provider: str, flow: str, die_at: int) -> tuple[int, str]:
    """Let a stack play a flow; return how its process ended and what it said."""
    reader, writer = os.pipe()
    child = _fork(lambda: os.write(writer, str(shop.run(ledger, provider, flow, die_at)).encode()))
    os.close(writer)
    _, status = os.waitpid(child, 0)
    said = os.read(reader, 20).decode()
    os.close(reader)
    return status, said


def _keep(listening: socket.socket, state: Path, dies: list[int]) -> None:
    """Start the provider again whenever it has died; exit with how often that was."""
    killed, child = 0, 0

    def stop(_signal: int, _frame: object) -> None:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os._exit(killed)

    signal.signal(signal.SIGTERM, stop)
    while True:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        die_at = dies[killed] if killed < len(dies) else 0
        child = _fork(lambda at=die_at: bank.serve(listening, state, at))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.waitpid(child, 0)
        killed += 1


def _fork(do: Any) -> int:
    child = os.fork()
    if child:
        return child
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        do()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    main()
