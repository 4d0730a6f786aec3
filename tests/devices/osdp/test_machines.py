"""Both sides against each other: from the first packet to the secure channel, and back there after losses."""

import pytest

from devices.osdp.acu_table import TABLE, State, Turn, diagram
from devices.osdp.codes import Command, Nak, Reply
from devices.osdp.keys import DEFAULT_KEY, key_from_hex
from devices.osdp.link import Link
from devices.osdp.pd_table import Trust
from devices.osdp.showing import Led, pack_line, pack_text
from devices.osdp.trouble import Trouble
from tests.devices.osdp.pair import KEY, OTHER, Pair


@pytest.mark.parametrize("crc", [True, False])
def test_in_clear(crc: bool) -> None:
    pair = Pair(Link(5, crc=crc))
    pair.run(3)
    assert pair.acu.state is State.READY
    assert pair.acu.identity is not None
    assert pair.acu.capabilities[9] == (1, 1)
    pair.device.tell(Reply.RAW, b"\0\1\x1a\0abcd")
    assert [(h.command, h.reply) for h in pair.run(3)] == [(Command.POLL, Reply.RAW)]
    assert not +pair.acu.troubles
    assert not +pair.device.troubles


@pytest.mark.parametrize("key", [KEY, DEFAULT_KEY], ids=["own key", "the key that everybody knows"])
@pytest.mark.parametrize("crc", [True, False])
def test_in_the_secure_channel(crc: bool, key: object) -> None:
    assert key in (KEY, DEFAULT_KEY)
    link = Link(5, crc=crc, key=KEY if key == KEY else DEFAULT_KEY)
    device = Link(5, key=KEY) if key == KEY else Link(5, install=True)
    pair = Pair(link, device)
    pair.run(5)
    assert (pair.acu.state, pair.device.channel.trust) == (State.READY, Trust.SECURE)
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    pair.acu.command(Command.TEXT, pack_text("welcome"))
    heard = pair.run(3)
    assert [(h.command, h.reply, h.data) for h in heard] == [
        (Command.TEXT, Reply.ACK, b""),
        (Command.POLL, Reply.FMT, b"\0\0\4card"),
    ]
    assert pair.device.panel.text == "welcome"
    assert not any(b"card" in data or b"welcome" in data for data in pair.log)


def test_a_key_is_set_and_used_from_then_on() -> None:
    pair = Pair(Link(1, key=KEY, install=True), Link(1, install=True))
    pair.run(12)
    assert (pair.acu.state, pair.acu.sessions) == (State.READY, 1)
    assert not any(KEY.secret in data for data in pair.log)
    later = Pair(Link(1, key=KEY))
    later.device = pair.device
    later.run(6)
    assert later.acu.state is State.READY


def test_a_key_is_set_only_where_that_is_allowed() -> None:
    pair = Pair(Link(1, key=KEY), Link(1, install=True))
    pair.run(60)
    assert pair.acu.state is not State.READY
    assert pair.acu.last is Turn.WRONG_KEY
    other = Pair(Link(1, key=KEY, install=True), Link(1, key=OTHER))
    other.run(60)
    assert other.acu.troubles[Trouble.KEY] >= 2
    assert other.device.channel.trust is not Trust.SECURE


def test_a_strict_device_does_nothing_in_clear() -> None:
    pair = Pair(Link(1), Link(1, key=KEY))
    pair.run(3)
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    pair.acu.command(Command.LED, Led(2).pack())
    assert not [h for h in pair.run(40) if h.reply == Reply.FMT]
    assert pair.acu.refusal == Nak.SECURITY_NEEDED
    assert pair.device.panel.lights == {}


@pytest.mark.parametrize("key", [None, KEY], ids=["clear", "secure"])
def test_a_device_that_lost_its_power_is_found_again(key: object) -> None:
    pair = Pair(Link(1, key=KEY if key else None))
    pair.run(6)
    pair.device.reboot()
    pair.run(10)
    assert (pair.acu.state, pair.acu.sessions) == (State.READY, 2)
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    assert [h.reply for h in pair.run(3)] == [Reply.FMT]


