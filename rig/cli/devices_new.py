"""`rig devices new`: the skeleton of a package with a driver of one's own."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

from contracts.document import nearest
from contracts.errors import UsageError

SKELETONS = Path(__file__).parents[1] / "skeleton"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def new_package(kind: str, name: str, folder: Path) -> None:
    """Write the skeleton.

    Args:
        kind: "scanner".
        name: of the package, "my_scanner".
        folder: where the package's own folder goes.

    Raises:
        UsageError: no such kind, no such name, or something of that name is there already.
    """
    known = sorted(path.name for path in SKELETONS.iterdir() if path.is_dir() and not path.name.startswith("_"))
    if kind not in known:
        near = nearest(kind, known)
        raise UsageError(
            "there is no skeleton of that", where="rig devices new", expected=", ".join(known), found=kind, hint=near
        )
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise UsageError(
            "a package cannot have that name", expected="small letters, digits and _: my_scanner", found=name
        )
    target = folder / name
    if target.exists():
        raise UsageError("there is something of that name", where=str(target), hint="choose another name, or --folder")
    target.mkdir(parents=True)
    for source in sorted(path for path in (SKELETONS / kind).iterdir() if path.is_file()):
        file = target / _named(source.name, kind, name)
        file.write_text(_named(source.read_text(encoding="utf-8"), kind, name), encoding="utf-8")
        sys.stdout.write(f"{file}\n")
    sys.stdout.write(f"now: pip install -e {target}, and pytest {target}\n")


def _named(text: str, kind: str, name: str) -> str:
    """Return text with the skeleton's names in every spelling replaced."""
    return text.replace(f"my_{kind}", name).replace(f"my-{kind}", name.replace("_", "-"))
