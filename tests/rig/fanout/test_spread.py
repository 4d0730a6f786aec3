"""Whatever engine does the work: everything is done once, lost ones again, and the order is that of the jobs."""

import pytest

from rig.fanout.attempt import Done
from rig.fanout.spread import TRIES, digest_of, in_order, spread
from tests.rig.fanout.jobs import FakeEngine, job

JOBS = [job(name) for name in ("a", "b", "wrong", "c")]


def test_answers_come_as_they_are_ready_and_are_shown_in_the_order_of_the_jobs() -> None:
    done = list(spread(JOBS, FakeEngine()))
    assert [each.name for each in done] == ["c", "wrong", "b", "a"]
    assert [each.name for each in in_order(JOBS, done)] == ["a", "b", "wrong", "c"]


def test_what_is_lost_is_tried_again_and_nothing_else_is() -> None:
    engine, told = FakeEngine({"b": 1}), list[str]()
    done = {each.name: each for each in spread(JOBS, engine, tell=told.append)}
    assert done["b"].word == "pass"
    assert done["b"].attempts == 2
    assert sorted(engine.tried) == [("a", 1), ("b", 1), ("b", 2), ("c", 1), ("wrong", 1)]
    assert told == ["b: its process was killed; try 1 of 3"]


def test_a_failed_product_is_never_tried_again() -> None:
    engine = FakeEngine()
    assert [each.word for each in spread([job("wrong")], engine)] == ["fail"]
    assert engine.tried == [("wrong", 1)]


def test_what_is_always_lost_is_given_up_and_is_no_failure_of_the_product() -> None:
    engine = FakeEngine({"b": 99})
    done = {each.name: each for each in spread(JOBS, engine)}
    assert done["b"].exit_code == 6
    assert done["b"].word == "lost"
    assert done["b"].about == ("lost 3 times; the last time its process was killed",)
    assert [number for name, number in engine.tried if name == "b"] == list(range(1, TRIES + 1))
    assert len(done) == len(JOBS)


def test_ctrl_c_keeps_what_is_done_and_closes_the_engine() -> None:
    engine, done = FakeEngine(interrupted_after=2), list[Done]()
    results = spread(JOBS, engine)
    done += [next(results), next(results)]
    with pytest.raises(KeyboardInterrupt):
        next(results)
    assert [each.name for each in done] == ["c", "wrong"]
    assert engine.closed == 1


def test_one_digest_says_whether_all_recordings_are_the_same() -> None:
    done = list(spread(JOBS, FakeEngine()))
    assert digest_of(done) == digest_of(reversed(done)) == digest_of(spread(JOBS, FakeEngine({"a": 2})))
    assert digest_of(done) != digest_of(done[1:])
