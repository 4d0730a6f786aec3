"""Looks at hands on disk, so that fitting anew does not render anew."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from rig.goods.collect import Sample, collect
from rig.goods.shops import shop
from rig.goods.visits import visit


def looks(seed: int, folder: Path) -> list[Sample]:
    """Return the looks of one shop, from a folder where they were kept, else played in the twin and kept."""
    kept = folder / f"looks-{seed}.json"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        store = folder / f"shop-{seed}.yaml"
        store.write_text(yaml.safe_dump(shop(seed), sort_keys=False), encoding="utf-8")
        write(collect(visit(store, seed), store), kept)
    return read(kept)


def write(samples: Iterable[Sample], path: Path) -> None:
    """Keep looks."""
    told = [{**asdict(s), "features": np.round(s.features, 6).tolist()} for s in samples]
    path.write_text(json.dumps(told), encoding="utf-8")


def read(path: Path) -> list[Sample]:
    """Read looks that were kept."""
    return [_sample(**told) for told in json.loads(path.read_text(encoding="utf-8"))]


def _sample(**told: Any) -> Sample:
    lists = {name: tuple(told[name]) for name in ("products", "shelf_mates")}
    return Sample(**{**told, **lists, "features": np.array(told["features"], np.float64)})
