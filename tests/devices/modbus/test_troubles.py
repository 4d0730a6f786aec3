"""What goes wrong on a Modbus line is counted, told, and costs nothing that comes after."""

import pytest

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable, RigFault
from devices.line_pair import line_pair
from devices.modbus.bank import Table
from devices.modbus.client import SILENT_NS
from devices.modbus.framing import Framing
from devices.modbus.harm import DUPLICATE_NS, LATE_NS, Harm
from devices.modbus.host import MOST_WAITING, Host, Trouble
from devices.modbus.types import Code, Refusal, read_coils, read_holding, read_inputs, write_coil
from tests.devices.modbus.bench import Bench

BOTH = pytest.mark.parametrize("framing", Framing)
FOUR = read_holding(7, 4)


@BOTH
def test_questions_are_answered_in_their_order(framing: Framing) -> None:
    bench = Bench(framing)
    answers = bench.ask(FOUR, write_coil(3, True), read_coils(0, 8), read_inputs(0, 6))
    assert [answer.values for answer in answers] == [
        (1, 2, 3, 0xFFFF),
        (0xFF00,),
        (0, 0, 0, 1, 0, 0, 0, 0),
        (1, 0, 1, 0, 1, 0),
    ]
    assert bench.client.idle
    assert not bench.client.troubles


@BOTH
def test_an_exception_is_an_answer(framing: Framing) -> None:
    bench = Bench(framing)
    (answer,) = bench.ask(read_holding(500))
    assert (answer.values, answer.refusal, answer.why) == (None, Refusal.ADDRESS, "exception 2 (address)")
    assert bench.client.unavailable() is None


@BOTH
def test_a_function_that_the_device_lacks_and_a_question_for_too_many_are_refused(framing: Framing) -> None:
    bench = Bench(framing)
    bench.bank._functions = frozenset({Code.READ_HOLDING})
    bench.bank._most = 3
    assert [answer.refusal for answer in bench.ask(read_coils(0), FOUR)] == [Refusal.FUNCTION, Refusal.VALUE]


@BOTH
def test_silence_is_asked_again_then_told_with_its_cause(framing: Framing) -> None:
    bench = Bench(framing)
    bench.device.begin(Harm.SILENCE)
    (answer,) = bench.ask(FOUR, milliseconds=3000)
    assert (answer.values, answer.trouble) == (None, Trouble.SILENT)
    told = bench.client.unavailable()
    assert isinstance(told, DeviceUnavailable)
    assert "the module does not answer" in str(told)
    assert "2 x no answer in time" in str(told)
    bench.device.begin(None)
    assert [answer.values for answer in bench.ask(FOUR)] == [(1, 2, 3, 0xFFFF)]
    assert bench.client.unavailable() is None


def test_what_must_not_happen_twice_goes_out_once() -> None:
    bench = Bench(Framing.TCP)
    bench.device.begin(Harm.SILENCE)
    bench.client.ask(write_coil(0x0200, 7), attempts=1)
    assert [answer.trouble for answer in bench.run(1000)] == [Trouble.SILENT]
    assert bench.client.troubles == {Trouble.SILENT: 1}


@pytest.mark.parametrize(
    ("framing", "harm", "trouble"),
    [
        (Framing.RTU, Harm.HALF, Trouble.NOISE),
        (Framing.TCP, Harm.HALF, Trouble.NOISE),
        (Framing.RTU, Harm.BITS, Trouble.NOISE),
        (Framing.RTU, Harm.STRANGE, Trouble.WRONG),
        (Framing.TCP, Harm.STRANGE, Trouble.WRONG),
        (Framing.TCP, Harm.LATE, Trouble.LATE),
        (Framing.RTU, Harm.LATE, Trouble.LATE),
    ],
)
def test_a_harmed_answer_is_not_believed_and_the_next_one_is(framing: Framing, harm: Harm, trouble: Trouble) -> None:
    bench = Bench(framing)
    bench.device.begin(harm)
    assert [answer.values for answer in bench.ask(FOUR)] == [None]
    bench.device.begin(None)
    assert [answer.values for answer in bench.ask(FOUR)] == [(1, 2, 3, 0xFFFF)]
    assert bench.client.troubles[trouble] > 0


