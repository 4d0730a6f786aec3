"""One recording of the made-up visit, and its page, for all tests here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rig.page import write_page
from tests.rig.page.shop import record
from tests.stack.web.browsers import browser


@pytest.fixture(scope="session")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording in which the receipts are wrong."""
    return record(tmp_path_factory.mktemp("page") / "wrong_cart.mcap")


@pytest.fixture(scope="session")
def wrong_page(wrong: Path) -> Path:
    return write_page(wrong, wrong.with_suffix(".html"))


@pytest.fixture(scope="session")
def right_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = record(tmp_path_factory.mktemp("page") / "right_cart.mcap", owner="v1")
    return write_page(path, path.with_suffix(".html"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started
