"""A real store's log through the same stack: one bottle, one shopper, and silence on every other plate.

The log is case BENCHMARK-1 of the AutoCheckout competition (AiFi NanoStore, CPS-IoT Week 2020), published under
the MIT licence by QuandoSJ/AUTOCHECKOUT-TEAM6. It is not part of this repository: RIG_AUTOCHECKOUT_CASE names its
folder, or it lies at ../shared/nanostore/benchmark-1.
"""

import os
from pathlib import Path

import pytest

from contracts.checkout import Receipt
from contracts.records import ShelfEvent
from rig.cli.replaying import import_case
from rig.recording.reader import Recording
from rig.replay import replay

ROOT = Path(__file__).parents[2]
CASE = Path(os.environ.get("RIG_AUTOCHECKOUT_CASE", ROOT.parent / "shared/nanostore/benchmark-1"))

pytestmark = pytest.mark.skipif(
    not CASE.is_dir(), reason=f"no real log at {CASE}: set RIG_AUTOCHECKOUT_CASE to a folder of the AutoCheckout format"
)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    folder = tmp_path_factory.mktemp("log")
    import_case(CASE, folder / "case.mcap")
    result = replay(folder / "case.mcap", record_dir=folder / "replay")
    assert result.recording is not None
    return Recording(result.recording)


def test_the_receipt_is_exactly_the_one_bottle(replayed: Recording) -> None:
    receipts = [r for r in replayed.records(["/stack/receipt"]) if isinstance(r, Receipt)]
    assert [[(line.product, line.count) for line in r.lines] for r in receipts] == [[("071142008582", 1)]]


def test_one_plate_tells_and_239_are_silent(replayed: Recording) -> None:
    events = [r for r in replayed.records(["/stack/shelf_event"]) if isinstance(r, ShelfEvent)]
    assert len(replayed.layout.plate) == 240
    assert [event.plates for event in events] == [("gondola-1/shelf-5/plate-11",)]
    # The bottle weighs 621.67 g; the log itself settles 1.3 g away from that.
    assert events[0].deltas_g[0] == pytest.approx(-621.67, abs=3.0)


def test_a_replay_of_the_log_has_one_digest(replayed: Recording, tmp_path: Path) -> None:
    import_case(CASE, tmp_path / "again.mcap")
    again = replay(tmp_path / "again.mcap", record_dir=tmp_path)
    assert again.digest == replayed.digest()
