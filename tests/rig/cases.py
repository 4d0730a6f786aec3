"""A small made-up case of the AutoCheckout format, written to a directory."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contracts.seeds import stream

UNUSED_G = 6067.416
COLA, BAR = "012000000001", "012000000002"
PLATE_M = 0.1016


def grams(messages: int = 10, shelves: int = 2, plates: int = 3, spare: int = 1, seed: int = 1) -> NDArray[np.float32]:
    """(messages, 12, shelves + 1, plates + spare + 1) samples; the spare inputs hold one number."""
    rng = stream(seed, "case")
    out = np.full((messages, 12, shelves + 1, plates + spare + 1), np.nan, np.float32)
    out[..., 1:, 1:] = 500 + rng.normal(0, 1, out[..., 1:, 1:].shape)
    out[..., 1:, plates + 1 :] = UNUSED_G
    return out


def plate_message(block: NDArray[np.float32], index: int, gondola: int = 1, seconds: float = 0.0) -> dict[str, Any]:
    """The message of one block of 12 samples; it leaves 0.1 s after its last sample."""
    micros = 183_333 + 200_000 * index + round(seconds * 1e6)
    return {
        "timestamp": 1_587_532_000 + (micros + 100_000) / 1e6,
        "document": {
            "header": {"t_origin": f"2020-04-22T05:06:{40 + micros // 1_000_000:02d}.{micros % 1_000_000:06d}Z"},
            "plate_data": {
                "plate_id": {"shelf_id": {"gondola_id": {"id": gondola}}},
                "freq_samp": 60.0,
                "values": {
                    "data": base64.b64encode(block.astype("<f4").tobytes()).decode(),
                    "shape": list(block.shape),
                    "type": "DATATYPE_FLOAT32",
                },
            },
        },
    }


def target_message(seconds: float, *targets: dict[str, Any]) -> dict[str, Any]:
    """What the body tracker saw; without targets it leaves the list out."""
    micros = round(seconds * 1e6)
    return {
        "timestamp": 1_587_532_000 + micros / 1e6,
        "document": {
            "header": {"t_origin": f"2020-04-22T05:06:{40 + micros // 1_000_000:02d}.{micros % 1_000_000:06d}Z"},
            "targets": {"targets": list(targets)} if targets else {},
        },
    }


def joint(x: float, y: float, z: float, score: float = 0.9) -> dict[str, Any]:
    """A joint in inches; zeros are left out, as protobuf does."""
    point = {name: value for name, value in (("x", x), ("y", y), ("z", z)) if value}
    return {"point": point, "score": score}


def facing(product: str, shelf: int, plates: list[int], *, gondola: int = 1, floor_m: float = 0.0) -> dict[str, Any]:
    """A facing on a rack whose front is the world's x axis, its left end at the origin, shelves 0.4 m apart."""
    x, width = (plates[0] - 1) * PLATE_M, len(plates) * PLATE_M
    at = {"translation": {"x": x, "z": floor_m + 0.4 * shelf}, "rotation": {}}
    size = {"dim_x": width, "dim_y": 0.4064, "dim_z": 0.3}
    return {
        "plate_ids": [
            {"shelf_id": {"gondola_id": {"id": gondola}, "shelf_index": shelf}, "plate_index": p} for p in plates
        ],
        "planogram_product_id": {"barcode_type": "UPC", "id": product} if product else {},
        "coordinates": {"transform": {"translation": {"x": x}, "rotation": {}}, **size},
        "global_coordinates": {"transform": at, **size},
    }


def product(barcode: str, name: str, weight: float | None, price: int | None = 2) -> dict[str, Any]:
    metadata = {"name": name, "price": price, "weight": weight}
    return {
        "product_id": {"barcode_type": "UPC", "id": barcode},
        "metadata": {key: value for key, value in metadata.items() if value is not None},
    }


def write_lines(file: Path, documents: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(document) + "\n" for document in documents))


def write_case(
    directory: Path, samples: NDArray[np.float32] | None = None, targets: list[dict[str, Any]] | None = None
) -> Path:
    """Write a case of one gondola with two shelves of three plates."""
    samples = grams() if samples is None else samples
    person = {"target_id": {"id": "77"}, "head": joint(10, -20, 66), "r_wrist": joint(4, 2, 24), "neck": {"point": {}}}
    if targets is None:
        targets = [target_message(0.05 + 0.1 * i, person) for i in range(18)] + [target_message(1.9)]
    directory.mkdir(exist_ok=True)
    write_lines(directory / "plate_data.json", [plate_message(block, i) for i, block in enumerate(samples)])
    write_lines(directory / "full_targets.json", targets)
    write_lines(directory / "planogram.json", [facing(COLA, 1, [1, 2]), facing(BAR, 2, [3]), facing("", 2, [1, 2])])
    write_lines(
        directory / "products.json",
        [product(COLA, "Cola", 355.5), product(BAR, "Bar", None), product(BAR, "Bar", 50.25), product("9", "x", 1.0)],
    )
    return directory
