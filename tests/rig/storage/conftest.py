"""A run of the kiosk to store, and stores to keep it in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.judge import Outcome, Verdict
from rig.recording.reader import Recording
from rig.run import RunResult
from tests.rig.kiosk import made


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored")
    path = Path(shutil.copy(made(tmp_path_factory, "first").path("look"), folder / "look.mcap"))
    for name in ("look-plan.png", "look.html", "look_twice-plan.png", "other.png"):
        (folder / name).write_bytes(name.encode())
    (folder / "look-2.mcap").write_bytes(b"another one")
    (folder / "look-2-plan.png").write_bytes(b"of another one")
    return path


@pytest.fixture(scope="session")
def result(recorded: Path) -> RunResult:
    layout = Recording(recorded).layout
    verdict = Verdict(outcome=Outcome.PASS)
    return RunResult(
        name="look", layout=layout, verdict=verdict, recording=recorded, digest="ab", simulated_ns=10**10, wall_s=2.0
    )


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def memory() -> Iterator[str]:
    fsspec = pytest.importorskip("fsspec", reason="stores behind URLs need the extra 'storage'")
    files = fsspec.filesystem("memory")
    yield "memory://lab/nights"
    files.store.clear()
    files.pseudo_dirs[:] = [""]


@pytest.fixture(params=["folder", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name of an empty store, of each kind."""
    if request.param == "memory":
        return str(request.getfixturevalue("memory"))
    return f"{'file://' if request.param == 'file' else ''}{tmp_path}/nights"
