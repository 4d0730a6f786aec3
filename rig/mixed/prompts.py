"""Devices that a person at the bench serves: told what to do and when, and believed when the device says so.

The simulated shopper does the thing in the twin; the person does the same at the real device. Until the device has
said so, the prompt stands; when it never does, the bench is in trouble, not the product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contracts.checkout import TerminalEvent, TerminalOrder
from contracts.clock import SECOND
from contracts.errors import RigFault
from contracts.layout import gondola_of, shelf_of
from contracts.record import Record
from contracts.records import GateEvent, GateEventKind, PalmScan, Scan, Weights
from contracts.truth import TrueMove

PATIENCE_NS = 30 * SECOND
"""A person needs time to read, walk and reach. Our choice."""
NEAR_ENOUGH = 0.3
"""A load changed by what was asked for, give or take this share: a scale may not have come to rest yet."""

Believed = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something that a person is asked to do.

    Args:
        device: where.
        text: what, for people.
        until_ns: when it is too late.
        believed: whether a record of the device says that it is done.
        change_g: by how much a load changes with it.
    """

    device: str
    text: str
    until_ns: int
    believed: Believed
    change_g: float = 0.0


class Prompts:
    """Prompts for one run.

    Args:
        by_hand: devices that a person serves; of a scale its plates, in the order of its columns.
        tell: gets each line for the person.
    """

    def __init__(self, by_hand: Mapping[str, Sequence[str]], tell: Callable[[str], None]) -> None:
        self._by_hand, self._tell = dict(by_hand), tell
        self._open: list[Prompt] = []
        self._weights: dict[str, Weights] = {}

    def __contains__(self, device: object) -> bool:
        """Whether a person serves a device."""
        return device in self._by_hand

    def wanted(self, records: Iterable[Record], now_ns: int) -> None:
        """Learn what happens in the twin and what the stack orders; prompt for what a person must do for it."""
        for record in records:
            self._ask(self._prompt(record, now_ns + PATIENCE_NS))

    def heard(self, records: Iterable[Record], now_ns: int) -> None:
        """Learn what devices say.

        Raises:
            RigFault: something was not done in time.
        """
        for record in records:
            done = next((p for p in self._open if p.device == record.source and p.believed(record)), None)
            if done is not None:
                self._open.remove(done)
                self._tell(f"done: {done.text}")
            if isinstance(record, Weights):
                self._weights[record.source] = record
            elif isinstance(record, GateEvent) and record.kind is GateEventKind.OPENED and record.source in self:
                gate = record.source
                self._ask(Prompt(gate, f"walk through {gate}", now_ns + PATIENCE_NS, _has_passed))
        for prompt in self._open:
            if now_ns > prompt.until_ns:
                raise _undone(prompt)

    def _ask(self, prompt: Prompt | None) -> None:
        if prompt is not None:
            self._open.append(prompt)
            self._tell(f"NOW: {prompt.text}")

    def _prompt(self, record: Record, until_ns: int) -> Prompt | None:
        """Return what a person must do because of a record, None when nothing."""
        match record:
            case TrueMove(plates=(plate, *_)) if gondola_of(plate) in self._by_hand:
                return self._load_change(gondola_of(plate), record, until_ns)
            case PalmScan(source=reader) if reader in self._by_hand:
                return Prompt(reader, f"hold your palm over {reader}", until_ns, _is(PalmScan))
            case Scan(source=scanner) if scanner in self._by_hand:
                return Prompt(scanner, f"hold the code before {scanner}", until_ns, _is(Scan))
            case TerminalOrder(terminal=terminal) if terminal in self._by_hand:
                return Prompt(terminal, f"hold a card against {terminal}", until_ns, _is(TerminalEvent))
        return None

    def _load_change(self, gondola: str, move: TrueMove, until_ns: int) -> Prompt:
        put = bool(move.target)
        text = f"put {move.product} on {move.target}" if put else f"take {move.product} off {move.origin}"
        change_g = move.mass_g if put else -move.mass_g
        shelf = shelf_of(move.plates[0])
        columns = [index for index, plate in enumerate(self._by_hand[gondola]) if shelf_of(plate) == shelf]
        return Prompt(gondola, text, until_ns, self._changes(gondola, columns, change_g), change_g)

    def _changes(self, gondola: str, columns: Sequence[int], by_g: float) -> Believed:
        """Return what believes that the load of some plates changes by so much, beside all that is still to be done."""
        last = self._weights.get(gondola)
        pending_g = sum(prompt.change_g for prompt in self._open if prompt.device == gondola)

        def believed(record: Record) -> bool:
            if not isinstance(record, Weights) or last is None:
                return False
            changed_g = _load(record, columns) - _load(last, columns) - pending_g
            return changed_g * (1 if by_g > 0 else -1) >= abs(by_g) * (1 - NEAR_ENOUGH)

        return believed


def _load(weights: Weights, columns: Sequence[int]) -> float:
    """Return what rests on some plates of a controller, grams, with an arbitrary zero."""
    return float(np.nansum(weights.grams[-1, list(columns)]))


def _has_passed(record: Record) -> bool:
    return isinstance(record, GateEvent) and record.kind in (GateEventKind.PASSED_IN, GateEventKind.PASSED_OUT)


def _is(kind: type[Record]) -> Believed:
    return lambda record: isinstance(record, kind)


def _undone(prompt: Prompt) -> RigFault:
    return RigFault(
        "nobody did what was asked for at the bench",
        where=prompt.device,
        expected=prompt.text,
        found=f"nothing of it within {PATIENCE_NS // SECOND} s",
        hint="have somebody at the bench, or leave the device to the twin",
    )