def test_a_reply_that_is_lost_is_sent_again_and_nothing_twice() -> None:
    pair = Pair(Link(1, key=KEY))
    pair.run(6)
    lost = iter([[], []])
    pair.to_acu = lambda data: next(lost, [data])
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    assert [h.data for h in pair.run(20)] == [b"\0\0\4card"]
    assert pair.acu.troubles[Trouble.AGAIN] == pair.device.troubles[Trouble.AGAIN] == 2
    assert pair.acu.sessions == 1


def test_a_reply_that_comes_twice_counts_once() -> None:
    pair = Pair(Link(1))
    pair.run(4)
    pair.to_acu = lambda data: [data, data]
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    assert [h.data for h in pair.run(5)] == [b"\0\0\4card"]
    assert pair.acu.troubles[Trouble.STRAY] == 5


@pytest.mark.parametrize("harm", [lambda d: [d[:-1]], lambda d: [d[:-1] + bytes((d[-1] ^ 1,))], lambda d: [d[3:]]])
def test_a_harmed_reply_is_asked_for_again(harm: object) -> None:
    pair = Pair(Link(1, key=KEY))
    pair.run(6)
    assert callable(harm)
    harms = iter([harm])

    def once(data: bytes) -> list[bytes]:
        return next(harms, lambda whole: [whole])(data)

    pair.to_acu = once
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    assert [h.data for h in pair.run(20)] == [b"\0\0\4card"]
    assert pair.acu.sessions == 1


def test_forged_messages_end_the_session_and_are_not_believed() -> None:
    pair = Pair(Link(1, key=KEY))
    pair.run(6)
    sequence = pair.acu._exchange.sequence
    from devices.osdp.packet import Packet

    forged = Packet(1, sequence, Reply.FMT, b"\0\0\5thief", reply=True)
    pair.to_acu = lambda _: [forged.pack()]
    assert pair.run(1) == []
    assert pair.acu.troubles[Trouble.UNSECURED] == 1
    pair.to_acu = lambda data: [data]
    pair.run(10)
    assert (pair.acu.state, pair.acu.sessions) == (State.READY, 2)


def test_a_busy_device_is_asked_again() -> None:
    pair = Pair(Link(1, key=KEY))
    pair.run(6)
    busy = iter([[pair.device.busy()]] * 5)
    hidden = pair.to_acu
    pair.to_acu = lambda data: next(busy, None) or hidden(data)
    pair.device.tell(Reply.FMT, b"\0\0\4card")
    assert [h.data for h in pair.run(20)] == [b"\0\0\4card"]
    assert pair.acu.troubles[Trouble.BUSY] == 5


def test_silence_ends_at_the_start_and_speech_leads_back() -> None:
    pair = Pair(Link(1, key=KEY))
    pair.run(6)
    pair.to_device = lambda _: []
    pair.run(30)
    assert (pair.acu.state, pair.acu.last) == (State.START, Turn.SILENT)
    assert pair.acu.heard_ns is not None
    assert pair.now_ns - pair.acu.heard_ns >= 1_000_000_000
    pair.to_device = lambda data: [data]
    pair.run(40)
    assert pair.acu.state is State.READY


def test_an_address_is_changed() -> None:
    pair = Pair(Link(1, key=KEY))
    pair.run(6)
    pair.acu.command(Command.COMSET, pack_line(9, 9600))
    assert [(h.reply, h.data) for h in pair.run(1)] == [(Reply.COM, pack_line(9, 9600))]
    assert pair.device.address == 9


def test_one_who_is_asked_by_everybodys_address_answers() -> None:
    pair = Pair(Link(127), Link(3))
    pair.run(4)
    assert pair.acu.state is State.READY


def test_no_key_is_ever_printed() -> None:
    pair = Pair(Link(1, key=KEY))
    pair.run(6)
    secrets = [KEY.secret.hex(), repr(KEY.secret)[2:-1]]
    for part in (KEY, pair.acu.link, pair.acu, pair.acu._session, pair.acu._handshake, pair.device.channel.session):
        assert not any(secret in repr(part) for secret in secrets)
    with pytest.raises(Exception, match="hexadecimal") as told:
        key_from_hex("00112233secret")
    assert "secret" not in str(told.value)


def test_the_table_knows_every_turn_that_it_names() -> None:
    assert {state for state, _ in TABLE} == set(State)
    assert "install_prove --> key" in diagram()
