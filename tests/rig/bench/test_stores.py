"""A bench held against a store, and what its shim hosts."""

from pathlib import Path

import pytest

from contracts.clock import VirtualClock
from contracts.errors import BadFile, DeviceUnavailable, UsageError
from contracts.ports import PortKind, Screen
from contracts.records import ScreenCommand
from rig.bench import check_in_store, read
from rig.bench.late import LateScreen
from rig.bench.offers import offers
from rig.bench.stores import devices_of, plates_of
from tests.twin.smallstore import small_store

BENCH = """\
about: A lab.
listen: 127.0.0.1:50071
devices:
  scanner-in: {driver: scanner/text, line: /dev/nothing, options: {shown by: display}}
  display: {driver: screen/page, line: "http://127.0.0.1:0"}
"""


def bench(tmp_path: Path, text: str):
    path = tmp_path / "bench.yaml"
    path.write_text(text)
    return read(path)


def test_a_store_has_what_it_has(tmp_path: Path) -> None:
    layout = small_store().layout
    kinds = devices_of(layout)
    assert kinds["scanner-in"] is PortKind.SCANNER
    assert {kinds[gate.id] for gate in layout.gates} == {PortKind.GATE}
    rack = next(id_ for id_, kind in kinds.items() if kind is PortKind.SCALE)
    assert plates_of(layout, rack)
    assert plates_of(layout, "scanner-in") == ()
    check_in_store(bench(tmp_path, BENCH), layout)


def test_what_the_store_has_not_or_has_as_something_else_is_told_at_once(tmp_path: Path) -> None:
    text = BENCH.replace("scanner-in:", "scanner-inn:") + "  gate-in: {driver: scanner/text, line: /dev/x}\n"
    with pytest.raises(BadFile) as caught:
        check_in_store(bench(tmp_path, text), small_store().layout)
    first, second = str(caught.value), str(caught.value.also[0])
    assert "did you mean 'scanner-in'?" in first
    assert "expected: a driver of a gate" in second
    assert ":6: devices.gate-in" in second


def test_a_shim_hosts_what_has_a_driver(tmp_path: Path) -> None:
    found = offers(bench(tmp_path, BENCH), None)
    assert {id_: (offer.info.kind, offer.protocol) for id_, offer in found.items()} == {
        "scanner-in": (PortKind.SCANNER, "scanner/text"),
        "display": (PortKind.SCREEN, "screen/page"),
    }
    assert list(offers(bench(tmp_path, BENCH), None, only=["display"])) == ["display"]
    with pytest.raises(UsageError, match="hosts no gate-in"):
        offers(bench(tmp_path, BENCH), None, only=["gate-in"])
    with pytest.raises(DeviceUnavailable):
        found["scanner-in"].open(VirtualClock())


def test_a_scale_needs_a_store_that_says_its_plates(tmp_path: Path) -> None:
    text = BENCH + "  gondola-9: {driver: scale/hx711-80, line: /dev/x}\n"
    for layout in (None, small_store().layout):
        with pytest.raises(BadFile, match="nothing says which plates it has"):
            offers(bench(tmp_path, text), layout)


def test_a_screen_is_found_when_something_is_shown() -> None:
    opened: dict = {}
    late = LateScreen("display", opened)
    command = ScreenCommand(t_ns=0, source="rig", screen="display", text="", code=b"x")
    with pytest.raises(DeviceUnavailable, match="there is no such screen"):
        late.show(command)
    other = LateScreen("display", {})
    shown = []
    other.show = shown.append  # type: ignore[method-assign]
    assert isinstance(other, Screen)
    opened["display"] = other
    late.show(command)
    assert shown == [command]
