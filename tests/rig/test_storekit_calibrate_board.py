"""Board files, and boards drawn to print."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.errors import BadFile
from rig.cli.app import run_command
from rig.storekit.calibrate.board import Board, load_board
from rig.storekit.calibrate.detect import find_boards
from rig.storekit.calibrate.pictures import Picture
from rig.storekit.calibrate.printing import black_mm, print_board

KIND = "squares: [7, 5]\nsquare_m: 0.04\nmarker_m: 0.03\ndictionary: 4X4_50\n"
WALL = KIND + "boards:\n  wall: {at: [1, 2, 1.5], faces: [0, -1, 0]}\n"


def board_of(tmp_path: Path, text: str = WALL) -> Board:
    (tmp_path / "board.yaml").write_text(text)
    return load_board(tmp_path / "board.yaml")


def test_a_board_on_a_wall_is_read_as_one_stands_before_it(tmp_path: Path) -> None:
    (wall,) = board_of(tmp_path).copies
    assert wall.pose is not None
    # Who looks along +y has +x on the right; y of the board runs down, z into the wall.
    assert np.allclose(wall.pose.rotation, [[1, 0, 0], [0, 0, 1], [0, -1, 0]], atol=1e-12)
    assert wall.pose.position == (1, 2, 1.5)


def test_a_board_on_the_floor_has_plus_y_up(tmp_path: Path) -> None:
    (floor,) = board_of(tmp_path, KIND + "boards: {floor: {at: [0, 0, 0], faces: [0, 0, 1]}}\n").copies
    assert floor.pose is not None
    assert np.allclose(floor.pose.rotation, np.diag([1, -1, -1]), atol=1e-12)


def test_surveyed_corners_say_the_same_as_a_place_and_a_direction(tmp_path: Path) -> None:
    corners = "[[0.86, 2, 1.6], [1.14, 2, 1.6], [1.14, 2.002, 1.4], [0.86, 2, 1.4]]"
    (given,) = board_of(tmp_path, KIND + f"boards: {{wall: {{corners: {corners}}}}}\n").copies
    (wall,) = board_of(tmp_path).copies
    assert given.pose is not None
    assert wall.pose is not None
    assert np.allclose(given.pose.position, wall.pose.position, atol=1e-3)
    assert np.allclose(given.pose.rotation, wall.pose.rotation, atol=0.01)
    assert np.allclose(given.pose.rotation.T @ given.pose.rotation, np.eye(3), atol=1e-9)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (WALL.replace("4X4_50", "4X5_50"), "no dictionary of that name"),
        (WALL.replace("marker_m: 0.03", "marker_m: 0.05"), "less than `square_m`"),
        (WALL.replace("squares", "sqares"), "unknown key"),
        (WALL.replace("faces: [0, -1, 0]", "first_marker: 40, faces: [0, -1, 0]"), "too few markers"),
        (WALL.replace(", faces: [0, -1, 0]", ""), "`faces` a direction"),
        (WALL.replace("faces: [0, -1, 0]", "faces: [0, -1, 0], top: [0, 1, 0]"), "one direction"),
        (KIND + "boards: {a: {corners: [[0, 0, 1], [1, 0, 1], [1, 0, 0], [0, 0, 0]]}}\n", "not those of this board"),
    ],
)
def test_files_that_say_something_impossible_are_refused_with_a_line(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=why) as raised:
        board_of(tmp_path, text)
    assert raised.value.line > 0 or raised.value.also


def test_what_is_drawn_is_what_opencv_draws(tmp_path: Path) -> None:
    board = board_of(tmp_path, WALL.replace("boards:\n  wall: {", "boards:\n  wall: {first_marker: 5, "))
    theirs = board.pattern(board.copies[0]).generateImage((280 * 6, 200 * 6), marginSize=0)
    ours = np.full(theirs.shape, 255, np.uint8)
    for x, y, width, height in black_mm(board, board.copies[0]):
        rows, columns = (slice(round(6 * a), round(6 * (a + n))) for a, n in ((y, height), (x, width)))
        ours[rows, columns] = 0
    # Edges may fall on neighbouring pixels.
    assert np.mean(ours != theirs) < 0.002


def test_a_printed_page_has_its_true_size_and_is_found_again(tmp_path: Path) -> None:
    board = board_of(tmp_path)
    (page,) = print_board(board, tmp_path / "page.png")
    image = cv2.imread(str(page))
    assert image.shape[1] / 150 * 25.4 == pytest.approx(7 * 40 + 30, abs=0.2)
    (view,) = find_boards(image, Picture(page, "c1", ""), board)
    assert len(view.corners) == 24
    width = np.linalg.norm(view.pixels[5] - view.pixels[0]) / 150 * 25.4
    assert width == pytest.approx(5 * 40, abs=0.05)


def test_the_command_prints_one_pdf_and_the_same_bytes_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board_of(tmp_path, WALL + "  held: {first_marker: 20}\n")
    arguments = ["store", "calibrate", "board", str(tmp_path / "board.yaml"), "-o"]
    assert run_command([*arguments, str(tmp_path / "a.pdf")]) == 0
    assert run_command([*arguments, str(tmp_path / "b.pdf")]) == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert run_command([*arguments, str(tmp_path / "c.png")]) == 0
    assert sorted(path.name for path in tmp_path.glob("c*.png")) == ["c-held.png", "c-wall.png"]
    assert run_command([*arguments, str(tmp_path / "d.svg")]) == 4
    assert ".pdf or .png" in capsys.readouterr().err


def test_lengths_in_millimetres_are_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board_of(tmp_path, WALL.replace("0.04", "40").replace("0.03", "30"))
    arguments = ["store", "calibrate", "board", str(tmp_path / "board.yaml"), "-o", str(tmp_path / "a.pdf")]
    assert run_command(arguments) == 4
    assert "lengths are in metres" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["board.yaml"]
