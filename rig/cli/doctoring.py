"""`rig doctor`: what this machine has, what it lacks, and how to get it."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from rich.console import Console

DISTRIBUTION = "walkout-rig"
# Shared libraries that wheels expect of the system, and Debian's package for each.
LIBRARIES = {"libGL.so.1": "libgl1", "libgthread-2.0.so.0": "libglib2.0-0"}
# One minute of the nanostore with all its cameras takes about 0.5 GB.
FREE_GB = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Args:
        what: its name.
        ok: whether it is as it should be.
        found: what is there.
        remedy: what to do, "" when nothing is wrong.
        needed: whether the rig cannot run without it.
    """

    what: str
    ok: bool
    found: str
    remedy: str = ""
    needed: bool = True


def examine(as_json: bool) -> int:
    """Print all findings; return 0, or 6 when something needed is missing."""
    findings = [*_python(), *_packages(), *_libraries(), *_machine()]
    if as_json:
        sys.stdout.write(json.dumps([asdict(finding) for finding in findings], indent=2) + "\n")
    else:
        _show(findings, Console())
    return 6 if any(finding.needed and not finding.ok for finding in findings) else 0


def _show(findings: list[Finding], console: Console) -> None:
    for finding in findings:
        if finding.ok:
            continue
        mark = "missing " if finding.needed else "optional"
        console.print(f"{mark} {finding.what}: {finding.found}", soft_wrap=True)
        console.print(f"         {finding.remedy}", soft_wrap=True)
    wrong = sum(finding.needed and not finding.ok for finding in findings)
    good = sum(finding.ok for finding in findings)
    console.print(f"{good} of {len(findings)} things are right" + (f", {wrong} are missing" if wrong else ""))


def _python() -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python 3.11 or newer", sys.version_info >= (3, 11), found, "install python3.11 or newer")


def _packages() -> Iterator[Finding]:
    """Look at every distribution that this one asks for, without importing it."""
    for requirement in requires(DISTRIBUTION) or []:
        spec, _, marker = requirement.partition(";")
        name = spec.split("[")[0].split(">")[0].split("=")[0].strip()
        needed = "extra" not in marker
        try:
            yield Finding(name, True, version(name), needed=needed)
        except PackageNotFoundError:
            yield Finding(name, False, "not installed", f"pip install '{spec.strip()}'", needed)


def _libraries() -> Iterator[Finding]:
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError as error:
            yield Finding(library, False, str(error), f"apt-get install {package}")
        else:
            yield Finding(library, True, "found")


def _machine() -> Iterator[Finding]:
    yield Finding("two processors", (os.cpu_count() or 1) >= 2, f"{os.cpu_count()}", "runs are slower", needed=False)
    free_gb = shutil.disk_usage(Path.cwd()).free / 1e9
    text = f"{free_gb:.1f} GB"
    yield Finding("room for recordings here", free_gb >= FREE_GB, text, "rig run --record a larger disk", needed=False)
    yield Finding("a folder for compiled kernels", _can_cache(), str(Path.home()), "set NUMBA_CACHE_DIR", needed=False)


def _can_cache() -> bool:
    """Whether compiled code can be kept; without it every start compiles for many seconds."""
    folder = os.environ.get("NUMBA_CACHE_DIR") or str(Path(__file__).parent)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return os.access(Path.home(), os.W_OK)
