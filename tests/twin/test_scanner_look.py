"""A scanner that looks at phones: what is held well is read, what is held badly is not, and nothing else changes."""

import pytest

from contracts.clock import SECOND
from contracts.codes.token import derive
from contracts.held import HeldPhone
from contracts.seeds import stream
from twin.reader import TwinScanner
from twin.scanner_look import look

CODE = derive(bytes(32), 1, "12345678").code_at(0).encode()


def read(held: HeldPhone, times: int = 10) -> int:
    """Return how many of so many showings are read."""
    draws = stream(5, "looks")
    seen = [look(CODE, held, draws) for _ in range(times)]
    assert {one for one in seen if one} <= {(CODE, "]Q1"), (CODE, "]C0")}
    return sum(one is not None for one in seen)


@pytest.mark.parametrize(
    ("held", "least", "most"),
    [
        (HeldPhone(), 9, 10),
        (HeldPhone(tilt_deg=25), 9, 10),
        (HeldPhone(tilt_deg=82), 0, 0),
        (HeldPhone(glare=1.0), 0, 0),
        (HeldPhone(distance_m=1.5), 0, 0),
    ],
    ids=["straight", "tilted", "turned away", "a lamp in the glass", "far off"],
)
def test_what_a_scanner_reads_depends_on_how_the_phone_is_held(held: HeldPhone, least: int, most: int) -> None:
    assert least <= read(held) <= most


def test_a_scanner_reports_what_it_reads_and_nothing_of_what_it_does_not() -> None:
    scanner = TwinScanner("s", 3)
    for at_s, held in enumerate((None, HeldPhone(), HeldPhone(tilt_deg=82))):
        scanner.advance(at_s * SECOND)
        scanner.present(CODE, held=held)
    assert [scan.code for scan in scanner.read(10 * SECOND)] == [CODE, CODE]


def test_looking_changes_nothing_for_those_who_are_read_without() -> None:
    times = []
    for first in (None, HeldPhone(), HeldPhone(tilt_deg=82)):
        scanner = TwinScanner("s", 3)
        scanner.present(CODE, held=first)
        scanner.advance(SECOND)
        scanner.present(CODE)
        times.append(scanner.read(10 * SECOND)[-1].t_ns)
    assert len(set(times)) == 1
