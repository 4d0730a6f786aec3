"""What happens at doors, in words: reads, gates, visits, screens."""

from __future__ import annotations

from contracts.biometrics import BioOutcome, BioScan
from contracts.records import GateEvent, GateEventKind, PalmScan, Scan, ScreenCommand, VisitChange, VisitState
from rig.page.model.words.said import Said, Tone

Door = GateEvent | Scan | PalmScan | BioScan | VisitChange | ScreenCommand

_GATE: dict[GateEventKind, tuple[str, Tone]] = {
    GateEventKind.OPENED: ("opens", ""),
    GateEventKind.CLOSED: ("closes", ""),
    GateEventKind.PASSED_IN: ("counts one in", ""),
    GateEventKind.PASSED_OUT: ("counts one out", ""),
    GateEventKind.TIMED_OUT: ("gives up waiting", "unsure"),
    GateEventKind.TAILGATED: ("sees somebody slip through", "bad"),
}
_VISIT = {VisitState.ADMITTED: "is admitted", VisitState.INSIDE: "is inside", VisitState.LEFT: "has left"}


_BIO = {
    BioOutcome.MATCHED: "knows somebody",
    BioOutcome.NO_MATCH: "knows nobody",
    BioOutcome.ATTACK: "takes something for no living face or finger",
    BioOutcome.NOT_ACQUIRED: "could not read",
}


def say(record: Door) -> Said | None:  # noqa: PLR0911 - one a kind
    """Return what happens at a door."""
    match record:
        case GateEvent(source=gate, kind=kind):
            words, tone = _GATE[kind]
            return Said(lane="doors", text=f"{gate} {words}", tone=tone, places=(gate,))
        case Scan(source=scanner):
            return Said(lane="doors", text=f"{scanner} reads a code", places=(scanner,))
        case PalmScan(source=reader, handle=handle, why=why):
            text = f"{reader} {'knows a palm' if handle else 'does not know a palm'}" + (f": {why}" if why else "")
            return Said(lane="doors", text=text, tone="" if handle else "unsure", places=(reader,))
        case BioScan(source=reader, outcome=outcome, why=why):
            text = f"{reader} {_BIO[outcome]}" + (f": {why}" if why else "")
            matched = outcome is BioOutcome.MATCHED
            return Said(lane="doors", text=text, tone="" if matched else "unsure", places=(reader,))
        case VisitChange(visit=visit, state=state, track=track) if state in _VISIT:
            found = state is VisitState.INSIDE and track
            return Said(
                lane="stack", who=visit, text=f"visit {visit} {f'is track {track}' if found else _VISIT[state]}"
            )
        case ScreenCommand(screen=screen, text=text) if text:
            return Said(lane="doors", text=f"{screen} shows “{text}”", places=(screen,))
    return None
