"""What the scene is made of."""

import numpy as np

from contracts.geometry import Pose
from contracts.seeds import stream
from twin.pose_rows import rows_of
from twin.props import matrices, matrix


def test_many_poses_at_once_are_what_each_is_alone() -> None:
    draw = stream(3, "poses")
    turns = draw.normal(size=(200, 4))
    turns /= np.linalg.norm(turns, axis=1, keepdims=True)
    poses = [
        Pose(tuple(at), tuple(turn))
        for at, turn in zip(draw.normal(size=(200, 3)).tolist(), turns.tolist(), strict=True)
    ]
    assert np.array_equal(matrices(rows_of(poses)), np.array([matrix(pose) for pose in poses]))
