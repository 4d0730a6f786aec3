"""The emulated modules answer as their makers' manuals say, byte for byte where they give bytes."""

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.seeds import stream
from devices.gate.emulate.io_module import IoModule
from devices.gate.modules import MODULES
from devices.modbus.device import Device
from devices.modbus.framing import Framing
from devices.modbus.types import Refusal, read_coils, read_holding, read_input_registers, write_coil, write_register


def module(name: str) -> IoModule:
    return IoModule(MODULES[name], stream(1, name), bounces=False)


def relays(device: IoModule, now_ns: int) -> tuple[int, ...]:
    device.advance(now_ns)
    return device.bank.obey(device.profile.read_relays(), now_ns).values


# Waveshare's wiki: a frame, what the board answers, and its relays right after.
WAVESHARE = [
    ("01 05 00 00 FF 00 8C 3A", "01 05 00 00 FF 00 8C 3A", (1, 0, 0, 0, 0, 0, 0, 0)),
    ("01 05 00 00 00 00 CD CA", "01 05 00 00 00 00 CD CA", (0,) * 8),
    ("01 05 00 00 55 00 F2 9A", "01 05 00 00 55 00 F2 9A", (1, 0, 0, 0, 0, 0, 0, 0)),
    ("01 05 02 00 00 07 8D B0", "01 05 02 00 00 07 8D B0", (1, 0, 0, 0, 0, 0, 0, 0)),
    ("01 05 02 01 00 08 9C 74", "01 05 02 01 00 08 9C 74", (0, 1, 0, 0, 0, 0, 0, 0)),
    ("01 05 00 FF FF 00 BC 0A", "01 05 00 FF FF 00 BC 0A", (1,) * 8),
    ("01 0F 00 00 00 08 01 FF BE D5", "01 0F 00 00 00 08 54 0D", (1,) * 8),
    ("01 01 00 00 00 08 3D CC", "01 01 01 00 51 88", (0,) * 8),
]


@pytest.mark.parametrize(("asked", "answered", "closed"), WAVESHARE)
def test_waveshares_frames(asked: str, answered: str, closed: tuple[int, ...]) -> None:
    board = module("waveshare-io-8ch")
    end = Device({1: board.bank}, Framing.RTU)
    end.feed(bytes.fromhex(asked), SECOND)
    assert end.to_send(SECOND) == bytes.fromhex(answered)
    assert relays(board, SECOND) == closed


def test_a_flash_ends_by_itself_and_a_later_one_takes_its_place() -> None:
    board = module("waveshare-io-8ch")
    board.bank.obey(write_coil(0x0201, 8), 0)
    assert relays(board, 799 * MILLISECOND)[1] == 1
    assert relays(board, 800 * MILLISECOND)[1] == 0
    board.bank.obey(write_coil(0x0401, 8), SECOND)
    assert relays(board, SECOND)[1] == 0
    assert relays(board, 2 * SECOND)[1] == 1
    board.bank.obey(write_coil(0x0201, 0x7FFF), 2 * SECOND)
    board.bank.obey(write_coil(0x0201, 1), 3 * SECOND)
    assert relays(board, 3100 * MILLISECOND)[1] == 0


def test_a_moxa_starts_pulses_by_coils_that_cannot_be_cleared() -> None:
    board = module("moxa-e1214")
    board.bank.obey(write_register(54, 2), 0)
    assert board.bank.obey(write_coil(18, True), 0).refusal == 0
    assert board.bank.obey(read_coils(16, 6), SECOND).values == (0, 0, 1, 0, 0, 0)
    assert relays(board, 2999 * MILLISECOND) == (0, 0, 1, 0, 0, 0)
    assert relays(board, 3 * SECOND) == (0,) * 6
    assert board.bank.obey(write_coil(18, False), 4 * SECOND).refusal == Refusal.VALUE


def test_coil_16_is_a_relay_of_an_adam_and_its_inputs_cannot_be_written() -> None:
    board = module("adam-6060")
    board.bank.obey(write_coil(16, True), 0)
    assert relays(board, 0) == (1, 0, 0, 0, 0, 0)
    assert board.bank.obey(write_coil(0, True), 0).refusal == Refusal.ADDRESS
    assert board.bank.obey(read_coils(6), 0).refusal == Refusal.ADDRESS
    assert board.bank.obey(read_coils(16, 7), 0).refusal == Refusal.ADDRESS


def test_counters_are_two_words_in_the_makers_order() -> None:
    for name, ask, low in (("adam-6060", read_holding(0, 12), 2), ("moxa-e1214", read_input_registers(16, 12), 3)):
        board = module(name)
        for number in range(1, 4):
            board.contacts[1].set(number * 2 * SECOND, closed=True)
            board.contacts[1].set((number * 2 + 1) * SECOND, closed=False)
        values = board.bank.obey(ask, 9 * SECOND).values
        assert values == tuple(3 if place == low else 0 for place in range(12))
        assert board.profile.counters is not None
        assert board.profile.counted(board.profile.counters, values) == (0, 3, 0, 0, 0, 0)


@pytest.mark.parametrize("name", ["adam-6060", "moxa-e1214"])
def test_a_watchdog_lets_all_relays_go_when_nobody_asks_any_more(name: str) -> None:
    board = module(name)
    board.own([3])
    address = board.profile.relay + 3
    board.bank.obey(write_coil(address, True), 0)
    for second in range(1, 20):
        assert relays(board, second * SECOND)[3] == 1
    board.advance(24 * SECOND - 1)
    assert board.tripped == 0
    board.advance(24 * SECOND)
    assert board.tripped == 1
    assert board.changed([3])[-1] == (24 * SECOND, 3, False)


def test_a_watchdog_by_register_is_off_until_it_is_switched_on() -> None:
    board = module("pet-7060")
    board.bank.obey(write_coil(3, True), 0)
    board.advance(100 * SECOND)
    assert board.tripped == 0
    board.bank.obey(write_register(256, 5), 100 * SECOND)
    board.advance(105 * SECOND)
    assert board.tripped == 1
