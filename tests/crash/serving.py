"""Serves the whole stack over gRPC in processes that are soon killed: `python -m tests.crash.serving`.

It has loaded everything, reads orders as JSON lines and answers each with one. A child's threads begin after the fork.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import signal
import sys
import traceback
from contextlib import suppress
from functools import partial
from importlib import import_module

import stack
import stack.core
from stack.core import ReferenceStack
from stack.money.sql_store import SqlStore
from stack.money.store import Store, connect
from stack.server import serve
from tests.crash.steps import StepDatabase, Steps


def main() -> None:
    """Bear and kill servers until the input ends."""
    _load()
    gc.freeze()
    child = 0
    for line in sys.stdin:
        order = json.loads(line)
        if child:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            child = 0
        port = 0
        if order["ledger"]:
            child, port = _born(order["ledger"], order["die_at"])
        sys.stdout.write(json.dumps({"port": port}) + "\n")
        sys.stdout.flush()


def _load() -> None:
    """Load once what children would load each for themselves."""
    for module in pkgutil.walk_packages(stack.__path__, "stack."):
        with suppress(ImportError):  # an extra that is not installed
            import_module(module.name)


def _born(ledger: str, die_at: int) -> tuple[int, int]:
    """Fork a server; return its process and port."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        said = os.read(reader, 20).decode()
        os.close(reader)
        return child, int(said)
    try:
        steps = Steps(die_at)

        def opened(url: str) -> Store:
            return SqlStore(StepDatabase(connect(url), steps))

        stack.core.open_store = opened
        server, port = serve(partial(ReferenceStack, ledger=ledger))
        os.write(writer, str(port).encode())
        server.wait_for_termination()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    main()
