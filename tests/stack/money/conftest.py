"""Ledgers for tests: on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.postgres import cluster, ledger_url

NAMES = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server of our own."""
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty ledger."""
    if request.param == "sqlite":
        return f"sqlite:{tmp_path / 'ledger.db'}"
    return ledger_url(request.getfixturevalue("postgres"), f"ledger{next(NAMES)}")
