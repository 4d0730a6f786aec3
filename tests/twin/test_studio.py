"""The threads that make pictures, and compiled code that calls other files."""

import threading
from hashlib import sha256
from pathlib import Path

import pytest

from twin.raster import boxes, contact, kernels
from twin.raster.redraw import redraw
from twin.studio import Studio


def test_nothing_is_made_before_it_begins_and_all_of_it_after() -> None:
    studio, order = Studio(2), []
    asked = [studio.ask(lambda n=n: order.append(n) or n * n) for n in range(20)]
    assert not any(made.done() for made in asked)
    studio.begin()
    assert [made.result(5) for made in asked] == [n * n for n in range(20)]
    assert sorted(order) == list(range(20))


def test_two_work_at_once() -> None:
    studio, both = Studio(2), threading.Barrier(2)
    asked = [studio.ask(lambda: both.wait(5) >= 0) for _ in range(2)]
    studio.begin()
    assert all(made.result(5) for made in asked)


def test_what_goes_wrong_is_heard_by_who_asked_and_stops_nobody_else() -> None:
    studio = Studio(1)
    wrong, right = studio.ask(lambda: 1 // 0), studio.ask(lambda: 1)
    studio.begin()
    with pytest.raises(ZeroDivisionError):
        wrong.result(5)
    assert right.result(5) == 1


def test_a_compiled_function_is_as_new_as_the_files_that_it_calls() -> None:
    files = {Path(module.__file__).read_bytes() for module in (boxes, contact, kernels)}
    _, *called = redraw._cache._cache_file._source_stamp  # type: ignore[attr-defined]
    assert set(called) == {sha256(file).digest() for file in files}
