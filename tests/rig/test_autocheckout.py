from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.errors import BadFile
from contracts.records import Bodies, Weights
from rig.autocheckout import Case, read_case
from tests.rig.cases import (
    BAR,
    COLA,
    PLATE_M,
    UNUSED_G,
    facing,
    grams,
    joint,
    plate_message,
    product,
    target_message,
    write_case,
    write_lines,
)

FILES = ("plate_data.json", "full_targets.json", "planogram.json", "products.json")


def case_of(directory: Path) -> Case:
    return read_case(directory, surveys=())


def edit(file: Path, line: int, change: dict[str, Any]) -> None:
    """Replace what stands at dotted keys of one document."""
    documents = [json.loads(text) for text in file.read_text().splitlines()]
    for keys, value in change.items():
        *path, last = keys.split(".")
        at = documents[line - 1]
        for key in path:
            at = at[key]
        at[last] = value
    write_lines(file, documents)


def test_the_layout_has_the_plates_that_report(tmp_path: Path) -> None:
    layout = case_of(write_case(tmp_path / "case")).layout
    (gondola,) = layout.gondolas
    assert [plate.id for plate in gondola.plates] == [
        f"gondola-1/shelf-{s}/plate-{p}" for s in (1, 2) for p in (1, 2, 3)
    ]
    assert (gondola.sample_rate_hz, gondola.block) == (60.0, 12)
    assert layout.gates == ()
    assert layout.body_trackers == ("tracker",)


def test_geometry_follows_the_planogram(tmp_path: Path) -> None:
    layout = case_of(write_case(tmp_path / "case")).layout
    assert layout.plate["gondola-1/shelf-2/plate-3"].pose.position == pytest.approx((2.5 * PLATE_M, 0.2032, 0.8))
    assert layout.plate["gondola-1/shelf-1/plate-1"].width_m == pytest.approx(PLATE_M)
    assert layout.gondola["gondola-1"].pose.position == pytest.approx((1.5 * PLATE_M, 0, 0))
    assert layout.shelf["gondola-1/shelf-1"].clearance_m == pytest.approx(0.3)


def test_a_turned_rack_stands_as_its_planogram_says(tmp_path: Path) -> None:
    directory = write_case(tmp_path / "case")
    turned = facing(COLA, 1, [2, 3])
    turned["global_coordinates"]["transform"] = {
        "translation": {"x": 4.0, "y": -PLATE_M, "z": 0.4},
        "rotation": {"z": -math.pi / 2},
    }
    write_lines(directory / "planogram.json", [turned])
    layout = case_of(directory).layout
    # Seen from the front its left end is at y = 0; it runs towards -y and its shelves go towards +x.
    assert layout.plate["gondola-1/shelf-1/plate-1"].pose.position == pytest.approx(
        (4.2032, -PLATE_M / 2, 0.4), abs=1e-6
    )


def test_products_are_those_of_the_planogram_by_barcode(tmp_path: Path) -> None:
    layout = case_of(write_case(tmp_path / "case")).layout
    assert [(p.id, p.gtin, p.mass_g, p.price_minor) for p in layout.products] == [
        (COLA, COLA, 355.5, 200),
        (BAR, BAR, 50.25, 200),
    ]


def test_facings_lie_on_their_plates(tmp_path: Path) -> None:
    cola, bar = case_of(write_case(tmp_path / "case")).layout.planogram
    assert cola.plates == ("gondola-1/shelf-1/plate-1", "gondola-1/shelf-1/plate-2")
    assert (cola.x_m, cola.width_m) == pytest.approx((-PLATE_M / 2, 2 * PLATE_M))
    assert (bar.product, bar.shelf) == (BAR, "gondola-1/shelf-2")


def test_records_come_in_order_with_bench_times(tmp_path: Path) -> None:
    records = list(case_of(write_case(tmp_path / "case")).records())
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert [record.t_ns for record in records] == sorted(record.t_ns for record in records)
    weights = [record for record in records if isinstance(record, Weights)]
    assert min(record.started_ns for record in weights) == 0 or weights[0].started_ns < 20_000
    starts = np.diff([record.started_ns for record in weights])
    assert set(starts.tolist()) == {200_000_000}
    assert all(record.t_ns >= record.started_ns + 12 * record.period_ns for record in weights)


def test_times_are_exact(tmp_path: Path) -> None:
    directory = write_case(tmp_path / "case")
    edit(directory / "full_targets.json", 1, {"timestamp": 1587532000.050001})
    text = (directory / "full_targets.json").read_text().replace("1587532000.050001", "1.587532000050000123E+09", 1)
    (directory / "full_targets.json").write_text(text)
    case = case_of(directory)
    first = next(record for record in case.records() if isinstance(record, Bodies))
    assert first.t_ns + case.origin_ns == 1_587_532_000_050_000_123


