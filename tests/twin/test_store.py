import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import BadFile
from contracts.layout import CameraInfo, GateKind, Layout
from twin.barcode import ean13
from twin.floor import Floor, standing_spot, unreachable
from twin.stock import slots
from twin.store import Store, load_store
from twin.store_model import StoreFile

STORES = Path(__file__).parents[2] / "fixtures" / "stores"
SMALL = """\
about: A test
bounds_m: [-2, -2, 3, 1]
inside_m: [0, -2, 3, 1]
gondolas:
  gondola-1:
    at: [1.5, 0.4]
    width_m: 1.2
    depth_m: 0.44
    height_m: 1.5
    shelves:
      - {z_m: 0.3, clearance_m: 0.3, depth_m: 0.4, plates: 6}
      - {z_m: 0.7, clearance_m: 0.3, depth_m: 0.3, plates: [0.5, 0.6]}
products:
  fiji-500: {gtin: "632565000012", name: Fiji, mass_g: 538, size_m: [0.065, 0.065, 0.207], price_minor: 199}
  pepsi: {gtin: "012000001307", name: Pepsi, mass_g: 381, size_m: [0.066, 0.066, 0.12], price_minor: 99, shape: can}
planogram:
  gondola-1/shelf-1:
    - {product: fiji-500, plates: "1-2", stock: 5}
    - {product: pepsi, plates: 4, stock: 2}
cameras:
  c1: {at: [1, 0, 3], looks_at: [1, 0, 0], size_px: [320, 240], vertical_fov_deg: 90, depth: true}
gates:
  gate-in: {at: [0, -1], width_m: 0.65, entry: true, scanner: scanner-in}
  gate-out: {at: [0, -1.7], width_m: 0.65, kind: beam, exit: true}
walls:
  - {from: [0, 1], to: [3, 1]}
"""


def small(tmp_path: Path, old: str = "", new: str = "") -> Store:
    path = tmp_path / "small.yaml"
    assert old in SMALL
    path.write_text(SMALL.replace(old, new, 1) if old else SMALL)
    return load_store(path)


@pytest.fixture(scope="module")
def nanostore() -> Store:
    return load_store(STORES / "nanostore.yaml")


@pytest.fixture(scope="module")
def corner_shop() -> Store:
    return load_store(STORES / "corner-shop.yaml")


@pytest.fixture(scope="module", params=sorted(STORES.glob("*.yaml")), ids=lambda path: path.stem)
def store(request: pytest.FixtureRequest) -> Store:
    return load_store(request.param)


# --- geometry ------------------------------------------------------------------------------------


def test_shelves_and_plates_stand_where_the_file_says(tmp_path: Path) -> None:
    layout = small(tmp_path).layout
    assert layout.name == "small"
    low, high = layout.gondolas[0].shelves
    np.testing.assert_allclose(low.pose.position, (1.5, 0.6, 0.3))
    np.testing.assert_allclose(high.pose.position, (1.5, 0.65, 0.7))  # shallower, so its front stands back
    np.testing.assert_allclose([plate.pose.position[0] for plate in low.plates], np.arange(1.0, 2.1, 0.2))
    assert low.plates[5].id == "gondola-1/shelf-1/plate-6"
    assert [plate.width_m for plate in high.plates] == [0.5, 0.6]
    np.testing.assert_allclose(high.plates[1].pose.position[0], 0.9 + 0.5 + 0.3)


def test_a_shelf_of_a_camera_only_store_has_no_plates(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SMALL.replace("plates: [0.5, 0.6]", "plates: 0"))
    shelf = load_store(tmp_path / "s.yaml").layout.shelf["gondola-1/shelf-2"]
    assert shelf.plates == ()


def test_a_facing_spans_its_plates(tmp_path: Path) -> None:
    facing = small(tmp_path).layout.planogram[0]
    assert facing.plates == ("gondola-1/shelf-1/plate-1", "gondola-1/shelf-1/plate-2")
    assert (facing.x_m, facing.width_m) == (-0.4, 0.4)


def test_a_turned_rack_faces_the_other_way(tmp_path: Path) -> None:
    layout = small(tmp_path, "at: [1.5, 0.4]", "at: [1.5, -0.2]\n    yaw_deg: 180").layout
    np.testing.assert_allclose(layout.shelf["gondola-1/shelf-1"].pose.position, (1.5, -0.4, 0.3))
    assert layout.plate["gondola-1/shelf-1/plate-1"].pose.position[0] > 1.5


