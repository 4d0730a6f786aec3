"""Bytes that others have written down, or answered to."""

import pytest

from devices.modbus import rtu, tcp
from devices.modbus.bank import Bank
from devices.modbus.device import Device
from devices.modbus.frame import Frame
from devices.modbus.framing import Framing
from devices.modbus.pdu import decode_reply, decode_request, encode_request
from devices.modbus.types import (
    Reply,
    Request,
    read_coils,
    read_holding,
    write_coil,
    write_coils,
    write_register,
)

# Waveshare's wiki, recomputed; libmodbus answered the last three.
FRAMES: dict[str, tuple[Request, str]] = {
    "relay 0 on": (write_coil(0, True), "01 05 00 00 FF 00 8C 3A"),
    "relay 0 off": (write_coil(0, False), "01 05 00 00 00 00 CD CA"),
    "relay 0 toggled": (write_coil(0, 0x5500), "01 05 00 00 55 00 F2 9A"),
    "relay 0 flashes 700 ms": (write_coil(0x0200, 7), "01 05 02 00 00 07 8D B0"),
    "relay 1 flashes 800 ms": (write_coil(0x0201, 8), "01 05 02 01 00 08 9C 74"),
    "read 8 relays": (read_coils(0, 8), "01 01 00 00 00 08 3D CC"),
    "all on": (write_coil(0x00FF, True), "01 05 00 FF FF 00 BC 0A"),
    "all on by function 15": (write_coils(0, (1,) * 8), "01 0F 00 00 00 08 01 FF BE D5"),
    "Laumas gross and net": (read_holding(7, 4), "01 03 00 07 00 04 F5 C8"),
    "Laumas tare": (write_register(5, 7), "01 06 00 05 00 07 D8 09"),
    "ADAM output 0 on": (write_coil(16, True), "01 05 00 10 FF 00 8D FF"),
}


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_a_question_is_these_bytes_and_is_read_from_them(name: str) -> None:
    request, text = FRAMES[name]
    data = bytes.fromhex(text)
    assert rtu.encode(Frame(1, encode_request(request))) == data
    (frame,) = rtu.RtuFrames(rtu.request_length).feed(data)
    assert (frame.unit, decode_request(frame.pdu)) == (1, request)


def test_an_unknown_address_is_exception_2() -> None:
    request = decode_request(bytes.fromhex("03 01 F4 00 01"))
    assert request == read_holding(500)
    assert Bank().answer(bytes.fromhex("03 01 F4 00 01"), 0) == bytes.fromhex("83 02")
    assert decode_reply(request, bytes.fromhex("83 02")) == Reply(refusal=2)


def test_the_check_sum_of_the_standard() -> None:
    assert rtu.crc(b"123456789") == bytes.fromhex("37 4B")


def test_a_frame_of_tcp_is_a_header_and_the_pdu() -> None:
    frame = Frame(0xFF, encode_request(read_coils(0, 8)), 0x1234)
    assert tcp.encode(frame) == bytes.fromhex("12 34 00 00 00 06 FF 01 00 00 00 08")
    assert tcp.TcpFrames().feed(tcp.encode(frame)) == [frame]


def test_whoever_asks_for_a_function_that_is_not_there_is_told_so() -> None:
    device = Device({1: Bank()}, Framing.RTU)
    device.feed(rtu.encode(Frame(1, b"\x2b\x0e\x01\x00")), 0)
    assert device.to_send(0) == rtu.encode(Frame(1, b"\xab\x01"))
