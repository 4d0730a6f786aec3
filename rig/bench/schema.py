"""The JSON Schema of bench files, for editors."""

from __future__ import annotations

from typing import Any

from rig.bench.form import BenchForm
from rig.scenario.schema import URL


def bench_schema() -> dict[str, Any]:
    """Return the schema of a bench file; drivers and their options are those of each installation, and not in it."""
    return {"$schema": URL, "title": "Walkout Rig bench", **BenchForm.model_json_schema(by_alias=True)}
