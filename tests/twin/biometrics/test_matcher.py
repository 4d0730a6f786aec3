"""A reader's matcher: what passes for alive, who is best, and that nobody below the threshold is anybody."""

import pytest

from contracts.biometrics import BioOutcome, Modality
from contracts.seeds import stream
from twin.biometrics.matcher import SimulatedMatcher
from twin.biometrics.models import MODELS

TIMES = 4000
EVERYBODY = [(f"face-{name}", name) for name in ("ana", "ben", "cleo")]


def matcher(modality: Modality = Modality.FACE) -> SimulatedMatcher:
    return SimulatedMatcher(modality, stream(3, "matcher", modality))


@pytest.mark.parametrize(
    ("modality", "shows"),
    [(modality, shows) for modality in Modality for shows in (*MODELS[modality].apcer, "self")],
)
def test_what_passes_for_alive_is_as_stated(modality: Modality, shows: str) -> None:
    ours, model = matcher(modality), MODELS[modality]
    passed = sum(ours.acquire(shows) is None for _ in range(TIMES)) / TIMES
    share = (1 - model.bpcer if shows == "self" else model.apcer[shows]) * (1 - model.fta)
    assert passed == pytest.approx(share, abs=4 * (share * (1 - share) / TIMES) ** 0.5)


def test_what_is_no_attack_on_it_never_passes_and_why_is_not_told() -> None:
    said = [matcher().acquire("gelatine") for _ in range(50)]
    attacks = [one for one in said if one and one.outcome is BioOutcome.ATTACK]
    assert attacks
    assert all(one.subject == "" and one.liveness < 0.5 and "gelatine" not in one.why for one in attacks)
    assert None not in said


def test_an_owner_is_known_and_a_stranger_is_not() -> None:
    ours = matcher()
    found = [ours.decide(EVERYBODY, "ben") for _ in range(TIMES)]
    known = [one for one in found if one.outcome is BioOutcome.MATCHED]
    assert {one.subject for one in known} == {"face-ben"}
    assert 1 - len(known) / TIMES == pytest.approx(0.01, abs=0.007)
    assert all((one.score >= one.threshold) == (one.outcome is BioOutcome.MATCHED) for one in found)
    assert all(ours.decide(EVERYBODY, "dan").subject == "" for _ in range(TIMES))


def test_a_card_takes_a_stranger_for_its_holder_as_often_as_stated() -> None:
    ours = matcher(Modality.FINGERPRINT_CARD)
    taken = sum(ours.decide([("card-ana", "ana")], "ben").subject == "card-ana" for _ in range(TIMES)) / TIMES
    assert taken == pytest.approx(0.01, abs=0.007)


def test_nobody_enrolled_is_nobody_known() -> None:
    answer = matcher().decide([], "ana")
    assert (answer.outcome, answer.subject, answer.score) == (BioOutcome.NO_MATCH, "", 0.0)
