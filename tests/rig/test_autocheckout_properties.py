"""Whatever is cut or masked, a case reads rightly or says what is wrong with it."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.errors import BadFile
from contracts.records import Weights
from rig.autocheckout import read_case
from tests.rig.cases import UNUSED_G, grams, write_case

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
INPUTS = [(shelf, plate) for shelf in (1, 2) for plate in (1, 2, 3)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_case(tmp_path_factory.mktemp("whole") / "case", grams(3))


@FEW
@given(dead=st.dictionaries(st.sampled_from(INPUTS), st.sampled_from([UNUSED_G, 0.0, np.nan, -5600.25]), max_size=5))
def test_exactly_the_dead_inputs_are_masked(dead: dict[tuple[int, int], float]) -> None:
    samples = grams(3)
    for (shelf, plate), value in dead.items():
        samples[..., shelf, plate] = value
    with tempfile.TemporaryDirectory() as folder:
        case = read_case(write_case(Path(folder) / "case", samples), surveys=())
        alive = [place for place in INPUTS if place not in dead]
        assert list(case.layout.plate) == [f"gondola-1/shelf-{shelf}/plate-{plate}" for shelf, plate in alive]
        blocks = [record.grams for record in case.records() if isinstance(record, Weights)]
    wanted = np.stack([samples[..., shelf, plate].reshape(-1) for shelf, plate in alive], axis=1)
    assert np.array_equal(np.concatenate(blocks), wanted)


@FEW
@given(data=st.data())
def test_a_file_cut_within_a_line_is_refused_with_that_line(whole: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(path.name for path in whole.iterdir())))
    text = (whole / name).read_bytes()
    cut = data.draw(st.integers(1, len(text) - 2))
    kept = text[:cut]
    if kept.endswith((b"\n", b"}\n")) or text[cut : cut + 1] == b"\n":
        return  # cut between documents: shorter, but whole
    with tempfile.TemporaryDirectory() as folder:
        for path in whole.iterdir():
            (Path(folder) / path.name).write_bytes(kept if path.name == name else path.read_bytes())
        with pytest.raises(BadFile) as caught:
            read_case(Path(folder), surveys=())
    assert caught.value.file.name == name
    assert caught.value.line == kept.count(b"\n") + 1


@FEW
@given(data=st.data())
def test_damaged_bytes_never_end_in_another_error(whole: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(path.name for path in whole.iterdir())))
    text = bytearray((whole / name).read_bytes())
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(0, 255)), max_size=4)):
        text[at] = byte
    with tempfile.TemporaryDirectory() as folder:
        for path in whole.iterdir():
            (Path(folder) / path.name).write_bytes(text if path.name == name else path.read_bytes())
        with contextlib.suppress(BadFile):
            list(read_case(Path(folder), surveys=()).records())
