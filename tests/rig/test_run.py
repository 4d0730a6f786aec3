"""A run ends in a recording, however it ends."""

import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from contracts.clock import VirtualClock
from contracts.errors import RigFault, StackDied, UsageError
from contracts.ports import Stack
from contracts.record import Record
from contracts.records import AnswerRecord, SensorRecord
from rig.judge import Outcome
from rig.loop import Progress
from rig.pace import OVERRUN_NS
from rig.recording import recorder as recorder_module
from rig.recording.reader import Recording
from rig.recording.undivided import undivided
from rig.run import OnProgress, RunResult, drive, file_stem, open_stack
from rig.scenario import Expect
from tests.rig.fakes import SETUP, START, FakeSource, FakeStack


def run(
    folder: Path | None, stack: Stack | None = None, limit_ns: int = 10**12, on_progress: OnProgress | None = None
) -> RunResult:
    source = FakeSource(2.0)
    return drive(
        START,
        SETUP,
        source,
        stack or FakeStack(),
        obey=lambda _: None,
        finished=lambda: source.finished,
        limit_ns=limit_ns,
        expect=Expect(),
        record_dir=folder,
        clock=VirtualClock(),
        on_progress=on_progress,
    )


def at_one_second(error: BaseException) -> OnProgress:
    def on_progress(progress: Progress) -> None:
        if progress.now_ns >= 10**9:
            raise error

    return on_progress


def ending(folder: Path) -> tuple[str, str]:
    end = Recording(folder / "tiny.mcap").end
    assert end is not None
    return end.status, end.reason


def test_a_run_that_ends_by_itself(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert ending(tmp_path) == ("finished", "")
    assert result.recording == tmp_path / "tiny.mcap"
    assert result.digest == Recording(tmp_path / "tiny.mcap").digest()
    assert result.simulated_ns == 8 * 10**9


def test_without_a_folder_nothing_is_kept() -> None:
    result = run(None)
    assert result.recording is None
    assert result.verdict.outcome is not Outcome.ERROR


def test_a_run_out_of_time_is_nobodys_pass(tmp_path: Path) -> None:
    result = run(tmp_path, limit_ns=10**9)
    assert ending(tmp_path)[0] == "out of time"
    assert result.verdict.outcome is Outcome.ERROR


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), ("interrupted", "by the user")),
        (KeyboardInterrupt("by SIGTERM"), ("interrupted", "by SIGTERM")),
        (ZeroDivisionError("oops"), ("failed", "oops")),
        (StackDied("it died", where="grpc://x:1"), ("failed", "grpc://x:1: it died")),
    ],
)
def test_whatever_ends_it_stands_in_the_recording(tmp_path: Path, error: BaseException, said: tuple[str, str]) -> None:
    with pytest.raises(type(error)) as caught:
        run(tmp_path, on_progress=at_one_second(error))
    assert ending(tmp_path) == said
    assert caught.value.__notes__ == [f"recorded up to 1.00 s: {tmp_path / 'tiny.mcap'}"]


def test_a_tick_too_late_in_real_time_is_trouble_of_the_bench(tmp_path: Path) -> None:
    class Late(VirtualClock):
        def wait_until(self, t_ns: int) -> int:
            super().wait_until(t_ns)
            return OVERRUN_NS + 1 if t_ns == 2 * 10**9 else 0

    source = FakeSource(2.0)
    with pytest.raises(RigFault, match="the bench is not real-time") as caught:
        drive(
            START, SETUP, source, FakeStack(), obey=lambda _: None, finished=lambda: source.finished,
            limit_ns=10**12, expect=Expect(), record_dir=tmp_path, clock=Late(),
        )  # fmt: skip
    assert "the tick at 2.00 s" in str(caught.value)
    assert ending(tmp_path)[0] == "failed"


class Deaf(FakeStack):
    """Presses Ctrl-C in the middle of a tick."""

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        if now_ns == 10**9:
            signal.raise_signal(signal.SIGINT)
        return super().feed(records, now_ns)


def test_ctrl_c_in_the_stacks_own_work(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, Deaf())
    assert ending(tmp_path)[0] == "interrupted"


def test_ctrl_c_in_the_middle_of_a_message_leaves_no_half_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal comes while a record is taken apart for the file: it is heard when the tick has been written."""
    told = recorder_module.LaterDigest.add
    frames = iter(range(10**6))

    def add(self: recorder_module.LaterDigest, entry: recorder_module.Entry) -> None:
        told(self, entry)
        if entry.topic == "/camera/c1/image" and next(frames) == 10:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(recorder_module.LaterDigest, "add", add)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path)
    monkeypatch.undo()
    assert ending(tmp_path)[0] == "interrupted"
    recording = Recording(tmp_path / "tiny.mcap")
    kept = {channel.topic: channel.count for channel in recording.channels()}
    assert kept["/camera/c1/image"] == kept["/camera/c1/depth"] == 11
    assert list(recording.records(["/rig/checkpoint"]))[-1].digest == recording.digest()  # type: ignore[attr-defined]


def test_a_signal_waits_for_the_end_of_a_write() -> None:
    done = []

    def interrupted_write() -> None:
        with undivided(), undivided():
            signal.raise_signal(signal.SIGINT)
            done.append("written")

    with pytest.raises(KeyboardInterrupt):
        interrupted_write()
    assert done == ["written"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_in_a_write_puts_the_handlers_back() -> None:
    with pytest.raises(ZeroDivisionError), undivided():
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RigFault, match="the recording cannot be written") as caught:
        run(tmp_path / "file" / "folder")
    assert str(tmp_path / "file/folder/tiny.mcap") in str(caught.value)
    assert "try:" in str(caught.value)


class Endless(FakeSource):
    def read(self, until_ns: int) -> Sequence[Record]:
        return list(self._some(until_ns))

    def _some(self, until_ns: int) -> Iterator[Record]:
        raise OSError("a device went away")


def test_what_a_source_raises_is_not_called_the_stacks_fault(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="a device went away"):
        drive(
            START, SETUP, Endless(), FakeStack(), obey=lambda _: None, finished=lambda: False,
            limit_ns=10**12, expect=Expect(), record_dir=tmp_path, clock=VirtualClock(),
        )  # fmt: skip
    assert ending(tmp_path) == ("failed", "a device went away")


@pytest.mark.parametrize("where", ["", "Reference", "http://localhost:1", "grpc:localhost:1"])
def test_stacks_that_nobody_knows(where: str) -> None:
    with pytest.raises(UsageError, match="no such stack"):
        open_stack(where)


@pytest.mark.parametrize(
    ("name", "stem"),
    [("buy_one", "buy_one"), ("buy_one[seed=7]", "buy_one_seed=7"), ("../../etc/x y", ".._.._etc_x_y")],
)
def test_a_scenarios_name_becomes_a_files_name(name: str, stem: str) -> None:
    assert file_stem(name) == stem
