"""`rig run --app`: the customers' app of a store that is running."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contracts.clock import Clock
from contracts.ports import Stack
from rig.scenario import Scenario

if TYPE_CHECKING:
    from stack.web.live import Live
    from stack.web.server import Server


class AppServer:
    """Serves the app while a scenario runs; without an address it does nothing.

    Args:
        address: "host:port", "" for no app.
        scenario: whose shoppers are told apart.
        quiet: whether the standard output is for programs.
    """

    def __init__(self, address: str, scenario: Scenario, *, quiet: bool) -> None:
        self._address = address
        self._name = {plan.account: plan.name for plan in scenario.shoppers if plan.account}
        self._told = sys.stderr if quiet else sys.stdout
        self._live: Live | None = None
        self._server: Server | None = None
        self._invited = False

    def around(self, stack: Stack) -> Stack:
        """Listen to a stack, and open the server."""
        if not self._address:
            return stack
        from stack.web.live import Live
        from stack.web.server import serve

        self._live = Live(stack)
        self._server = serve(self._live, self._address, tell=self._tell)
        return self._live

    def on_start(self, clock: Clock) -> None:
        """Learn the run's clock."""
        if self._live:
            self._live.runs_by(clock)

    def on_tick(self) -> None:
        """Tell everybody's link once the accounts are known, which they are from the first tick on."""
        if self._server and not self._invited:
            self._invited = True
            self._server.invite()

    def close(self) -> None:
        """End the server; may be called twice."""
        if self._server:
            self._server.close()

    def _tell(self, account: str, link: str) -> None:
        self._told.write(f"the app, signed in as {self._name.get(account, account)}: {link}\n")
        self._told.flush()


@contextmanager
def serving(address: str, scenario: Scenario, *, quiet: bool) -> Iterator[AppServer]:
    """Serve the app as long as a run lasts."""
    app = AppServer(address, scenario, quiet=quiet)
    try:
        yield app
    finally:
        app.close()
