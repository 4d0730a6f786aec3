"""A state machine that is nothing but its table; text and drawing are made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from contracts.errors import RigFault

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Machine(Generic[S, E]):
    """A table of transitions.

    Args:
        noun: what moves along it, for messages: "payment".
        table: (state, event) -> next state.
        first: where it begins.
        last: where it may end.
    """

    noun: str
    table: Mapping[tuple[S, E], S]
    first: S
    last: Sequence[S]

    def after(self, state: S, event: E) -> S:
        """Return the state that an event leads to.

        Raises:
            RigFault: the table has no such transition.
        """
        if (state, event) not in self.table:
            legal = ", ".join(e for s, e in self.table if s is state) or "nothing"
            raise RigFault(
                f"a {self.noun} cannot take this turn",
                where=f"{self.noun} in state {state}",
                expected=legal,
                found=event,
            )
        return self.table[state, event]

    def takes(self, state: S, event: E) -> bool:
        """Whether the table has this transition."""
        return (state, event) in self.table

    def text(self) -> str:
        """Return the table as text, one transition a line."""
        wide = max(len(state) for state, _ in self.table)
        far = max(len(event) for _, event in self.table)
        return "\n".join(f"{state:<{wide}} {event:<{far}} -> {to}" for (state, event), to in self.table.items())

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram."""
        rows = [f"    {state} --> {to}: {event}" for (state, event), to in self.table.items()]
        ends = [f"    {state} --> [*]" for state in self.last]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.first}", *rows, *ends])
