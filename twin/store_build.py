"""From the store file to the layout that an installer knows."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np

from contracts.currency import in_minor
from contracts.geometry import Floats, Pose
from contracts.layout import CameraInfo, Facing, GateInfo, Gondola, Layout, Plate, Product, Shelf, Wall
from twin.store_camera import CameraFile, DepthKind
from twin.store_model import (
    PACK_TOLERANCE,
    FacingFile,
    GateFile,
    GondolaFile,
    ProductFile,
    ShelfFile,
    StoreFile,
)
from twin.store_till import promotion_of, tax_rates_of, till_of


def layout_of(name: str, file: StoreFile, gondolas: tuple[Gondola, ...]) -> Layout:
    """Return the layout of a store file whose planogram has been checked against its gondolas."""
    shelf = {shelf.id: shelf for gondola in gondolas for shelf in gondola.shelves}
    return Layout(
        name=name,
        bounds_m=file.bounds_m,
        inside_m=file.inside_m,
        gondolas=gondolas,
        products=tuple(product_of(id_, product) for id_, product in file.products.items()),
        planogram=tuple(facing_of(shelf[id_], facing) for id_, row in file.planogram.items() for facing in row),
        cameras=tuple(_camera(id_, camera) for id_, camera in file.cameras.items()),
        gates=tuple(_gate(id_, gate) for id_, gate in file.gates.items()),
        walls=tuple(Wall(wall.from_, wall.to, wall.height_m) for wall in file.walls),
        currency=file.currency,
        body_trackers=file.body_trackers,
        tills=tuple(till_of(id_, till) for id_, till in file.tills.items()),
        provider=file.payment.provider if file.payment else "",
        hold_minor=in_minor(file.payment.hold, file.currency) if file.payment and file.payment.hold else 0,
        promotions=tuple(promotion_of(id_, promotion, file.currency) for id_, promotion in file.promotions.items()),
        tax_rates=tax_rates_of(file.tax),
        tax_included=file.tax.included if file.tax else True,
    )


def gondola_of_file(id_: str, file: GondolaFile) -> Gondola:
    """Return a gondola with its shelves and plates where they stand in the world."""
    pose = _settled(Pose.at(*file.at, yaw=math.radians(file.yaw_deg)))
    shelves = tuple(_shelf(f"{id_}/shelf-{i}", pose, file, shelf) for i, shelf in enumerate(file.shelves, start=1))
    return Gondola(id_, pose, file.width_m, file.depth_m, file.height_m, shelves)


def _shelf(id_: str, gondola: Pose, rack: GondolaFile, file: ShelfFile) -> Shelf:
    """Return one board; shallow boards hang on the back panel, so their front edges stand back."""
    deepest = max(shelf.depth_m for shelf in rack.shelves)
    pose = _settled(gondola.then(Pose((0.0, deepest - file.depth_m / 2, file.z_m))))
    count = file.plates
    widths = (rack.width_m / max(count, 1),) * count if isinstance(count, int) else count
    rights = list(accumulate(widths, initial=-rack.width_m / 2))[1:]
    plates = tuple(
        Plate(
            f"{id_}/plate-{i}",
            _settled(pose.then(Pose((right - width / 2, 0.0, 0.0)))),
            width,
            file.depth_m,
            rack.capacity_g,
        )
        for i, (width, right) in enumerate(zip(widths, rights, strict=True), start=1)
    )
    return Shelf(id_, pose, rack.width_m, file.depth_m, file.clearance_m, plates)


def facing_of(shelf: Shelf, file: FacingFile) -> Facing:
    """Return a facing on its shelf; its plates must be there."""
    plates = [shelf.plates[number - 1] for number in file.span]
    if not plates:
        assert file.x_m is not None
        assert file.width_m is not None
        return Facing(file.product, shelf.id, (), file.x_m, file.width_m, file.stock)
    left = shelf.pose.unapply(plates[0].pose.position)[0] - plates[0].width_m / 2
    right = shelf.pose.unapply(plates[-1].pose.position)[0] + plates[-1].width_m / 2
    names = tuple(plate.id for plate in plates)
    return Facing(file.product, shelf.id, names, _round((left + right) / 2), _round(right - left), file.stock)


def product_of(id_: str, file: ProductFile) -> Product:
    """Return a product of the catalogue."""
    sd_g = round(PACK_TOLERANCE * file.mass_g, 3) if file.mass_sd_g is None else file.mass_sd_g
    return Product(id_, file.gtin, file.name, file.mass_g, sd_g, file.size_m, file.price_minor, file.tax_class)


def _gate(id_: str, file: GateFile) -> GateInfo:
    return GateInfo(
        id=id_,
        pose=_settled(Pose.at(*file.at, yaw=math.radians(file.yaw_deg))),
        width_m=file.width_m,
        kind=file.kind,
        entry=file.entry,
        exit=file.exit,
        scanner=file.scanner,
        palm_reader=file.palm_reader,
        screen=file.screen,
        bio_reader=file.bio_reader,
        bio_reads=file.bio_reads or "",
    )


def _camera(id_: str, file: CameraFile) -> CameraInfo:
    width, height = file.size_px
    if file.focal_px is None:
        assert file.vertical_fov_deg is not None
        focal = height / 2 / math.tan(math.radians(file.vertical_fov_deg) / 2)
        fx, fy = focal, focal
    else:
        fx, fy = file.focal_px
    cx, cy = file.centre_px or (width / 2, height / 2)
    return CameraInfo(
        id=id_,
        pose=_settled(_camera_pose(file)),
        width=width,
        height=height,
        fx=fx,
        fy=fy,
        cx=cx,
        cy=cy,
        distortion=file.distortion,
        colour=file.colour,
        depth=file.depth is not DepthKind.NONE,
        rate_hz=file.rate_hz,
        latency_ns=file.latency,
        distorted=file.distorted,
    )


def _camera_pose(file: CameraFile) -> Pose:
    """Return the pose of the optical frame: as surveyed, or aimed at a point."""
    if file.quaternion is not None:
        quaternion = np.asarray(file.quaternion) / np.linalg.norm(file.quaternion)
        x, y, z, w = quaternion.tolist()
        return Pose(file.at, (x, y, z, w))
    assert file.looks_at is not None
    matrix = np.eye(4)
    matrix[:3, :3] = _aimed(np.subtract(file.looks_at, file.at), file.picture_top)
    matrix[:3, 3] = file.at
    return Pose.from_matrix(matrix)


def _aimed(view: Floats, picture_top: tuple[float, float, float] | None) -> Floats:
    """Return the (3, 3) world-from-optical rotation that looks along view."""
    forward = view / np.linalg.norm(view)
    looks_down = abs(forward[2]) > 0.999
    top = np.asarray(picture_top or ((0.0, 1.0, 0.0) if looks_down else (0.0, 0.0, 1.0)))
    right = np.cross(forward, top)
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(forward, right), forward], axis=1)


def _settled(pose: Pose) -> Pose:
    """Round a pose to nanometres: matrix products differ in the last bit between processors."""
    x, y, z = map(_round, pose.position)
    qx, qy, qz, qw = map(_round, pose.quaternion)
    return Pose((x, y, z), (qx, qy, qz, qw))


def _round(value: float) -> float:
    return round(float(value), 9) + 0.0  # no negative zero
