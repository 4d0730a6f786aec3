"""Small stand-ins for the parts of a run."""

from collections.abc import Sequence

import numpy as np

from contracts.geometry import Pose
from contracts.layout import CameraInfo, Layout
from contracts.record import Record
from contracts.records import AnswerRecord, Frame, Scan, ScreenCommand, SensorRecord, Setup, Weights
from contracts.run import RunStart
from contracts.truth import TrueCast

LAYOUT = Layout(
    name="tiny",
    bounds_m=(0, 0, 4, 4),
    inside_m=(0, 0, 4, 4),
    cameras=(CameraInfo("c1", Pose.at(0, 0, 3), 4, 3, 2.0, 2.0, 2.0, 1.5, depth=True),),
)
SETUP = Setup(t_ns=0, source="rig", layout=LAYOUT)
JPEG = np.random.default_rng(1).bytes(20_000)  # nothing that compresses
START = RunStart(t_ns=0, source="rig", scenario="tiny", store="tiny", seed=7)


class FakeSource:
    """A frame every 100 ms, a weight block every 200 ms, one scan, one truth; ends after `seconds`."""

    def __init__(self, seconds: float = 1.0) -> None:
        self.end_ns = int(seconds * 1e9)
        self.closed = False
        self._last_ns = -1

    def read(self, until_ns: int) -> Sequence[Record]:
        out = [r for r in self.all() if self._last_ns < r.t_ns <= until_ns]
        self._last_ns = until_ns
        return out

    def close(self) -> None:
        self.closed = True

    @property
    def finished(self) -> bool:
        return self._last_ns >= self.end_ns

    def all(self) -> list[Record]:
        records: list[Record] = [TrueCast(t_ns=0, source="truth", shoppers=("ana",), accounts=("a",))]
        for t_ns in range(0, self.end_ns + 1, 100_000_000):
            depth = np.full((3, 4), t_ns // 1_000_000 % 65_000, np.uint16)
            records.append(Frame(t_ns=t_ns, source="c1", captured_ns=t_ns, jpeg=JPEG, depth_mm=depth))
            if t_ns % 200_000_000 == 0:
                grams = np.full((12, 2), t_ns / 1e9, np.float32)
                records.append(Weights(t_ns=t_ns, source="gondola-1", started_ns=t_ns, period_ns=1, grams=grams))
        records.append(Scan(t_ns=370_000_000, source="scanner-in", code=b"abc"))
        return sorted(records, key=lambda r: r.t_ns)


class FakeStack:
    """Answers every scan with a text; remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[SensorRecord] = []
        self.closed = False

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        self.seen.extend(records)
        scans = [r for r in records if isinstance(r, Scan)]
        return [ScreenCommand(t_ns=now_ns, source="stack", screen="s", text=r.code.decode()) for r in scans]

    def close(self) -> None:
        self.closed = True