def test_samples_are_carried_over_bit_by_bit(tmp_path: Path) -> None:
    samples = grams()
    case = case_of(write_case(tmp_path / "case", samples))
    got = np.concatenate([record.grams for record in case.records() if isinstance(record, Weights)])
    wanted = samples[:, :, 1:, 1:4].reshape(-1, 6)
    assert got.dtype == np.float32
    assert got.tobytes() == wanted.tobytes()


@pytest.mark.parametrize("value", [UNUSED_G, math.nan, math.inf, 0.0])
def test_an_input_that_never_moves_is_left_out(tmp_path: Path, value: float) -> None:
    samples = grams()
    samples[..., 2, 1] = value
    layout = case_of(write_case(tmp_path / "case", samples)).layout
    assert len(layout.plate) == 5
    assert "gondola-1/shelf-2/plate-1" not in layout.plate


def test_an_input_beyond_the_shelf_is_left_out_although_it_moves(tmp_path: Path) -> None:
    samples = grams()
    samples[5:, :, 1, 4] += 0.25
    assert "gondola-1/shelf-1/plate-4" not in case_of(write_case(tmp_path / "case", samples)).layout.plate


def test_a_plate_that_is_silent_for_a_while_stays(tmp_path: Path) -> None:
    samples = grams()
    samples[3:7, :, 1, 2] = np.nan
    case = case_of(write_case(tmp_path / "case", samples))
    got = np.concatenate([record.grams for record in case.records() if isinstance(record, Weights)])
    assert np.isnan(got[:, 1]).sum() == 48


def test_a_facing_on_silent_plates_keeps_its_place(tmp_path: Path) -> None:
    samples = grams()
    samples[..., 1, 1] = UNUSED_G
    cola = case_of(write_case(tmp_path / "case", samples)).layout.planogram[0]
    assert cola.plates == ("gondola-1/shelf-1/plate-2",)
    assert cola.width_m == pytest.approx(2 * PLATE_M)


def test_joints_are_metres_under_our_names(tmp_path: Path) -> None:
    case = case_of(write_case(tmp_path / "case"))
    first = next(record for record in case.records() if isinstance(record, Bodies))
    (body,) = first.bodies
    assert body.target == "77"
    assert {j.name: j.position for j in body.joints} == {
        "head": pytest.approx((0.254, -0.508, 1.6764)),
        "right_wrist": pytest.approx((0.1016, 0.0508, 0.6096)),
    }


def test_a_coordinate_that_is_left_out_is_zero(tmp_path: Path) -> None:
    targets = [target_message(0.1, {"target_id": {"id": "5"}, "head": joint(0, -20, 66)})]
    case = case_of(write_case(tmp_path / "case", targets=targets))
    (record,) = (record for record in case.records() if isinstance(record, Bodies))
    assert record.bodies[0].joints[0].position == pytest.approx((0, -0.508, 1.6764))


def test_hands_are_named_after_the_nearer_wrist(tmp_path: Path) -> None:
    person = {
        "target_id": {"id": "5"},
        "l_wrist": joint(0.1, 0.1, 40),
        "r_wrist": joint(30, 0.1, 40),
        "hands": [joint(33, 0.1, 40), joint(3, 0.1, 40)],
    }
    case = case_of(write_case(tmp_path / "case", targets=[target_message(0.1, person)]))
    (record,) = (record for record in case.records() if isinstance(record, Bodies))
    hands = {j.name: round(j.position[0] / 0.0254) for j in record.bodies[0].joints if j.name.endswith("hand")}
    assert hands == {"left_hand": 3, "right_hand": 33}


def test_a_moment_without_anybody_is_a_record_without_bodies(tmp_path: Path) -> None:
    records = [r for r in case_of(write_case(tmp_path / "case")).records() if isinstance(r, Bodies)]
    assert len(records) == 19
    assert records[-1].bodies == ()


def test_a_surveyed_store_gives_the_geometry_where_the_planogram_agrees(tmp_path: Path) -> None:
    directory = write_case(tmp_path / "case")
    survey = case_of(directory).layout
    write_lines(directory / "planogram.json", [facing(COLA, 1, [1, 2], floor_m=0.14), facing(BAR, 2, [3])])
    near = read_case(directory, surveys=[survey]).layout
    assert near.name == "autocheckout-log-log"
    assert near.plate == survey.plate
    write_lines(directory / "planogram.json", [facing(COLA, 1, [1, 2], floor_m=0.5), facing(BAR, 2, [3])])
    far = read_case(directory, surveys=[survey]).layout
    assert far.plate["gondola-1/shelf-1/plate-1"].pose.position[2] == pytest.approx(0.9)


