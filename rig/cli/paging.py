"""`rig page`: a recording as one HTML file."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from contracts.errors import UsageError
from rig.page import Look, write_page
from rig.storage.cache import beside

MB = 1e6


def page_recording(path: Path, output: Path | None, cameras: tuple[str, ...]) -> None:
    """Write a recording's page, and say where and how large it is."""
    written = write_page(path, checked(output) or beside(path, f"{path.stem}.html"), Look(cameras))
    Console().print(told(written), soft_wrap=True, highlight=False)


def checked(output: Path | None) -> Path | None:
    """Return a page's file.

    Raises:
        UsageError: its name is that of something else.
    """
    if output is not None and output.suffix.lower() not in (".html", ".htm"):
        raise UsageError("pages are HTML files", where="-o", expected="a name ending in .html", found=str(output))
    return output


def told(written: Path) -> str:
    """Return where a page is, in a line."""
    return f"page      {written} ({written.stat().st_size / MB:.1f} MB)"
