"""What runs need of a cluster, and what is said where it has none of it."""

from rig.fanout.demand import Share, bench_resource, lacking, needs
from tests.rig.fanout.jobs import job


def test_a_run_on_a_bench_needs_all_of_that_bench() -> None:
    assert needs(job("a", bench="door"), Share()) == {"CPU": 1.0, "bench:door": 1.0}


def test_a_bench_by_its_file_is_the_bench_of_that_name() -> None:
    assert bench_resource("benches/wired-door.yaml") == bench_resource("wired-door") == "bench:wired-door"


def test_a_run_in_the_twin_needs_its_share_alone() -> None:
    assert needs(job("a"), Share(cpus=2, gpus=0.25)) == {"CPU": 2, "GPU": 0.25}
    assert needs(job("a"), Share(cpus=0)) == {}


def test_nothing_is_lacking_where_one_node_has_it_all() -> None:
    nodes = [{"CPU": 8.0}, {"CPU": 2.0, "bench:door": 1.0}]
    assert not list(lacking([job("a", bench="door"), job("b")], Share(), nodes))


def test_two_nodes_that_have_half_of_it_each_do_not_do() -> None:
    nodes = [{"CPU": 8.0}, {"CPU": 1.0, "bench:door": 1.0}]
    jobs = [job("a", bench="door"), job("b", bench="door"), job("c")]
    assert list(lacking(jobs, Share(cpus=2), nodes)) == ["CPU 2 with bench:door 1"]


def test_without_nodes_everything_is_lacking() -> None:
    assert list(lacking([job("a")], Share(), [])) == ["CPU 1"]
