"""Bytes that others wrote: captured between osdp 1.6 and libosdp 3.2.9, tests of OSDP.Net, annex E of the standard."""

from collections import Counter

import pytest

from devices.osdp import crypto
from devices.osdp.check import checksum, crc16
from devices.osdp.codes import Command, Reply
from devices.osdp.keys import DEFAULT_KEY
from devices.osdp.packet import Packet
from devices.osdp.session import Session
from devices.osdp.stream import PacketStream
from devices.osdp.trouble import Trouble

CAPTURED = [
    ("FF 53 05 08 00 04 60 BC 89", Packet(5, 0, Command.POLL)),
    ("53 85 08 00 04 40 0E 8F", Packet(5, 0, Reply.ACK, reply=True)),
    ("FF 53 05 09 00 06 61 00 A1 4B", Packet(5, 2, Command.ID, b"\0")),
    ("FF 53 05 0C 00 05 68 00 02 05 00 A4 7C", Packet(5, 1, Command.OUT, b"\0\x02\x05\0")),
    (
        "53 85 10 00 06 50 00 01 1A 00 8C 4D 56 80 C7 6B",
        Packet(5, 2, Reply.RAW, bytes.fromhex("00011A008C4D5680"), reply=True),
    ),
    # How osdp 1.6 begins where it wants the secure channel: a block that promises a MAC, and none.
    ("FF 53 05 0A 00 0C 02 15 60 FF AC", Packet(5, 0, Command.POLL, block=b"\x15")),
    # Tests of OSDP.Net.
    ("53 80 08 00 05 40 68 9F", Packet(0, 1, Reply.ACK, reply=True)),
    ("FF 53 00 0D 00 06 6E 01 80 25 00 00 EC 7B", Packet(0, 2, Command.COMSET, b"\x01\x80\x25\0\0")),
    ("FF 53 00 0C 00 02 6E 01 80 25 00 00 8B", Packet(0, 2, Command.COMSET, b"\x01\x80\x25\0\0", crc=False)),
    ("FF 53 00 07 00 02 60 44", Packet(0, 2, Command.POLL, crc=False)),
    ("FF 53 00 08 00 06 64 0D 8C", Packet(0, 2, Command.LSTAT)),
    ("53 00 0D 00 06 6A 00 02 02 02 01 59 92", Packet(0, 2, Command.BUZ, b"\0\x02\x02\x02\x01")),
    (
        "53 80 14 00 06 45 00 0E E3 10 10 00 00 74 97 23 06 06 1B 88",
        Packet(0, 2, Reply.PDID, bytes.fromhex("000EE3101000007497230606"), reply=True),
    ),
    # Annex E.
    ("53 7F 0D 00 04 6E 00 80 25 00 00 6E 38", Packet(0x7F, 0, Command.COMSET, b"\0\x80\x25\0\0")),
    ("53 00 09 00 04 61 00 C0 66", Packet(0, 0, Command.ID, b"\0")),
    ("53 7F 0C 00 00 6E 00 80 25 00 00 0F", Packet(0x7F, 0, Command.COMSET, b"\0\x80\x25\0\0", crc=False)),
    ("53 00 08 00 00 61 00 44", Packet(0, 0, Command.ID, b"\0", crc=False)),
]


@pytest.mark.parametrize(("wire", "packet"), CAPTURED, ids=[wire for wire, _ in CAPTURED])
def test_packets_are_the_bytes_that_others_send(wire: str, packet: Packet) -> None:
    raw = bytes.fromhex(wire)
    assert packet.pack() == raw.lstrip(b"\xff")
    troubles: Counter[Trouble] = Counter()
    stream = PacketStream(replies=packet.reply, troubles=troubles)
    assert [one for byte in raw for one in stream.feed(bytes((byte,)), 0)] == [packet]
    assert not +troubles


def test_checks() -> None:
    assert crc16(b"123456789") == 0xE5CC
    assert checksum(bytes.fromhex("53 00 08 00 00 61 00")) == 0x44


def test_a_session_of_annex_e() -> None:
    acu, device = bytes(range(0xB0, 0xB8)), bytes(range(0xA0, 0xA8))
    keys = crypto.session_keys(DEFAULT_KEY.secret, acu)
    assert keys.mac1 == bytes.fromhex("5E86C676603BDEE2D8BEAFE178637332")
    assert keys.mac2 == bytes.fromhex("6FDA86E857777E81132035758239172E")
    assert keys.enc == bytes.fromhex("BF8DC2A8329ACB8C67C6D0CD9A451682")
    proof = crypto.acu_cryptogram(keys, acu, device)
    assert proof == bytes.fromhex("26D3356E07762D262801FC8E6665A891")
    assert crypto.device_cryptogram(keys, acu, device) == bytes.fromhex("FDE5D2F428EC16312471EA3C02BD7796")
    assert crypto.first_mac(keys, proof) == bytes.fromhex("B2A30057EB98BA2229EC1F875662B524")


SEALED = [
    ("53001E000E02176EACA3C2FFE4D9E599CD771B8EF3D13F23FAAB634E0895", Command.COMSET, b"\x01\x80\x25\0\0"),
    ("53001E000E021762D14EB7AD982CC5F9AA25318A7EAED6260F6A2AA73870", Command.CAP, b"\0"),
    ("53001E000E021761D14EB7AD982CC5F9AA25318A7EAED6269AE995731983", Command.ID, b"\0"),
    ("53000E000E0215604B32767773B6", Command.POLL, b""),
    ("53000E000E0215646F63246FD050", Command.LSTAT, b""),
    (
        "53002E000E021775F0DDEC9A0ED8CE4C80BAF5D55C18436F9189FD66C9F223DC041486D83357DF986C1D4BC2B2F2",
        Command.KEYSET,
        b"\x01\x10" + bytes(range(8)) * 2,
    ),
]


@pytest.mark.parametrize(("wire", "code", "data"), SEALED)
def test_sealed_commands_of_osdp_net(wire: str, code: int, data: bytes) -> None:
    # Its tests seal with keys and a first MAC of zeros.
    zeros = crypto.SessionKeys(bytes(16), bytes(16), bytes(16))
    raw = bytes.fromhex(wire)
    assert Session(zeros, bytes(16), replies=False).seal(Packet(0, 2, code, data)) == raw
    (packet,) = PacketStream(replies=False, troubles=Counter()).feed(raw, 0)
    opened = Session(zeros, bytes(16), replies=True).open(packet)
    assert opened is not None
    assert (opened.code, opened.data) == (code, data)
