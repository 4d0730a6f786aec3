"""`rig devices new` for every kind of port: what is written passes its own test as it stands, under any name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rig.bench import read
from rig.cli.devices_new import SKELETONS, new_package

KINDS = ("camera", "gate", "palm", "scale", "scanner", "screen", "terminal")


def test_there_is_one_for_every_kind_of_port() -> None:
    assert tuple(sorted(path.name for path in SKELETONS.iterdir() if not path.name.startswith("_"))) == KINDS


@pytest.mark.slow  # a pytest of its own for each
@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_passes_its_own_test(kind: str, tmp_path: Path) -> None:
    new_package(kind, "a_thing", tmp_path)
    folder = tmp_path / "a_thing"
    assert not any("my_" in path.name or "my-" in path.read_text() for path in folder.iterdir())
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 skipped" in done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_its_bench_entry_is_right_but_for_the_driver_that_is_not_installed(kind: str, tmp_path: Path) -> None:
    new_package(kind, "a_thing", tmp_path)
    with pytest.raises(Exception, match="no driver is named") as found:
        read(tmp_path / "a_thing" / "bench.yaml")
    assert not getattr(found.value, "also", ())
