"""The layout for Lichtblick and Foxglove names channels and fields that recordings have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import Descriptor
from mcap.reader import make_reader
from mcap_protobuf.decoder import DecoderFactory

from contracts.archive import ARCHIVE

LAYOUT = json.loads((Path(__file__).parents[3] / "docs/foxglove-layout.json").read_text())
PART = re.compile(r"(\w+)(\[\d+\])?")


def values(data: Any, *names: str) -> Iterator[str]:
    """Yield the texts under some keys, wherever they stand."""
    if isinstance(data, dict):
        yield from (text for name, text in data.items() if name in names and isinstance(text, str))
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from values(one, *names)


def panels(place: Any) -> Iterator[str]:
    """Yield the panels that are placed."""
    if isinstance(place, str):
        yield place
    else:
        yield from (*panels(place["first"]), *panels(place["second"]))


def test_every_panel_is_placed_once() -> None:
    assert sorted(panels(LAYOUT["layout"])) == sorted(LAYOUT["configById"])


def test_every_channel_is_one_of_a_recording(wrong: Path) -> None:
    asked = {path.split(".")[0] for path in values(LAYOUT["configById"], "value", "topicPath", "imageTopic")}
    with wrong.open("rb") as stream:
        told = {channel.topic for channel in make_reader(stream).get_summary().channels.values()}
    absent = asked - told
    # The made-up shop has two cameras, and its beam at the way out says nothing.
    assert absent == {"/camera/c3/image", "/camera/c4/image", "/gate/gate-out"}


def test_every_path_leads_to_a_field() -> None:
    kinds = {"/gate/gate-in": "GateEvent", "/gate/gate-out": "GateEvent"}
    for path in values(LAYOUT["configById"], "value"):
        topic, *fields = path.split(".")
        name = kinds.get(topic) or "".join(word.title() for word in topic.rsplit("/", 1)[1].split("_"))
        kind: Descriptor | None = ARCHIVE.message_class(name).DESCRIPTOR
        for field in fields:
            part = PART.fullmatch(field)
            assert kind is not None
            assert part is not None
            found = kind.fields_by_name[part[1]]
            assert bool(part[2]) == found.is_repeated, path
            kind = found.message_type


def test_a_foreign_reader_decodes_every_message(wrong: Path) -> None:
    """What Lichtblick does: read by the schemas within the file, without this project."""
    with wrong.open("rb") as stream:
        reader = make_reader(stream, decoder_factories=[DecoderFactory()])
        images = [message for schema, _, _, message in reader.iter_decoded_messages() if schema.name.endswith("Image")]
    assert len(images) == 300
    assert {image.format for image in images} == {"jpeg"}


def test_every_panel_s_channel_has_the_schema_that_it_reads(wrong: Path) -> None:
    with wrong.open("rb") as stream:
        told = make_reader(stream).get_summary()
    schemas = {channel.topic: told.schemas[channel.schema_id] for channel in told.channels.values()}
    encodings = {channel.topic: channel.message_encoding for channel in told.channels.values()}
    read = {"imageTopic": "foxglove.CompressedImage", "calibrationTopic": "foxglove.CameraCalibration"}
    for name, schema in read.items():
        topics = [topic for topic in values(LAYOUT["configById"], name) if topic in schemas]
        assert len(topics) == 2, name
        assert {schemas[topic].name for topic in topics} == {schema}
    asked = {path.split(".")[0] for path in values(LAYOUT["configById"], "value", "topicPath", *read)} & set(schemas)
    assert {(schemas[topic].encoding, encodings[topic]) for topic in asked} == {("protobuf", "protobuf")}
    assert all(schemas[topic].data for topic in asked)
