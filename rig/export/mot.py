"""MOT challenge folders: one sequence a camera, with everybody's boxes.

Source: Milan et al., "MOT16: A Benchmark for Multi-Object Tracking", 2016, section 4; devkit, seqinfo.ini.
"""

from __future__ import annotations

from pathlib import Path

from contracts.clock import SECOND
from contracts.layout import CameraInfo
from rig.export.coco import Tracks
from rig.export.events import events
from rig.export.files import picture, put, put_json
from rig.export.joints import SEEN
from rig.export.sight import Thing
from rig.export.wanted import Wanted

PEDESTRIAN = 1
"""The class of somebody on foot."""


def write_mot(wanted: Wanted, folder: Path) -> int:
    """Write RECORDING-CAMERA/{img1,gt/gt.txt,seqinfo.ini} a camera, seqmap.txt, identities.json and events.json.

    Returns:
        How many pictures.
    """
    tracks, names, written = Tracks(), [], 0
    people = sorted({name for people in wanted.history.people for name in people})
    identities = {name: tracks[name] for name in people}
    for camera in wanted.cameras:
        names.append(f"{wanted.title}-{camera.id}")
        written += _sequence(wanted, camera, tracks, folder / names[-1])
    put(folder / "seqmap.txt", "\n".join(["name", *names, ""]).encode())
    put_json(folder / "identities.json", identities)
    put_json(folder / "events.json", events(wanted.recording))
    return written


def _sequence(wanted: Wanted, camera: CameraInfo, tracks: Tracks, folder: Path) -> int:
    """Write one sequence; return how many pictures it has."""
    lines, length, suffix = [], 0, "jpg"
    for length, look in enumerate(wanted.looks(camera), start=1):
        suffix, data = picture(look.shot.frame)
        put(folder / "img1" / f"{length:06d}.{suffix}", data)
        lines += [_line(length, thing, tracks[thing.name]) for thing in look.things if thing.person]
    put(folder / "gt" / "gt.txt", "".join(lines).encode())
    put(folder / "seqinfo.ini", _seqinfo(folder.name, camera, wanted, length, suffix).encode())
    return length


def _line(number: int, thing: Thing, track: int) -> str:
    """Return frame, track, box (from 1 on), whether it counts, class, and the share of the joints that is seen.

    Who sits in a wheelchair has no joints in the truth, and counts as seen.
    """
    left, top, width, height = thing.mask.box
    seen = sum(point.seen == SEEN for point in thing.joints) / len(thing.joints) if thing.joints else 1.0
    return f"{number},{track},{left + 1},{top + 1},{width},{height},1,{PEDESTRIAN},{seen:.3f}\n"


def _seqinfo(name: str, camera: CameraInfo, wanted: Wanted, length: int, suffix: str) -> str:
    rate_hz = SECOND / wanted.every_ns if wanted.every_ns else camera.rate_hz
    return (
        f"[Sequence]\nname={name}\nimDir=img1\nframeRate={rate_hz:g}\nseqLength={length}\n"
        f"imWidth={camera.width}\nimHeight={camera.height}\nimExt=.{suffix}\n"
    )
