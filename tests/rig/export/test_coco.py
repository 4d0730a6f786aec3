"""COCO: pycocotools reads it, and what it says is where the pictures show it."""

import contextlib
import io
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from pycocotools import mask as masks
from pycocotools.coco import COCO

from contracts.truth import MoveKind
from rig.export.joints import SEEN
from tests.rig.export.conftest import Export

# pycocotools is older than this rule of numpy.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def folder(exported: Export) -> Path:
    return exported("coco", "c1", "c4", every_ns=500_000_000)


@pytest.fixture(scope="module", params=["c1", "c4"])
def coco(folder: Path, request: pytest.FixtureRequest) -> COCO:
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(folder / "annotations" / f"{request.param}.json"))


def test_boxes_and_areas_are_those_of_the_masks(coco: COCO) -> None:
    marks = coco.loadAnns(coco.getAnnIds())
    assert len(marks) > 20
    for mark in marks:
        assert list(masks.toBbox(mark["segmentation"])) == mark["bbox"]
        assert masks.area(mark["segmentation"]) == mark["area"]


def test_pictures_and_depth_are_there_and_of_that_size(coco: COCO, folder: Path) -> None:
    for image in coco.loadImgs(coco.getImgIds()):
        size = (image["height"], image["width"])
        assert cv2.imread(str(folder / image["file_name"])).shape[:2] == size
        depth = cv2.imread(str(folder / image["depth_file"]), cv2.IMREAD_UNCHANGED)
        assert (depth.shape, depth.dtype) == (size, np.uint16)


def test_what_is_masked_as_somebody_is_nearer_than_what_was_there_before(coco: COCO, folder: Path) -> None:
    """The recorded depth knows nothing of labels: it says whether masks lie where bodies are."""
    images = coco.loadImgs(coco.getImgIds())
    read = {i["id"]: cv2.imread(str(folder / i["depth_file"]), cv2.IMREAD_UNCHANGED).astype(int) for i in images}
    empty = np.median(list(read.values()), axis=0)
    nearer, people = 0, coco.loadAnns(coco.getAnnIds(catIds=[1]))
    for mark in people:
        inside = coco.annToMask(mark).astype(bool) & (read[mark["image_id"]] > 0)
        nearer += float(np.mean((empty - read[mark["image_id"]])[inside] > 50)) > 0.8 if inside.any() else 1
    assert len(people) > 10
    assert nearer >= 0.9 * len(people)


def test_joints_that_are_seen_lie_in_the_mask(coco: COCO) -> None:
    seen = 0
    for mark in coco.loadAnns(coco.getAnnIds(catIds=[1])):
        mask, points = coco.annToMask(mark), np.array(mark["keypoints"]).reshape(-1, 3)
        assert mark["num_keypoints"] == (points[:, 2] > 0).sum()
        for x, y, how in points:
            if how == SEEN:
                assert mask[int(y), int(x)]
                seen += 1
    assert seen > 100
    (person,) = coco.loadCats(1)
    assert len(person["keypoints"]) == 16
    assert {end for bone in person["skeleton"] for end in bone} == set(range(1, 17))


def test_one_name_has_one_number_in_all_cameras(folder: Path) -> None:
    told = [json.loads(path.read_text()) for path in sorted((folder / "annotations").iterdir())]
    marks = [mark for each in told for mark in each["annotations"]]
    pairs = {(mark["name"], mark["track_id"]) for mark in marks}
    assert len(pairs) == len({name for name, _ in pairs}) == len({number for _, number in pairs})
    assert {"ana", "ben"} <= {name for name, _ in pairs}
    assert len({mark["id"] for mark in marks}) == len(marks)


def test_events_tell_the_take(folder: Path) -> None:
    events = json.loads((folder / "events.json").read_text())
    takes = [e for e in events if e["kind"] == MoveKind.TAKE and e["shopper"] == "ben"]
    assert [e["product"] for e in takes] == ["brume-green-500"]
    assert {e["direction"] for e in events if e["kind"] == "passage"} == {"in", "out"}
    assert [e["t_s"] for e in events] == sorted(e["t_s"] for e in events)
