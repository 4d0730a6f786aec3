"""A booth: one rack of the corner shop, two of its shelves stocked, under three cameras; a run takes few seconds."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.rig.hunt.planting import ROOT

STOCKED = ("gondola-1/shelf-3", "gondola-1/shelf-4")


def write_booth(folder: Path) -> Path:
    """Write the booth's store file into a folder."""
    store = yaml.safe_load((ROOT / "fixtures/stores/corner-shop.yaml").read_text())
    store["gondolas"] = {"gondola-1": store["gondolas"]["gondola-1"]}
    store["planogram"] = {shelf: store["planogram"][shelf] for shelf in STOCKED}
    sold = {facing["product"] for facings in store["planogram"].values() for facing in facings}
    store["products"] = {key: value for key, value in store["products"].items() if key in sold}
    store["cameras"] = {key: store["cameras"][key] for key in ("c1", "c2", "c4")}
    path = folder / "booth.yaml"
    path.write_text(yaml.safe_dump(store))
    return path
