"""The engine for Ray on a Ray of cardboard: what is asked of the cluster, and what its errors mean."""

import os
import sys

import pytest

from contracts.errors import DeviceUnavailable, UsageError
from rig.fanout.attempt import Attempt, Done, Lost
from rig.fanout.cluster import Cluster, connected
from rig.fanout.demand import WHOLE, Share
from rig.fanout.spread import spread
from tests.rig.fanout import fakeray
from tests.rig.fanout.fakeray import FakeRay
from tests.rig.fanout.jobs import job

NODE = {"CPU": 4.0}
DOOR = {"CPU": 2.0, "bench:door": 1.0}


def passed(attempt: Attempt) -> Done:
    return Done(name=attempt.job.name, word="pass", exit_code=0, attempts=attempt.number)


def raising(error: Exception):
    def work(_: Attempt) -> Done:
        raise error

    return work


def test_a_run_asks_for_its_share_and_for_all_of_its_bench_and_ray_itself_retries_nothing() -> None:
    ray = FakeRay([{**DOOR, "GPU": 1.0}])
    list(spread([job("a", bench="door")], Cluster(ray, Share(2, 0.5), passed)))
    (task,) = ray.submitted
    assert task.asked == {
        "num_cpus": 2, "num_gpus": 0.5, "resources": {"bench:door": 1.0}, "max_retries": 0, "name": "a"
    }  # fmt: skip


@pytest.mark.parametrize(
    "error",
    [fakeray.WorkerCrashedError, fakeray.NodeDiedError, fakeray.OutOfMemoryError, fakeray.ObjectLostError],
)
def test_lost_processes_and_nodes_are_lost(error: type[Exception]) -> None:
    (result,) = Cluster(FakeRay([NODE]), WHOLE, raising(error("gone\nmore"))).results([Attempt(job("a"))])
    assert result == Lost(Attempt(job("a")), f"{error.__name__}: gone")


def test_any_other_error_of_ray_is_an_answer_so_that_it_is_not_tried_again() -> None:
    (result,) = Cluster(FakeRay([NODE]), WHOLE, raising(fakeray.RayError("no module"))).results([Attempt(job("a"))])
    assert isinstance(result, Done)
    assert (result.word, result.exit_code) == ("error", 6)
    assert result.about == ("RayError: no module",)


def test_a_bench_that_no_node_has_is_said_before_anything_runs() -> None:
    ray = FakeRay([NODE])
    with pytest.raises(DeviceUnavailable, match=r"a living node with CPU 1 with bench:door 1\n.*found: CPU 4"):
        list(Cluster(ray, WHOLE, passed).results([Attempt(job("b")), Attempt(job("a", bench="door"))]))
    assert not ray.submitted


def test_runs_whose_only_node_goes_away_are_given_up_instead_of_waited_for() -> None:
    ray = FakeRay([NODE, DOOR], stuck=True, lose_nodes_when_waiting=True)
    done = list(spread([job("a", bench="door")], Cluster(ray, WHOLE, passed)))
    assert [(each.word, each.attempts) for each in done] == [("lost", 3)]
    assert len(ray.cancelled) == 3


def test_who_stops_listening_ends_what_is_going_on() -> None:
    ray = FakeRay([NODE])
    results = Cluster(ray, WHOLE, passed).results([Attempt(job(name)) for name in "abc"])
    next(results)
    results.close()
    assert ray.cancelled == ray.submitted[1:]


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    before = dict(os.environ)
    with (
        pytest.raises(UsageError, match=r"pip install 'walkout-rig\[ray\]'"),
        connected("", jobs=1, benches=[], share=WHOLE),
    ):
        pass
    assert dict(os.environ) == before
