"""What is told of a record: what it says to people, and nothing that can pay."""

import numpy as np

from contracts.records import Frame, GateEvent, GateEventKind, PalmScan, Scan, Weights
from rig.cli.devices_words import Words

NAN = float("nan")


def weights(*grams: float) -> Weights:
    return Weights(t_ns=0, source="gondola-1", started_ns=0, period_ns=1, grams=np.array([grams], np.float32))


def test_codes_and_palms_are_hidden() -> None:
    words = Words()
    told = words.of(Scan(t_ns=0, source="s", code=b"secret")) + words.of(PalmScan(t_ns=0, source="p", handle="secret"))
    assert "a code of 6 bytes ]Q1" in told
    assert "secret" not in told


def test_plates_are_told_when_they_change() -> None:
    words = Words()
    assert words.of(weights(1000, NAN)) == "2 plates, 1 without a reading"
    assert words.of(weights(1003, NAN)) == ""
    assert words.of(weights(1006, 4)) == "plate 1: 1006.0 g, plate 2: 4.0 g"
    assert words.of(weights(NAN, 4)) == "plate 1: no reading"
    assert words.of(weights(NAN, 4)) == ""
    assert words.of(weights(NAN, NAN)) == "plate 2: no reading"
    assert words.of(weights(1, 2)) == "plate 1: 1.0 g, plate 2: 2.0 g"
    assert words.of(weights(NAN, NAN)) == "none of 2 plates has a reading"
    assert words.of(Weights(t_ns=0, source="x", started_ns=0, period_ns=1, grams=np.zeros((0, 2), np.float32))) == ""


def test_gates_and_cameras_are_told_as_they_are() -> None:
    words = Words()
    assert words.of(GateEvent(t_ns=0, source="g", kind=GateEventKind.PASSED_IN)) == "passed_in"
    assert (
        words.of(Frame(t_ns=0, source="c1", captured_ns=10**9, jpeg=b"123"))
        == "a frame of 3 bytes, captured at 1.000 s"
    )
