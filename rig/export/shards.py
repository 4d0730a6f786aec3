"""WebDataset: tar files of samples; the files of a sample have one name and follow one another.

Source: the WebDataset format, https://github.com/webdataset/webdataset.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any

from contracts.clock import SECOND
from contracts.layout import CameraInfo
from rig.export.coco import Tracks, keypoints
from rig.export.events import events
from rig.export.files import depth_png, picture
from rig.export.masks import packed
from rig.export.sight import Thing
from rig.export.wanted import Look, Wanted

MOST_SAMPLES = 1000
"""In one shard."""
Sample = Sequence[tuple[str, bytes]]


def write_shards(wanted: Wanted, folder: Path) -> int:
    """Write RECORDING-000000.tar and so on; return how many samples."""
    told, tracks = events(wanted.recording), Tracks()
    samples = chain.from_iterable(_samples(wanted, camera, told, tracks) for camera in wanted.cameras)
    written = 0
    for shard in count():
        first = next(samples, None)
        if first is None:
            return written
        with tarfile.open(folder / f"{wanted.title}-{shard:06d}.tar", "w", format=tarfile.USTAR_FORMAT) as tar:
            for sample in chain([first], _some(samples, MOST_SAMPLES - 1)):
                for name, data in sample:
                    # Nothing of the machine or the hour: the same recording makes the same bytes.
                    info = tarfile.TarInfo(name)
                    info.size = len(data)
                    tar.addfile(info, io.BytesIO(data))
                written += 1
    return written


def _some(samples: Iterator[Sample], most: int) -> Iterator[Sample]:
    for _, sample in zip(range(most), samples, strict=False):
        yield sample


def _samples(wanted: Wanted, camera: CameraInfo, told: Sequence[dict[str, Any]], tracks: Tracks) -> Iterator[Sample]:
    """Yield a camera's samples; what happened stands in the first that was taken after it."""
    before_s = -1.0
    for look in wanted.looks(camera):
        now_s = look.shot.t_ns / SECOND
        lately = [event for event in told if before_s < event["t_s"] <= now_s]
        key = f"{wanted.title}-{camera.id}-{look.shot.number:06d}"
        yield _sample(key, camera, look, {"t_s": now_s, "events": lately}, tracks)
        before_s = now_s


def _sample(key: str, camera: CameraInfo, look: Look, more: dict[str, Any], tracks: Tracks) -> Sample:
    suffix, data = picture(look.shot.frame)
    told = {"camera": camera.id, "width": camera.width, "height": camera.height} | more
    told["things"] = [_thing(thing, tracks) for thing in look.things]
    depth = depth_png(look.shot.frame) if suffix == "jpg" or look.shot.frame.rgb is not None else b""
    files = [(f"{key}.{suffix}", data), (f"{key}.depth.png", depth)] if depth else [(f"{key}.{suffix}", data)]
    return [*files, (f"{key}.json", json.dumps(told, separators=(",", ":")).encode())]


def _thing(thing: Thing, tracks: Tracks) -> dict[str, Any]:
    told = {
        "name": thing.name,
        "track_id": tracks[thing.name],
        "kind": "person" if thing.person else "product" if thing.product else "pushed",
        "product": thing.product,
        "bbox": list(thing.mask.box),
        "area": thing.mask.area,
        "counts": packed(thing.mask.counts),
    }
    return told | keypoints(thing.joints) if thing.person else told
