"""The work behind `rig store`: find the file, do it, print."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from contracts.errors import UsageError
from contracts.geometry import Pose
from rig.paths import find_store
from rig.storekit.check import check_store, errors
from rig.view.frames import writing
from twin.store import load_store


def check_file(file: str, as_json: bool) -> int:
    """Print the findings of a check; return 4 when one is an error, else 0."""
    path = find_store(file)
    findings = check_store(path)
    wrong = errors(findings)
    counts = {"errors": wrong, "warnings": len(findings) - wrong}
    if as_json:
        report = {"store": str(path), **counts, "findings": [asdict(finding) for finding in findings]}
        sys.stdout.write(json.dumps(report, indent=2) + "\n")
    else:
        for finding in findings:
            _print(finding.text)
        _print(f"{path}: {wrong} errors, {counts['warnings']} warnings")
    return UsageError.exit_code if wrong else 0


def render_file(file: str, output: Path, *, views: bool) -> None:
    """Write all pictures of a store, and print their names."""
    from rig.storekit.render import render_store

    for picture in render_store(load_store(find_store(file)), output, views=views):
        _print(str(picture))


def cover_file(file: str, output: Path, heights_m: tuple[float, ...], as_json: bool) -> None:
    """Write the maps of camera coverage, and print its figures."""
    from rig.storekit.coverage import HEIGHTS_M, measure
    from rig.storekit.coverage_maps import draw_coverage
    from rig.storekit.coverage_text import as_data, as_text

    found = measure(load_store(find_store(file)).layout, heights_m or HEIGHTS_M)
    pictures = draw_coverage(found, output)
    if as_json:
        sys.stdout.write(json.dumps({**as_data(found), "pictures": list(map(str, pictures))}, indent=2) + "\n")
        return
    for line in (*as_text(found), *map(str, pictures)):
        _print(line)


def align_scan(scan: Path, file: str, output: Path | None, picture: Path | None, as_json: bool) -> None:
    """Lay a scan on a store, print the deviations, and write the corrected file and the picture that were asked for."""
    from rig.storekit.scan.align import align
    from rig.storekit.scan.picture import draw_alignment
    from rig.storekit.scan.read import read_scan
    from rig.storekit.scan.report import as_data, as_table, as_text

    _png(picture)
    path = find_store(file)
    store = load_store(path)
    found = align(read_scan(scan), store.layout)
    if as_json:
        sys.stdout.write(json.dumps(as_data(found), indent=2) + "\n")
    else:
        Console().print(as_table(found))
        for line in as_text(found):
            _print(line)
    if picture is not None:
        draw_alignment(found, store.layout, picture)
    if output is not None:
        _write_corrected(path, found.moved, output)


def _write_corrected(path: Path, poses: Mapping[str, Pose], output: Path) -> None:
    """Write a store file with true poses, and read it again: racks that were moved may now stand in the way."""
    from rig.storekit.scan.write_back import corrected

    text = corrected(path.read_text(encoding="utf-8"), poses, path)
    with writing(output):
        output.write_text(text, encoding="utf-8")
    load_store(output)


def _png(picture: Path | None) -> None:
    if picture is not None and picture.suffix.lower() != ".png":
        raise UsageError(
            "pictures are PNG files", where="--picture", expected="a name ending in .png", found=str(picture)
        )


def _print(text: str) -> None:
    Console().print(text, soft_wrap=True, highlight=False, markup=False)
