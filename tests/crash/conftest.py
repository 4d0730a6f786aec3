"""What the crash tests share: a nursery, ledgers on both databases, and the count of kills."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from stack.money.store import connect, open_store
from tests.crash.driver import Driver, Tally, nursery
from tests.postgres import cluster, ledger_url

TALLY = Tally()
NAMES = count()


@pytest.fixture(scope="session")
def born() -> Iterator[subprocess.Popen[str]]:
    with nursery() as process:
        yield process


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def driver(request: pytest.FixtureRequest, born: subprocess.Popen[str], tmp_path: Path) -> Driver:
    """Plays flows on one kind of database."""
    make = _Files(tmp_path) if request.param == "sqlite" else _Tables(request.getfixturevalue("postgres"))
    return Driver(born, make, tmp_path, TALLY)


class _Files:
    """Ledgers on SQLite: copies of an empty one."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._empty = folder, folder / "empty.db"
        open_store(f"sqlite:{self._empty}").close()

    def __call__(self, tables: bool) -> str:
        file = self._folder / f"ledger{next(NAMES)}.db"
        if tables:
            shutil.copy(self._empty, file)
        return f"sqlite:{file}"


class _Tables:
    """Ledgers on PostgreSQL: one that is emptied each time."""

    def __init__(self, server: str) -> None:
        self._server, self._url = server, ledger_url(server, f"ledger{next(NAMES)}")
        open_store(self._url).close()

    def __call__(self, tables: bool) -> str:
        if not tables:
            return ledger_url(self._server, f"ledger{next(NAMES)}")
        database = connect(self._url)
        database.run(
            "TRUNCATE bill, payment, request, outbox, journal, posting, used_code, slip, started, "
            "open_visit, known, bought, paper"
        )
        database.close()
        return self._url


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell what a worker of xdist has counted."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["crash"] = asdict(TALLY)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what the workers have counted."""
    for name, number in getattr(node, "workeroutput", {}).get("crash", {}).items():
        setattr(TALLY, name, getattr(TALLY, name) + number)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TALLY.plays:
        terminalreporter.write_line(f"crash suite: {TALLY}")