def test_a_camera_that_looks_down_has_north_at_the_top(tmp_path: Path) -> None:
    camera = small(tmp_path).layout.cameras[0]
    assert (camera.fx, camera.fy, camera.cx, camera.cy) == pytest.approx((120, 120, 160, 120))
    assert pixel(camera, (2.0, 1.0, 0.0)) == pytest.approx((200, 80))


def test_a_camera_that_looks_ahead_has_the_ceiling_at_the_top(tmp_path: Path) -> None:
    camera = small(tmp_path, "looks_at: [1, 0, 0]", "looks_at: [2, 0, 3]").layout.cameras[0]
    assert pixel(camera, (2.0, -0.5, 3.5)) == pytest.approx((220, 60))


def pixel(camera: CameraInfo, point: tuple[float, float, float]) -> tuple[float, float] | None:
    x, y, z = camera.pose.unapply(point)
    return (camera.fx * x / z + camera.cx, camera.fy * y / z + camera.cy) if z > 0.1 else None


def sees(camera: CameraInfo, point: tuple[float, float, float]) -> bool:
    at = pixel(camera, point)
    return at is not None and 0 <= at[0] < camera.width and 0 <= at[1] < camera.height


def test_stock_stands_on_single_plates_front_row_first(tmp_path: Path) -> None:
    layout = small(tmp_path).layout
    shelf, facing = layout.gondolas[0].shelves[0], layout.planogram[0]
    places = slots(shelf, facing, layout.product["fiji-500"])
    assert len(places) == 4 * 5  # two on each of two plates, five behind one another
    edges = np.arange(-0.6, 0.7, 0.2)
    for x, y, _ in places:
        assert min(abs(edges - x)) > 0.0325
        assert abs(y) + 0.0325 <= 0.2
    assert [round(y, 3) for _, y, _ in places[:5]] == [-0.166] * 4 + [-0.097]


# --- the stores that we ship ---------------------------------------------------------------------


def test_counts_of_the_nanostore(nanostore: Store) -> None:
    layout = nanostore.layout
    assert (len(layout.gondolas), len(layout.shelf), len(layout.plate)) == (5, 30, 306)
    assert len(layout.planogram) == 113  # and one facing to which the survey assigns no product
    assert len({facing.product for facing in layout.planogram}) == 108
    assert len(layout.products) == 132
    assert sum(camera.colour for camera in layout.cameras) == 17
    assert sum(camera.depth for camera in layout.cameras) == 5
    assert 400 <= sum(facing.stock for facing in layout.planogram) <= 600


def test_the_bottle_of_the_public_log_is_where_it_was_taken(nanostore: Store) -> None:
    product = next(p for p in nanostore.layout.products if p.gtin == "071142008582")
    assert product.mass_g == pytest.approx(621.67, abs=0.05)
    [facing] = [f for f in nanostore.layout.planogram if f.product == product.id]
    assert facing.plates == ("gondola-1/shelf-5/plate-11", "gondola-1/shelf-5/plate-12")
    assert nanostore.layout.plate[facing.plates[0]].pose.position == pytest.approx((1.0922, 0.2889, 1.3748), abs=1e-4)


def test_the_nanostore_turns_its_last_rack(nanostore: Store) -> None:
    first = nanostore.layout.plate["gondola-5/shelf-1/plate-1"].pose.position
    assert first == pytest.approx((4.5085 + 0.2032, -0.3016 - 0.0508, 0.3302), abs=1e-3)


def test_every_imager_of_the_nanostore_is_calibrated(nanostore: Store) -> None:
    c3, c21 = nanostore.layout.camera["c3"], nanostore.layout.camera["c21-depth"]
    assert (c3.width, c3.height, len(c3.distortion)) == (640, 360, 5)
    assert c3.fx == pytest.approx(0.800367 * 640)
    assert pixel(c3, (3.6973, -3.1655, 0.0)) == pytest.approx((320, 180), abs=0.5)
    assert (c21.colour, c21.depth, c21.width, c21.height) == (False, True, 320, 180)
    assert pixel(c21, (0.5546, -1.2323, 0.0)) == pytest.approx((160, 90), abs=0.5)


