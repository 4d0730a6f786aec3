"""What is impossible about the lines of a bench file: where they lead, and which devices may share one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contracts.document import Document, Key
from contracts.errors import BadFile, UsageError
from devices.drivers.kind import DriverKind
from devices.drivers.lines import FAR, NEAR, is_far
from devices.drivers.registry import Registry
from rig.bench.address import line_key, line_settings, line_trouble
from rig.bench.model import BenchDevice, BenchFile, Exposed

_HINT = "Modbus devices on one line are told apart by unit and channels, OSDP readers by `options: {address: N}`"


def line_problems(bench: BenchFile, registry: Registry) -> Iterator[BadFile]:
    """Yield every complaint about lines."""
    for part, devices in (("devices", bench.hosted), ("exposed", bench.exposed)):
        yield from (bad for each in devices for bad in _alone(part, each, bench.document))
        yield from _together(part, devices, bench.document, registry)


def _alone(part: str, each: BenchDevice | Exposed, document: Document) -> Iterator[BadFile]:
    where: tuple[Key, ...] = (part, each.id, "line")
    if part == "exposed" and not is_far(each.line):
        yield document.bad("an emulator cannot be put there", *where, expected=FAR, found=each.line)
    if part == "devices" and is_far(each.line):
        hint = "leave out pty:, or say socket://"
        yield document.bad("that is an emulator's end", *where, expected=NEAR, found=each.line, hint=hint)
    if trouble := line_trouble(each.line):
        yield document.bad(trouble, *where, expected="scheme://HOST:PORT", found=each.line.rpartition("@")[2])


def _together(
    part: str, devices: Sequence[BenchDevice | Exposed], document: Document, registry: Registry
) -> Iterator[BadFile]:
    """Complain of devices that cannot be on one line."""
    before: dict[str, list[BenchDevice | Exposed]] = {}
    for each in devices:
        others = before.setdefault(line_key(each.line), [])
        if each.line and others:
            trouble = next((said for other in others if (said := _clash(other, each, registry))), "")
            if trouble:
                yield document.bad(
                    "two devices cannot share a line", part, each.id, "line",
                    expected="a line of its own, or places on it that no other device has", found=trouble, hint=_HINT,
                )  # fmt: skip
        others.append(each)


def _clash(first: BenchDevice | Exposed, second: BenchDevice | Exposed, registry: Registry) -> str:
    """Return why two devices cannot be on one line, "" when they can."""
    mine, theirs = (_places(registry.kinds.get(_driver(each)), each) for each in (first, second))
    if not mine or not theirs:
        return f"that of {first.id}"
    if line_settings(first.line) != line_settings(second.line):
        return f"that of {first.id}, which is set up otherwise"
    for one in mine:
        for other in theirs:
            if _collide(one, other):
                return f"that of {first.id}, which has {one.replace('/', ', ')} of it"
    return ""


def _driver(each: BenchDevice | Exposed) -> str:
    return each.driver if isinstance(each, BenchDevice) else each.emulator


def _places(kind: DriverKind | None, each: BenchDevice | Exposed) -> Sequence[str]:
    """Return what a device takes of its line; nothing when it wants one to itself, or when its line is none."""
    try:
        return kind.places(each.line, each.options) if kind and kind.places else ()
    except UsageError:
        return ()


def _collide(one: str, other: str) -> bool:
    """Whether two places are the same, one holds the other, or both say different things of one part."""
    for mine, theirs in zip(one.split("/"), other.split("/"), strict=False):
        if mine != theirs:
            number, _, what = mine.partition("=")
            same, _, else_ = theirs.partition("=")
            protocols = one.startswith(mine)
            return protocols or (number == same and what != else_)
    return True
