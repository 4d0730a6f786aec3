"""How well the stack followed people: HOTA, CLEAR and identity scores of heads on the floor, by TrackEval.

Similarity of a true and a tracked head is 1 - d / 1 m; CLEAR and identity scores count a match up to 0.3 m.
Source: Luiten et al., "HOTA", IJCV 2021; the `trackeval` package is its reference implementation.
"""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np

from contracts.records import Tracks
from contracts.truth import TruePoses
from rig.judge.story import Story
from rig.judge.true_heads import TrueHeads

MATCH_M = 0.3


def score_tracking(story: Story) -> dict[str, Any]:
    """Return hota, mota, idf1, switches and head_error_cm; empty without truth or tracks.

    Only people on the sales floor count: that is what the stack is asked to follow.
    """
    frames = _frames(story)
    if not any(len(heads) for heads, _, _, _ in frames) or not any(len(tracks) for _, _, tracks, _ in frames):
        return {}
    data, errors = _trackeval_data(frames)
    scores = _evaluate(data)
    scores["head_error_cm"] = float(np.mean(errors) * 100) if errors else None
    return scores


def _frames(story: Story) -> list[tuple[Any, list[str], Any, list[str]]]:
    """Return heads, names, tracked heads and track ids of every capture that truth has something to say about.

    A capture is compared with where heads were at the time that the stack gives for it. Where cameras' clocks err the
    stack cannot know better, and is as wrong as people walk meanwhile: 1.4 cm for 10 ms.
    """
    truth = TrueHeads(story.all(TruePoses))
    x0, y0, x1, y1 = story.layout.inside_m
    frames = []
    for record in story.all(Tracks):
        people = truth.at(record.captured_ns)
        if people is None:
            continue
        inside = {n: h for n, h in people.items() if x0 <= h[0] <= x1 and y0 <= h[1] <= y1}
        # A track of somebody still in the lane is no false alarm.
        points = [t for t in record.tracks if x0 <= t.head[0] <= x1 and y0 <= t.head[1] <= y1]
        heads = np.array([inside[n][:2] for n in sorted(inside)]).reshape(-1, 2)
        tracked = np.array([t.head[:2] for t in points]).reshape(-1, 2)
        frames.append((heads, sorted(inside), tracked, [t.track for t in points]))
    return frames


def _trackeval_data(frames: list[tuple[Any, list[str], Any, list[str]]]) -> tuple[dict[str, Any], list[float]]:
    names = sorted({name for _, names, _, _ in frames for name in names})
    tracks = sorted({track for *_, ids in frames for track in ids})
    name_index = {name: i for i, name in enumerate(names)}
    track_index = {track: i for i, track in enumerate(tracks)}
    similarity: list[Any] = []
    errors: list[float] = []
    for heads, _, tracked, _ in frames:
        distance = np.linalg.norm(heads[:, None] - tracked[None], axis=2)
        similarity.append(np.clip(1 - distance, 0, 1))
        if distance.size:
            errors.extend(float(d) for d in distance.min(axis=1) if d <= MATCH_M)
    data = {
        "num_timesteps": len(frames),
        "num_gt_ids": len(names),
        "num_tracker_ids": len(tracks),
        "num_gt_dets": sum(len(f[1]) for f in frames),
        "num_tracker_dets": sum(len(f[3]) for f in frames),
        "gt_ids": [np.array([name_index[n] for n in f[1]], dtype=int) for f in frames],
        "tracker_ids": [np.array([track_index[t] for t in f[3]], dtype=int) for f in frames],
        "similarity_scores": similarity,
    }
    return data, errors


def _evaluate(data: dict[str, Any]) -> dict[str, Any]:
    from trackeval.metrics import CLEAR, HOTA, Identity  # heavy, and only judging needs it

    settings = {"THRESHOLD": 1 - MATCH_M, "PRINT_CONFIG": False}
    with contextlib.redirect_stdout(io.StringIO()):  # the package prints its settings
        clear, identity = CLEAR(settings).eval_sequence(data), Identity(settings).eval_sequence(data)
        hota = HOTA().eval_sequence(data)
    return {
        "hota": float(np.mean(hota["HOTA"])),
        "mota": float(clear["MOTA"]),
        "idf1": float(identity["IDF1"]),
        "switches": int(clear["IDSW"]),
    }