def test_heads_in_the_nanostore_are_seen_behind_the_gate_and_before_every_rack(nanostore: Store) -> None:
    layout = nanostore.layout
    depth = [camera for camera in layout.cameras if camera.depth]
    x, y, _ = layout.gate["gate-in"].pose.apply((0.22, 0.0, 0.0))
    out = layout.gate["gate-out"].pose.apply((0.05, 0.0, 0.0))
    spots = [(x, y), (out[0], out[1]), *(standing_spot(layout, facing) for facing in layout.planogram)]
    unseen = [spot for spot in spots if not any(sees(camera, (*spot, 1.7)) for camera in depth)]
    assert unseen == []


def test_ceiling_cameras_of_the_corner_shop_see_every_head(corner_shop: Store) -> None:
    layout = corner_shop.layout
    x0, y0, x1, y1 = layout.inside_m
    floor = Floor.of(layout)
    grid = [(x, y) for x in np.arange(x0, x1, 0.15) for y in np.arange(y0, y1, 0.15) if floor.near(x, y, 0.05)]
    grid += [vec for gate in layout.gates for vec in [tuple(gate.pose.apply((-0.3, 0, 0))[:2])]]
    assert len(grid) > 500
    for height in (1.0, 1.9):
        assert [spot for spot in grid if not any(sees(camera, (*spot, height)) for camera in layout.cameras)] == []


def test_the_corner_shop_is_what_scenarios_need(corner_shop: Store) -> None:
    layout = corner_shop.layout
    assert len(layout.cameras) == 6
    assert 40 <= len(layout.products) <= 65
    assert 250 <= sum(facing.stock for facing in layout.planogram) <= 350
    assert all(product.gtin.startswith("2") and ean13(product.gtin) for product in layout.products)
    masses = [product.mass_g for product in layout.products]
    assert min(masses) <= 41
    assert max(masses) >= 2000
    assert {"aurel-500", "aurel-1500"} <= layout.product.keys()


def test_the_corner_shop_has_twins_by_weight_side_by_side(corner_shop: Store) -> None:
    layout, looks = corner_shop.layout, corner_shop.looks
    twins = [
        (left.product, right.product)
        for left, right in zip(layout.planogram, layout.planogram[1:], strict=False)
        if left.shelf == right.shelf
        and layout.product[left.product].mass_g == layout.product[right.product].mass_g
        and looks[left.product].colour != looks[right.product].colour
    ]
    assert ("aurel-500", "aurel-fizz-500") in twins
    assert len(twins) >= 5


def test_every_store_lets_people_in_and_out(store: Store) -> None:
    gates = store.layout.gates
    ways_in, ways_out = [gate for gate in gates if gate.entry], [gate for gate in gates if gate.exit]
    assert ways_in
    assert ways_out
    for way_in in ways_in:  # where goods are sold at tills, anybody may come in
        turnstile = way_in.kind is GateKind.TURNSTILE
        known = bool(way_in.scanner and (way_in.palm_reader or way_in.bio_reader) and way_in.screen)
        assert known == (turnstile or not store.layout.tills)
    assert store.layout.tills or {way_out.kind for way_out in ways_out} <= {GateKind.BEAM, GateKind.TURNSTILE}
    for gate in gates:
        assert inside(store.layout, *gate.pose.apply((0.6, 0, 0))[:2])
        assert not inside(store.layout, *gate.pose.apply((-0.2, 0, 0))[:2])


def inside(layout: Layout, x: float, y: float) -> bool:
    x0, y0, x1, y1 = layout.inside_m
    return bool(x0 <= x <= x1 and y0 <= y <= y1)


def test_every_facing_of_every_store_can_be_reached(store: Store) -> None:
    assert unreachable(store.layout) == ()


def test_every_product_that_is_stocked_fits(store: Store) -> None:
    for facing in store.layout.planogram:
        shelf, product = store.layout.shelf[facing.shelf], store.layout.product[facing.product]
        assert product.size_m[0] <= facing.width_m
        assert product.size_m[2] <= shelf.clearance_m - 0.039
        assert 1 <= facing.stock <= len(slots(shelf, facing, product))


def test_a_store_is_read_the_same_every_time(store: Store) -> None:
    again = load_store(store.path)
    assert repr(again.layout) == repr(store.layout)
    assert again.looks == store.looks


# --- what a file may not say ---------------------------------------------------------------------

