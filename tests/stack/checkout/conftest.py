"""Ledgers for tests: on SQLite and on PostgreSQL."""

from tests.stack.money.conftest import postgres, url

__all__ = ["postgres", "url"]
