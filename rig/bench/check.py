"""What is impossible in a bench file though its shape is right: drivers, lines, ports, what may be reached by whom."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.errors import BadFile
from devices.drivers.registry import Registry
from rig.bench.address import on_loopback
from rig.bench.lines import line_problems
from rig.bench.model import BenchFile


def problems(bench: BenchFile, registry: Registry) -> list[BadFile]:
    """Return every complaint about a bench."""
    return [
        *_drivers(bench, registry),
        *line_problems(bench, registry),
        *_shims(bench),
        *_recordings(bench),
    ]


def _drivers(bench: BenchFile, registry: Registry) -> Iterator[BadFile]:
    named = [*((each, "devices", "driver", each.driver) for each in bench.hosted)]
    named += [(each, "exposed", "emulator", each.emulator) for each in bench.exposed]  # type: ignore[misc]
    for each, part, key, name in named:
        if name not in registry.kinds:
            yield bench.document.bad(
                f"no driver is named '{name}'", part, each.id, key,
                expected=f"one of {', '.join(registry.kinds)}", found=f"'{name}'", hint=registry.hint(name),
            )  # fmt: skip
        elif part == "exposed" and registry.kinds[name].emulate is None:
            emulated = [kind.name for kind in registry.kinds.values() if kind.emulate]
            yield bench.document.bad(
                "there is no emulator of it", part, each.id, key, expected=f"one of {', '.join(emulated)}", found=name
            )
    yield from _pairs(bench, registry)


def _pairs(bench: BenchFile, registry: Registry) -> Iterator[BadFile]:
    """Complain of a device and an emulator under one name that are not the same sort of thing."""
    drivers = {each.id: registry.kinds.get(each.driver) for each in bench.hosted}
    by_hand = {each.id for each in bench.devices if each.by_hand}
    for each in bench.exposed:
        if each.id in by_hand:
            yield bench.document.bad(
                "the twin's own device is served by simulated people", "devices", each.id, "by hand",
                expected="either an exposed device or one served by hand", found="both",
            )  # fmt: skip
        ours, theirs = drivers.get(each.id), registry.kinds.get(each.emulator)
        if ours and theirs and ours.kind is not theirs.kind:
            yield bench.document.bad(
                f"the driver of {each.id} cannot talk to it", "exposed", each.id, "emulator",
                expected=f"an emulator of a {ours.kind}", found=f"{theirs.name}, a {theirs.kind}",
            )  # fmt: skip


def _shims(bench: BenchFile) -> Iterator[BadFile]:
    if bench.hosted and not bench.listen:
        names = ", ".join(each.id for each in bench.hosted)
        yield bench.document.bad(
            "missing key 'listen'", expected="host:port where the shim hosts its devices", found=f"drivers of {names}",
            hint="listen: 127.0.0.1:50071",
        )  # fmt: skip
    if bench.tls is not None:
        return
    far = [("listen",)] if bench.listen and not on_loopback(bench.listen) else []
    far += [("devices", each.id, "at") for each in bench.devices if each.at and not on_loopback(each.at)]  # type: ignore[misc]
    for keys in far:
        yield bench.document.bad(
            "other machines can reach it, and nothing tells friend from foe", *keys,
            expected="an address of this machine alone, or certificates",
            hint="say `tls: FOLDER`, and make it with `rig devices certs`",
        )  # fmt: skip


def _recordings(bench: BenchFile) -> Iterator[BadFile]:
    for each in bench.devices:
        if each.recording and not each.recording.is_file():
            yield bench.document.bad(
                "no such recording", "devices", each.id, "recording", expected="a file", found=str(each.recording)
            )
