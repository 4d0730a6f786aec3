"""A store read from its file: the layout that an installer knows, and how things look and err."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contracts.layout import Layout
from contracts.yamlfile import check_model, raise_all, read_document
from twin.imager import Imager, clocks_of, imagers_of
from twin.store_build import gondola_of_file, layout_of
from twin.store_check import check_planogram, check_racks, check_reach
from twin.store_clock import Clock
from twin.store_like import whole
from twin.store_model import Light, ProductFile, Shape, StoreFile
from twin.store_noise import CameraNoise, PlateNoise


@dataclass(frozen=True, slots=True)
class ProductLook:
    """How a product looks.

    Args:
        shape: form of the package.
        colour: main colour of the label, RGB 0..255.
    """

    shape: Shape
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Store:
    """A store as the twin simulates it.

    Args:
        path: the file that it was read from.
        layout: geometry, catalogue, planogram, devices.
        looks: how each product looks, by product id.
        plate_noise: how plates err.
        camera_noise: how cameras err.
        light: how it is lit; not yet for a file to say.
        perfect: whether the file says `noise: none`.
        imagers: how each camera delivers what it sees, by id.
        clocks: how the clocks of the weighing controllers err, by gondola.
    """

    path: Path
    layout: Layout
    looks: Mapping[str, ProductLook]
    plate_noise: PlateNoise = field(default_factory=PlateNoise)
    camera_noise: CameraNoise = field(default_factory=CameraNoise)
    light: Light = field(default_factory=Light)
    perfect: bool = False
    imagers: Mapping[str, Imager] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)


def load_store(path: Path) -> Store:
    """Read and check a store file; the store is named as the file.

    Raises:
        BadFile: for everything that is wrong with it, line by line.
    """
    document = whole(read_document(path))
    file = check_model(document, StoreFile)
    gondolas = tuple(gondola_of_file(id_, rack) for id_, rack in file.gondolas.items())
    raise_all([*check_racks(document, file), *check_planogram(document, file, gondolas)])
    layout = layout_of(path.stem, file, gondolas)
    raise_all(list(check_reach(document, layout)))
    looks = {id_: _look(product) for id_, product in file.products.items()}
    noise = file.noise
    return Store(
        path,
        layout,
        looks,
        noise.plates,
        noise.cameras,
        perfect=noise.perfect,
        imagers=imagers_of(file),
        clocks=clocks_of(file),
    )


def _look(product: ProductFile) -> ProductLook:
    red, green, blue = bytes.fromhex(product.colour[1:])
    return ProductLook(product.shape, (red, green, blue))
