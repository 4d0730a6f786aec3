"""No card number anywhere: nothing that a ledger, a provider or an order keeps could be one."""

from __future__ import annotations

import re
from pathlib import Path

from stack.money.store import open_store
from tests.stack.money.till import Till
from twin.provider.behaviour import BEHAVIOURS
from twin.provider.memory import Memory
from twin.provider.wire import body_of

RUN = re.compile(rb"(?<!\d)\d{13,19}(?!\d)")
"""Times in nanoseconds are as long; they stand in fields of their own and are told apart by their names."""


def passes_luhn(digits: bytes) -> bool:
    """Whether a run of digits ends in the check digit of a card number. Source: ISO/IEC 7812-1, annex B."""
    numbers = [int(chr(digit)) for digit in reversed(digits)]
    doubled = [sum(divmod(2 * number, 10)) for number in numbers[1::2]]
    return (sum(numbers[0::2]) + sum(doubled)) % 10 == 0


def card_numbers(data: bytes) -> list[bytes]:
    """Return what looks like a card number, times left out."""
    without_times = re.sub(rb'"\w+_ns": \d+', b"", data)
    return [run for run in RUN.findall(without_times) if passes_luhn(run)]


def test_the_scanner_finds_a_card_number() -> None:
    assert card_numbers(b"x 4111111111111111 y") == [b"4111111111111111"]
    assert card_numbers(b"4111111111111112 and 123456789012") == []


def test_neither_ledger_nor_provider_nor_order_holds_a_card_number(tmp_path: Path) -> None:
    till = Till(open_store(f"sqlite:{tmp_path / 'ledger.db'}"))
    memory = Memory(tmp_path / "provider.db")
    for number, behaviour in enumerate(BEHAVIOURS):
        till.visit(f"tok-{number}~{behaviour}", bill=f"v{number}")
    memory.tell(body_of(till.now_ns, till.sent))
    memory.close()
    till.store.close()
    files = [file for file in tmp_path.iterdir() if file.stat().st_size]
    assert len(files) >= 2
    for file in files:
        assert card_numbers(file.read_bytes()) == [], file.name
