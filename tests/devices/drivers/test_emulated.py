"""Emulators that live what the twin lives: loads with an arbitrary zero, codes, payments over the wire."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from contracts.checkout import TerminalEvent, TerminalEventKind, TerminalOrder
from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.errors import UsageError
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import Scan, Weights
from devices.drivers.kind import Emulated, NoOptions
from devices.drivers.opening import nobody, open_device, open_exposed
from devices.drivers.registry import find

PLATES = ("gondola-1/shelf-1/plate-1", "gondola-1/shelf-1/plate-2")


def block(clock: VirtualClock, *grams: float) -> Weights:
    table = np.tile(np.array(grams, np.float32), (12, 1))
    now_ns = clock.now_ns
    return Weights(t_ns=now_ns, source="gondola-1", started_ns=now_ns, period_ns=SECOND // 60, grams=table)


def passed(
    clock: VirtualClock, device: Emulated, driver: object, ms: int, each: Callable[[], None] = lambda: None
) -> list[Record]:
    """Let time pass; return what the driver reported."""
    found: list[Record] = []
    for step in range(ms // 10):
        clock.wait_until(clock.now_ns + 10 * MILLISECOND)
        each()
        device.work()
        if step % 5 == 4:
            found += driver.read(clock.now_ns)  # type: ignore[attr-defined]
    return found


def test_a_rack_bears_what_the_twins_plates_bear_from_the_middle_of_its_range(tmp_path: Path) -> None:
    clock, kind = VirtualClock(), find("scale/hx711-80")
    device = open_exposed(kind, "gondola-1", f"pty:{tmp_path}/rack", clock, plates=PLATES)
    driver = open_device(kind, "gondola-1", f"{tmp_path}/rack", clock, plates=PLATES)

    def seen(*grams: float) -> np.ndarray:
        records = []
        for _ in range(5):
            device.live(block(clock, *grams))
            records += passed(clock, device, driver, 200)
        last = records[-1]
        assert isinstance(last, Weights)
        assert last.grams.shape == (12, 2)
        assert last.period_ns == pytest.approx(SECOND / 60, abs=1)
        return last.grams[-1]

    unread = [record for record in passed(clock, device, driver, 1000) if isinstance(record, Weights)][-1].grams[-1]
    before = seen(-1234.5, 77.0)
    assert before == pytest.approx(unread, abs=0.1)
    after = seen(-1534.5, float("nan"))
    assert after[0] - before[0] == pytest.approx(-300.0, abs=0.1)
    assert after[1] - before[1] == pytest.approx(0.0, abs=0.1)
    assert device.fault(FaultKind.OFF)
    assert not device.orders()
    device.close()


def test_a_scale_that_waits_for_rest_is_not_kept_from_it_by_noise(tmp_path: Path) -> None:
    clock, kind = VirtualClock(), find("scale/toledo-8217-kg")
    device = open_exposed(kind, "scale-1", f"pty:{tmp_path}/scale", clock, plates=PLATES[:1])
    driver = open_device(kind, "scale-1", f"{tmp_path}/scale", clock, plates=PLATES[:1])
    draws = np.random.default_rng(3)
    records = []
    for _ in range(20):
        device.live(block(clock, 500.0 + float(draws.normal(0, 0.4))))
        records += passed(clock, device, driver, 200)
    rested = [float(each.grams[-1, 0]) for each in records[-5:] if isinstance(each, Weights)]
    assert rested == [7500.0] * 5
    device.close()


def test_a_code_that_the_twins_scanner_read_comes_over_the_wire(tmp_path: Path) -> None:
    clock, kind = VirtualClock(), find("scanner/zebra-ssi")
    device = open_exposed(kind, "scanner-in", f"pty:{tmp_path}/scanner", clock)
    driver = open_device(kind, "scanner-in", f"{tmp_path}/scanner", clock)
    passed(clock, device, driver, 300)
    device.live(Scan(t_ns=clock.now_ns, source="scanner-in", code=b"5901234123457", symbology="]E0"))
    (scan,) = passed(clock, device, driver, 500)
    assert isinstance(scan, Scan)
    assert (scan.code, scan.symbology) == (b"5901234123457", "]E0")
    device.close()


@pytest.mark.parametrize("kind", [TerminalEventKind.APPROVED, TerminalEventKind.DECLINED])
def test_a_till_asks_over_the_wire_and_the_twins_terminal_is_asked_once(
    tmp_path: Path, kind: TerminalEventKind
) -> None:
    clock, zvt = VirtualClock(), find("terminal/zvt-serial")
    device = open_exposed(zvt, "terminal-1", f"pty:{tmp_path}/terminal", clock)
    driver = open_device(zvt, "terminal-1", f"{tmp_path}/terminal", clock)
    orders: list[TerminalOrder] = []

    def twin() -> None:
        for order in device.orders():
            assert isinstance(order, TerminalOrder)
            orders.append(order)
            device.live(TerminalEvent(t_ns=clock.now_ns, source="terminal-1", kind=kind, key=order.key, token="card-1"))

    driver.request("sale-1", 1250, "EUR")  # type: ignore[attr-defined]
    (event,) = passed(clock, device, driver, 6000, twin)
    assert isinstance(event, TerminalEvent)
    assert (event.kind, event.key) == (kind, "sale-1")
    assert [(order.terminal, order.amount_minor, order.currency) for order in orders] == [("terminal-1", 1250, "EUR")]
    device.close()


def test_a_scanner_that_a_screen_shows_codes_to_needs_one() -> None:
    kind = find("scanner/text")
    options = kind.options.model_validate({"shown by": "screen-1"})
    with pytest.raises(UsageError, match="there is no screen-1"):
        open_device(kind, "scanner-in", "/dev/null", VirtualClock(), options=options, other=nobody)


def test_what_cannot_be_emulated_is_refused() -> None:
    kind = find("screen/page")
    assert kind.options is NoOptions
    with pytest.raises(UsageError, match="no emulator"):
        open_exposed(kind, "screen-1", "pty:x", VirtualClock())
