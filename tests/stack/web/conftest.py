"""One browser for all tests, and a customer with a store of their own for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.stack.web.browsers import Customer, browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


@pytest.fixture
def ana(chromium: Any) -> Iterator[Customer]:
    with Customer(chromium, device_scale_factor=3) as customer:
        yield customer