WRONG = [
    ("plates: 6}", "plats: 6}", 11, "plats: unknown key", "did you mean 'plates'?"),
    ("gondola-1/shelf-1:", "gondola-1/shelf1:", 17, "there is no such shelf", "did you mean 'gondola-1/shelf-1'?"),
    ('plates: "1-2"', 'plates: "6-7"', 18, "gondola-1/shelf-1 has no such plates", "plates 1 to 6"),
    ('plates: "1-2"', 'plates: "2-1"', 18, "gondola-1/shelf-1 has no such plates", "2-1"),
    ('plates: "1-2"', "plates: first", 18, "plate number or a range", "'first'"),
    ("product: fiji-500", "product: fiji-50", 18, "unknown product", "did you mean 'fiji-500'?"),
    ('plates: "1-2"', 'plates: "2-4"', 19, "facings overlap", "'pepsi' and 'fiji-500'"),
    ("0.065, 0.207]", "0.065, 0.291]", 18, "'fiji-500' is too tall", "at most 0.28 m"),
    ("stock: 2", "stock: 99", 19, "no room for 'pepsi'", "at most 10 in this facing"),
    (
        "scanner: scanner-in",
        "scanner: gate-out",
        23,
        "two devices have one id",
        "'gate-out' is already at gates.gate-out",
    ),
    (", vertical_fov_deg: 90", "", 21, "a camera needs intrinsics", "focal_px"),
    ("[0, 1], to: [3, 1]", "[0, -0.2], to: [3, -0.2]", 18, "nobody can reach 'fiji-500'", "a wall"),
    ("exit: true", "entry: true", 22, "no gate is an exit", "exit: true"),
    ("inside_m: [0, -2, 3, 1]", "inside_m: [0, -3, 3, 1]", 3, "outside the store", "within bounds_m"),
    ("z_m: 0.7", "z_m: 0.5", 11, "the shelf is higher than its room", "at most 0.2 m"),
    ("[0.5, 0.6]", "[0.5, 0.8]", 12, "the plates are wider than the shelf", "1.3 m"),
    ("012000001307", "632565000012", 15, "two products have one barcode", "'fiji-500'"),
    ("mass_g: 538", "mass_g: -1", 14, "mass_g: wrong value", "greater than 0"),
]


@pytest.mark.parametrize(("old", "new", "line", "what", "more"), WRONG, ids=[case[3] for case in WRONG])
def test_complaints_name_line_and_remedy(tmp_path: Path, old: str, new: str, line: int, what: str, more: str) -> None:
    with pytest.raises(BadFile) as caught:
        small(tmp_path, old, new)
    said = str(caught.value)
    assert said.startswith(f"{tmp_path}/small.yaml:{line}: ")
    assert what in said.splitlines()[0]
    assert more in said


def test_all_complaints_come_at_once(tmp_path: Path) -> None:
    text = SMALL.replace("product: fiji-500", "product: fiji").replace("product: pepsi", "product: peps")
    path = tmp_path / "small.yaml"
    path.write_text(text)
    with pytest.raises(BadFile) as caught:
        load_store(path)
    assert re.findall(r"small\.yaml:(\d+)", str(caught.value)) == ["18", "19"]


def test_an_unknown_key_in_a_shipped_store_is_told_in_full(tmp_path: Path) -> None:
    path = tmp_path / "corner-shop.yaml"
    shutil.copy(STORES / "corner-shop.yaml", path)
    path.write_text(path.read_text().replace("clearance_m: 0.30", "clearence_m: 0.30", 1))
    with pytest.raises(BadFile) as caught:
        load_store(path)
    head = str(caught.value).replace(f"{tmp_path}/", "").splitlines()[:4]
    assert head == [
        "corner-shop.yaml:16: gondolas.gondola-1.shelves[0].clearence_m: unknown key",
        "  expected: one of z_m, clearance_m, depth_m, plates",
        "  found: 'clearence_m'",
        "  try: did you mean 'clearance_m'?",
    ]


def test_editors_get_a_schema_that_takes_what_people_write() -> None:
    schema = StoreFile.model_json_schema()
    plates = schema["$defs"]["FacingFile"]["properties"]["plates"]
    assert {option["type"] for option in plates["anyOf"]} == {"integer", "string"}
    assert schema["additionalProperties"] is False