def test_a_late_duplicate_is_dropped_by_its_number() -> None:
    bench = Bench(Framing.TCP)
    bench.device.begin(Harm.TWICE)
    bench.ask(FOUR, milliseconds=50)
    bench.device.begin(None)
    # The duplicate of the first answer falls between the second question and its answer.
    bench.bank.define(Table.HOLDING, 7, [9, 9, 9, 9])
    answers = bench.ask(FOUR, milliseconds=DUPLICATE_NS // 1_000_000 + 100)
    assert [answer.values for answer in answers] == [(9, 9, 9, 9)]
    assert bench.client.troubles == {Trouble.LATE: 1}


def test_in_rtu_an_answer_that_is_too_late_is_not_taken_for_the_next_ones() -> None:
    bench = Bench(Framing.RTU, attempts=1)
    assert LATE_NS < 600_000_000
    bench.device.begin(Harm.LATE)
    bench.client.ask(FOUR)
    bench.run(100)
    bench.device.begin(None)
    bench.bank.define(Table.HOLDING, 7, [9, 9, 9, 9])
    bench.client.ask(FOUR)
    assert [answer.values for answer in bench.run(2000)] == [None, (9, 9, 9, 9)]


@BOTH
def test_a_slow_line_is_no_trouble(framing: Framing) -> None:
    bench = Bench(framing)
    bench.device.begin(Harm.SLOW)
    assert [answer.values for answer in bench.ask(FOUR)] == [(1, 2, 3, 0xFFFF)]
    assert not bench.client.troubles


@pytest.mark.parametrize(("framing", "refusal"), [(Framing.TCP, Refusal.TARGET), (Framing.RTU, 0)])
def test_a_unit_that_is_not_there(framing: Framing, refusal: int) -> None:
    bench = Bench(framing, unit=2)
    (answer,) = bench.ask(FOUR)
    assert answer.refusal == refusal
    assert answer.values is None


def test_an_answer_of_another_unit_is_not_believed() -> None:
    host = Host(Framing.RTU, 1)
    host.ask(read_coils(0, 8))
    host.to_send(0)
    assert host.feed(bytes.fromhex("02 01 01 00 51 CC"), 1) == []
    assert host.troubles == {Trouble.UNIT: 1, Trouble.NOISE: 0}


@BOTH
def test_a_line_that_is_lost_is_opened_again(framing: Framing) -> None:
    bench = Bench(framing)
    bench.client.ask(FOUR)
    bench.client.work()
    bench.ours.close()
    assert [answer.trouble for answer in bench.client.work()] == [Trouble.LOST]
    told = bench.client.unavailable()
    assert told is not None
    assert "the line to the module is lost" in str(told)
    bench.ours, bench.theirs = line_pair()
    assert [answer.values for answer in bench.ask(FOUR, milliseconds=3000)] == [(1, 2, 3, 0xFFFF)]


def test_nobody_can_ask_without_end() -> None:
    host = Host(Framing.TCP)
    for _ in range(MOST_WAITING):
        host.ask(FOUR)
    with pytest.raises(RigFault, match="too many questions wait"):
        host.ask(FOUR)


def test_a_fresh_client_is_not_yet_silent() -> None:
    bench = Bench(Framing.TCP)
    assert bench.client.unavailable() is None
    bench.clock.wait_until(SILENT_NS + SECOND)
    assert bench.client.unavailable() is not None


def test_everybody_obeys_unit_0_and_nobody_answers() -> None:
    bench = Bench(Framing.RTU, unit=0)
    assert [answer.trouble for answer in bench.ask(write_coil(3, True))] == [Trouble.SILENT]
    assert bench.bank.get(Table.COILS, 0, 8)[3]
