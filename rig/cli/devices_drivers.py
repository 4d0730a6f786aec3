"""`rig devices drivers`: what a bench file may name, and what may be said of each."""

from __future__ import annotations

import json
import sys
from typing import Any

from devices.drivers.kind import DriverKind
from devices.drivers.registry import load


def list_drivers(text: str, as_json: bool) -> int:
    """Print the drivers whose name holds a text; return 6 when an outside package is broken."""
    registry = load()
    kinds = [kind for name, kind in registry.kinds.items() if text in name]
    if as_json:
        sys.stdout.write(json.dumps([_data(kind) for kind in kinds], indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for kind in kinds for line in _lines(kind))
    for broken in registry.broken:
        sys.stderr.write(f"{broken}\n")
    return 6 if registry.broken else 0


def _lines(kind: DriverKind) -> list[str]:
    options = ", ".join(f"{name}: {json.dumps(value)}" for name, value in _options(kind).items())
    made = "" if kind.emulate else "; cannot be emulated"
    return [f"{kind.name}: {kind.about}{made}", *([f"  {options}"] if options else [])]


def _data(kind: DriverKind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "kind": kind.kind.value,
        "about": kind.about,
        "emulated": kind.emulate is not None,
        "options": _options(kind),
    }


def _options(kind: DriverKind) -> dict[str, Any]:
    """Return each option as bench files write it, with what it is when it is left out."""
    defaults = kind.options().model_dump(mode="json")
    return {field.alias or name: defaults[name] for name, field in kind.options.model_fields.items()}
