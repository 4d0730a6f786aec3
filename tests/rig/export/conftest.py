"""A visit to the kiosk, recorded once, and its data sets."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rig.export.formats import export
from rig.export.wanted import Wanted
from rig.recording.reader import Recording
from tests.rig.kiosk import made, write_kiosk

Export = Callable[..., Path]


@pytest.fixture(scope="session")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write_kiosk(folder)
    return Path(shutil.copy(made(tmp_path_factory, "first").path("two"), folder / "two.mcap"))


@pytest.fixture(scope="session")
def exported(visit: Path, tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Make a data set of the cameras named, a frame a second."""

    def make(form: str, *cameras: str, every_ns: int = 10**9) -> Path:
        output = tmp_path_factory.mktemp("sets") / form
        assert export(Wanted(Recording(visit), cameras, every_ns), form, output) > 0
        return output

    return make
