"""The JSON Schema of scenario files, for editors."""

from __future__ import annotations

from typing import Any

from rig.scenario.form import ScenarioForm

URL = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """Return the schema of a scenario file; keys are in the order of the models, so it is the same every time."""
    return {"$schema": URL, "title": "Walkout Rig scenario", **ScenarioForm.model_json_schema(by_alias=True)}
