"""The error rates that are stated are those that are drawn."""

import numpy as np
import pytest

from contracts.biometrics import Modality
from contracts.seeds import stream
from twin.biometrics.models import MODELS
from twin.biometrics.scores import STRANGERS, ScoreModel

DRAWS = 200_000


@pytest.mark.parametrize("modality", Modality)
def test_own_scores_miss_the_threshold_as_often_as_stated(modality: Modality) -> None:
    scores = MODELS[modality].scores
    own = stream(5, "own", modality).normal(scores.own.mean, scores.own.stdev, DRAWS)
    missed = float(np.mean(own < scores.threshold))
    # Four standard errors of a share.
    assert missed == pytest.approx(scores.fnmr, abs=4 * (scores.fnmr / DRAWS) ** 0.5)


def test_strangers_reach_the_threshold_as_often_as_stated() -> None:
    scores = MODELS[Modality.FINGERPRINT_CARD].scores
    others = stream(5, "others").normal(STRANGERS.mean, STRANGERS.stdev, DRAWS)
    assert float(np.mean(others >= scores.threshold)) == pytest.approx(0.01, abs=4 * (0.01 / DRAWS) ** 0.5)


@pytest.mark.parametrize("fmr", [1e-2, 1e-5, 1e-6])
def test_the_threshold_is_where_the_false_match_rate_says(fmr: float) -> None:
    scores = ScoreModel(fmr=fmr, fnmr=0.02)
    assert 1 - STRANGERS.cdf(scores.threshold) == pytest.approx(fmr, rel=1e-6)
    assert scores.own.cdf(scores.threshold) == pytest.approx(0.02, rel=1e-9)


def test_a_score_is_drawn_from_its_own_distribution() -> None:
    scores, draws = MODELS[Modality.FACE].scores, stream(1, "s")
    same = [scores.score(draws, same=True) for _ in range(200)]
    other = [scores.score(draws, same=False) for _ in range(200)]
    assert np.mean(same) == pytest.approx(scores.own.mean, abs=0.6)
    assert np.mean(other) == pytest.approx(0.0, abs=0.3)
