"""The JSON Schema of bench files knows what the reader knows."""

import json
import subprocess
import sys

from rig.bench.schema import bench_schema
from tests.rig.devices.lab import ENV


def test_the_schema_names_every_key_and_is_printed() -> None:
    schema = bench_schema()
    assert set(schema["properties"]) == {
        "about",
        "store",
        "tags",
        "listen",
        "lease",
        "tls",
        "labgrid",
        "devices",
        "exposed",
    }
    device = {"driver", "line", "options", "at", "recording", "by hand", "tags"}
    assert set(schema["$defs"]["DeviceForm"]["properties"]) == device
    assert schema["additionalProperties"] is False
    done = subprocess.run(
        [sys.executable, "-m", "rig.cli", "schema", "bench"], capture_output=True, text=True, check=True, env=ENV
    )
    assert json.loads(done.stdout) == schema


def test_every_bench_that_comes_along_can_be_read() -> None:
    from rig.bench import check_in_store, read
    from rig.paths import PACKAGE, find_store
    from twin.store import load_store

    files = sorted((PACKAGE.parent / "fixtures" / "benches").glob("*.yaml"))
    assert files
    for file in files:
        bench = read(file)
        assert bench.store
        check_in_store(bench, load_store(find_store(bench.store)).layout)
