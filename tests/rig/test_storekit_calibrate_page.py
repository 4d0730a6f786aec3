"""The page about calibration is typed in as it stands."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rig.paths import find_store
from rig.storekit.calibrate.board import load_board
from tests.docs.pages import DOCS, blocks
from tests.docs.reader import Reader
from tests.rig.depth_views import record
from tests.rig.hung_boards import hang, off, photograph
from twin.store import load_store
from twin.world import World

PAGE = DOCS / "calibration.md"


@pytest.mark.long
def test_what_the_page_says_can_be_typed_in(tmp_path: Path) -> None:
    store = load_store(find_store("nanostore"))
    (text,) = (block.text for block in blocks(PAGE) if block.said.get("file") == "board.yaml")
    (tmp_path / "board.yaml").write_text(text)
    board = load_board(tmp_path / "board.yaml")
    (tmp_path / "photos").mkdir()

    def pushed(id_: str):
        camera = store.layout.camera[id_]
        return replace(camera, pose=off(camera.pose, (0.03, -0.02, 0.01), (1, -2, 1)))

    with closing(World(store, seed=0, noise=False)) as world:
        record(tmp_path / "still.mcap", world.scene, store, [pushed("c22-depth")])
        for copy in board.copies:
            if copy.pose is not None:
                hang(world.scene, board, copy)
        (tmp_path / "photos" / "c26.jpg").write_bytes(photograph(world, store, pushed("c26"), bent=True))
    with Reader(tmp_path) as reader:
        reader.read(PAGE)
    assert load_store(tmp_path / "true.yaml").layout.camera["c26"].pose != store.layout.camera["c26"].pose
    assert (tmp_path / "found.png").is_file()
