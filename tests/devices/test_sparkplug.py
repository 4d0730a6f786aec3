"""An edge node's messages in their order, and the bytes that carry them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.sparkplug import sparkplug_b_pb2 as pb
from devices.sparkplug.node import Block, EdgeNode, Gauge, Message
from devices.sparkplug.topics import Address, as_id

ADDRESS = Address("shop", "rig")
LEFT, RIGHT = Gauge("shelf-1/plate-1/grams", "g", 20_000.0), Gauge("shelf-1/plate-2/grams", "g", 20_000.0)
DEVICES = {"gondola-1": (LEFT, RIGHT), "gondola-2": (LEFT,)}
NOW = 1_700_000_000_000


def node() -> EdgeNode:
    made = EdgeNode(ADDRESS, DEVICES)
    made.connecting()
    return made


def read(message: Message) -> pb.Payload:
    return pb.Payload.FromString(message.payload)


def block(device: str = "gondola-1", rows: tuple[tuple[float, ...], ...] = ((1.5, 2.5),)) -> Block:
    return Block(device, [NOW + 16 * row for row in range(len(rows))], rows)


def test_the_bytes_of_a_data_message() -> None:
    """Written by hand from the specification's field numbers."""
    born = node()
    born.births(NOW)
    message = born.data(block(rows=((1.5, math.nan),)), NOW)
    stamp = "80d095ffbc31"  # 1700000000000 as a varint
    first = f"1001 18{stamp} 65 0000c03f"  # alias 1, timestamp, float 1.5
    second = f"1002 18{stamp} 3801"  # alias 2, timestamp, null
    lengths = [len(bytes.fromhex(part)) for part in (first, second)]
    wanted = f"08{stamp} 12{lengths[0]:02x} {first} 12{lengths[1]:02x} {second} 1803"
    assert message.topic == "spBv1.0/shop/DDATA/rig/gondola-1"
    assert message.payload == bytes.fromhex(wanted)


def test_births_come_in_one_go_and_introduce_every_metric() -> None:
    births = node().births(NOW)
    assert [message.topic for message in births] == [
        "spBv1.0/shop/NBIRTH/rig",
        "spBv1.0/shop/DBIRTH/rig/gondola-1",
        "spBv1.0/shop/DBIRTH/rig/gondola-2",
    ]
    payloads = [read(message) for message in births]
    assert [payload.seq for payload in payloads] == [0, 1, 2]
    bd_seq, rebirth = payloads[0].metrics
    assert (bd_seq.name, bd_seq.datatype, bd_seq.long_value) == ("bdSeq", pb.INT64, 0)
    assert (rebirth.name, rebirth.datatype, rebirth.boolean_value) == ("Node Control/Rebirth", pb.BOOLEAN, False)
    assert not rebirth.HasField("alias")
    metrics = [metric for payload in payloads[1:] for metric in payload.metrics]
    assert [metric.alias for metric in metrics] == [1, 2, 3]
    assert [metric.name for metric in metrics] == [LEFT.name, RIGHT.name, LEFT.name]
    assert all(metric.is_null and metric.datatype == pb.FLOAT and metric.timestamp == NOW for metric in metrics)
    assert list(metrics[0].properties.keys) == ["engUnit", "engHigh"]
    unit, high = metrics[0].properties.values
    assert (unit.type, unit.string_value) == (pb.STRING, "g")
    assert (high.type, high.double_value) == (pb.DOUBLE, 20_000.0)


def test_samples_stand_in_order_of_time_and_are_not_history() -> None:
    born = node()
    born.births(NOW)
    payload = read(born.data(block(rows=((1, 2), (3, 4), (5, 6))), NOW + 50))
    assert payload.timestamp == NOW + 50
    told = [(metric.alias, metric.timestamp - NOW, metric.float_value) for metric in payload.metrics]
    assert told == [(1, 0, 1), (2, 0, 2), (1, 16, 3), (2, 16, 4), (1, 32, 5), (2, 32, 6)]
    assert not any(metric.is_historical for metric in payload.metrics)
    assert not any(metric.HasField("name") or metric.HasField("datatype") for metric in payload.metrics)


def test_seq_goes_round_and_a_birth_begins_it_anew() -> None:
    born = node()
    born.births(NOW)
    told = [read(born.data(block(), NOW)).seq for _ in range(256)]
    assert told == [*range(3, 256), 0, 1, 2]
    assert [read(message).seq for message in born.births(NOW)] == [0, 1, 2]


def test_a_new_birth_has_the_latest_values() -> None:
    born = node()
    born.births(NOW)
    born.data(block(rows=((1, 2), (3, math.nan))), NOW)
    born.keep(block("gondola-2", ((7.0,),)))
    _, first, second = map(read, born.births(NOW + 1000))
    assert [(m.float_value, m.is_null, m.timestamp) for m in first.metrics] == [
        (3, False, NOW + 16),
        (0, True, NOW + 16),
    ]
    assert [(m.float_value, m.timestamp) for m in second.metrics] == [(7, NOW)]


def test_the_will_matches_the_birth_and_counts_connections() -> None:
    made = EdgeNode(ADDRESS, DEVICES)
    for connection in [*range(256), 0]:
        will = made.connecting()
        said = read(will)
        assert (will.topic, will.qos) == ("spBv1.0/shop/NDEATH/rig", 1)
        assert [(metric.name, metric.long_value) for metric in said.metrics] == [("bdSeq", connection)]
        assert not said.HasField("seq")
        assert read(made.births(NOW)[0]).metrics[0].long_value == connection
    assert made.death() == will


def test_a_host_asks_for_rebirth() -> None:
    def asked(topic: str, **metric: object) -> bool:
        return node().asked_for_rebirth(topic, pb.Payload(metrics=[pb.Metric(**metric)]).SerializeToString())

    assert asked("spBv1.0/shop/NCMD/rig", name="Node Control/Rebirth", boolean_value=True)
    assert not asked("spBv1.0/shop/NCMD/rig", name="Node Control/Rebirth", boolean_value=False)
    assert not asked("spBv1.0/shop/NCMD/rig", name="Node Control/Reboot", boolean_value=True)
    assert not asked("spBv1.0/shop/NCMD/other", name="Node Control/Rebirth", boolean_value=True)
    assert not node().asked_for_rebirth("spBv1.0/shop/NCMD/rig", b"\xff\xff")


@given(st.lists(st.lists(st.floats(width=32, allow_infinity=False), min_size=2, max_size=2), min_size=1, max_size=12))
def test_what_is_written_can_be_read(rows: list[list[float]]) -> None:
    born = node()
    born.births(NOW)
    payload = read(born.data(block(rows=tuple(map(tuple, rows))), NOW))
    told = [math.nan if metric.is_null else metric.float_value for metric in payload.metrics]
    assert told == pytest.approx([value for row in rows for value in row], nan_ok=True, rel=0, abs=0)


def test_names_become_ids_that_topics_can_hold() -> None:
    assert as_id("shop/north #3+") == "shop-north -3-"
    assert as_id("") == "-"
