"""What the crash tests share: a nursery, ledgers on both databases, and the count of kills."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

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
    if request.param == "sqlite":
        return Driver(born, partial(_file, tmp_path), tmp_path, TALLY)
    server = request.getfixturevalue("postgres")
    return Driver(born, lambda: ledger_url(server, f"ledger{next(NAMES)}"), tmp_path, TALLY)


def _file(folder: Path) -> str:
    return f"sqlite:{folder / f'ledger{next(NAMES)}.db'}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TALLY.plays:
        terminalreporter.write_line(f"crash suite: {TALLY}")