# --- what is wrong is said, with its place -------------------------------------------------------


def complaint(directory: Path) -> BadFile:
    with pytest.raises(BadFile) as caught:
        case_of(directory)
    assert caught.value.expected
    assert caught.value.found
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    directory = write_case(tmp_path / "case")
    (directory / name).unlink()
    assert complaint(directory).file == directory / name


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_is_named(tmp_path: Path, name: str) -> None:
    directory = write_case(tmp_path / "case")
    (directory / name).write_text("")
    assert complaint(directory).file == directory / name


def test_no_directory_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"plate_data\.json"):
        case_of(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "line", "change", "says"),
    [
        ("plate_data.json", 3, {"document.plate_data.values.type": "DATATYPE_INT8"}, "DATATYPE_FLOAT32"),
        ("plate_data.json", 3, {"document.plate_data.values.data": "AAAA"}, "720 bytes"),
        ("plate_data.json", 3, {"document.plate_data.values.data": "%%"}, "base64"),
        ("plate_data.json", 3, {"document.plate_data.values.shape": [12, 3]}, "samples"),
        ("plate_data.json", 3, {"document.plate_data.values.shape": [12, 5, 3]}, "gondola 1 unlike"),
        ("plate_data.json", 3, {"document.plate_data.freq_samp": 0}, "hertz"),
        ("plate_data.json", 3, {"document.plate_data.freq_samp": 50.0}, "as on line 1"),
        ("plate_data.json", 3, {"document.header.t_origin": "yesterday"}, "YYYY-MM-DD"),
        ("plate_data.json", 3, {"document.header.t_origin": "2020-13-45T05:06:40Z"}, "YYYY-MM-DD"),
        ("plate_data.json", 3, {"timestamp": "soon"}, "seconds since 1970"),
        ("plate_data.json", 3, {"document": 7}, "JSON object"),
        ("full_targets.json", 2, {"document.targets.targets": 3}, "a list of targets"),
        ("full_targets.json", 2, {"document.targets.targets": [{"head": {}}]}, "target_id.id"),
        (
            "full_targets.json",
            2,
            {"document.targets.targets": [{"target_id": {"id": "1"}, "head": {"point": {"x": "a"}}}]},
            "a number",
        ),
        ("plate_data.json", 3, {"timestamp": 10**300}, "1970"),
        ("planogram.json", 1, {"plate_ids": []}, "one gondola and shelf"),
        ("planogram.json", 1, {"plate_ids": facing(COLA, 1, [10**9])["plate_ids"]}, "1..1000"),
        ("planogram.json", 1, {"plate_ids": facing(COLA, 0, [1])["plate_ids"]}, "1..1000"),
        ("planogram.json", 1, {"global_coordinates.dim_x": 0}, "above 0"),
        ("planogram.json", 1, {"planogram_product_id.id": "404"}, "products.json"),
        ("products.json", 2, {"product_id": {}}, "product_id.id"),
        ("products.json", 1, {"metadata.weight": -5}, "below 0"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(
    tmp_path: Path, name: str, line: int, change: dict[str, Any], says: str
) -> None:
    directory = write_case(tmp_path / "case")
    edit(directory / name, line, change)
    error = complaint(directory)
    assert (error.file, error.line) == (directory / name, line)
    assert says in str(error)


def test_a_facing_over_two_shelves_is_refused(tmp_path: Path) -> None:
    directory = write_case(tmp_path / "case")
    wrong = facing(COLA, 1, [1])
    wrong["plate_ids"] += facing(COLA, 2, [1])["plate_ids"]
    write_lines(directory / "planogram.json", [wrong])
    assert complaint(directory).line == 1


def test_plates_of_an_unknown_gondola_are_refused(tmp_path: Path) -> None:
    directory = write_case(tmp_path / "case")
    messages = [plate_message(block, i, gondola=3) for i, block in enumerate(grams(3))]
    write_lines(directory / "plate_data.json", messages)
    assert "gondola-3" in str(complaint(directory))


def test_a_product_listed_twice_keeps_its_weight(tmp_path: Path) -> None:
    directory = write_case(tmp_path / "case")
    write_lines(
        directory / "products.json", [product(COLA, "Cola", 355.5), product(COLA, "Cola", None), product(BAR, "Bar", 9)]
    )
    assert case_of(directory).layout.product[COLA].mass_g == 355.5


def test_a_second_is_a_second() -> None:
    assert SECOND == 10**9
