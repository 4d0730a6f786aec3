"""`rig render`: pictures of a recorded run through any camera, also one that was not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from rich.console import Console

from contracts.clock import MILLISECOND, SECOND
from contracts.errors import UsageError
from contracts.layout import CameraInfo
from contracts.units import duration_ns
from rig.recording.reader import Recording

EVERY = "100 ms"
MOST_PICTURES = 36_000
"""An hour at ten a second."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What the command line said."""

    output: Path
    camera: str
    pose: str
    at: str
    until: str
    every: str
    size: str
    fov_deg: float
    depth: bool
    store: Path | None
    renderer: str


def render_recording(path: Path, options: RenderOptions) -> None:
    """Write one picture, or a range of them."""
    from rig.rerender import film
    from rig.rerender.pictures import Pictures, bgr  # the renderer is heavy
    from rig.view.frames import write_png

    times_ns = _times(options)
    _check(options, len(times_ns))
    recording = Recording(path)
    _cover(recording, times_ns)
    pictures = Pictures(recording, options.store, options.renderer)
    camera = _camera(options, pictures.layout.camera)
    taken = (bgr(image, camera, depth=options.depth) for image in pictures.take(camera, times_ns))
    who, when = options.camera or f"a camera at {options.pose}", f"{times_ns[0] / SECOND:.3f} s"
    if len(times_ns) == 1 and options.output.suffix.lower() == ".png":
        write_png(options.output, next(taken))
    elif options.output.suffix.lower() == ".mp4":
        film.write_film(options.output, taken, Fraction(SECOND, duration_ns(options.every)))
    else:
        film.write_pictures(options.output, taken, times_ns)
    until = f" to {times_ns[-1] / SECOND:.3f} s, {len(times_ns)} pictures" if len(times_ns) > 1 else ""
    Console().print(f"{options.output}: {who} at {when}{until}", soft_wrap=True, highlight=False)


def _check(options: RenderOptions, count: int) -> None:
    """Refuse what cannot be meant, before anything heavy is loaded."""
    if bool(options.camera) == bool(options.pose):
        found = "both" if options.camera else "neither"
        raise UsageError("whose eyes?", where="rig render", expected="--camera NAME or --pose ...", found=found)
    suffix = options.output.suffix.lower()
    if suffix not in ("", ".png", ".mp4") or (count > 1 and suffix == ".png"):
        expected = "a name ending in .png" if count == 1 else "a folder, or a name ending in .mp4"
        raise UsageError("no such kind of picture", where="-o", expected=expected, found=str(options.output))
    if options.store is not None and not options.store.is_file():
        raise UsageError("no such store file", where="--store", expected="a YAML file", found=str(options.store))


def _camera(options: RenderOptions, cameras: Mapping[str, CameraInfo]) -> CameraInfo:
    from rig.rerender.eye import named, placed

    return named(cameras, options.camera) if options.camera else placed(options.pose, options.size, options.fov_deg)


def _times(options: RenderOptions) -> list[int]:
    """Return the bench times that are asked for."""
    first = _time("--at", options.at)
    if not options.until:
        return [first]
    last, every = _time("--until", options.until), _time("--every", options.every)
    if every < MILLISECOND:
        raise UsageError("too often", where="--every", expected="1 ms or more", found=options.every)
    if last < first:
        raise UsageError(
            "it ends before it begins", where="--until", expected=f"{options.at} or later", found=options.until
        )
    if (last - first) // every >= MOST_PICTURES:
        raise UsageError("too many pictures", where="--every", expected=f"at most {MOST_PICTURES}", found=options.every)
    return list(range(first, last + 1, every))


def _time(option: str, text: str) -> int:
    """Return a time of the command line: "12.3", "12.3s" or "250 ms"."""
    try:
        return duration_ns(float(text)) if text.replace(".", "", 1).isdigit() else duration_ns(text)
    except ValueError as error:
        raise UsageError("not a time", where=option, expected="12.3, 12.3s or 250ms", found=text) from error


def _cover(recording: Recording, times_ns: list[int]) -> None:
    """Refuse a time after the end, where the file says when that is."""
    end = recording.end if recording.indexed else None
    if end is not None and times_ns[-1] > end.t_ns:
        raise UsageError(
            "the run was over by then", where="--at" if len(times_ns) == 1 else "--until",
            expected=f"at most {end.t_ns / SECOND:.2f} s", found=f"{times_ns[-1] / SECOND:g} s",
        )  # fmt: skip
