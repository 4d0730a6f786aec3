"""Frames to a stack on this machine go through shared memory when both sides can, and nothing else changes by it."""

import hashlib
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
import yaml

from contracts.clock import VirtualClock, WallClock
from contracts.errors import RigFault, StackDied
from contracts.layout import Layout
from contracts.proto.v1 import stack_pb2, stack_pb2_grpc
from contracts.records import AnswerRecord, Frame, ScreenCommand, SensorRecord
from contracts.shared import memory
from rig.local_frames import LocalFrames
from rig.recording.reader import Recording
from rig.remote_stack import RemoteStack
from rig.run import drive
from rig.scenario import Expect
from stack.server import serve
from tests.contracts.test_shared_processes import named
from tests.rig.fakes import LAYOUT, SETUP, START, FakeSource
from tests.rig.kiosk import ENDLESS, LOOK, ROOT, STUCK_S, finish, rig, start, wait_for_growth, write_scenario


class Looker:
    """Answers with what it saw of every picture so far, and keeps them all."""

    def __init__(self) -> None:
        self.kept: list[Frame] = []

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        self.kept += [record for record in records if isinstance(record, Frame)]
        seen = hashlib.sha256()
        for frame in self.kept:
            seen.update(frame.jpeg)
            for array in (frame.depth_mm, frame.rgb):
                seen.update(b"" if array is None else array.tobytes())
        return [ScreenCommand(t_ns=now_ns, source="stack", screen="s", text=seen.hexdigest())]

    def close(self) -> None:
        pass


class RawSource(FakeSource):
    """Sends raw colour, and now and then more frames at once than there are slots."""

    def all(self) -> list[Any]:
        found: list[Any] = []
        for record in super().all():
            if isinstance(record, Frame):
                rgb = np.full((3, 4, 3), record.t_ns // 100_000_000, np.uint8)
                copies = 4 if record.t_ns == 500_000_000 else 1
                found += [replace(record, jpeg=b"", rgb=rgb + np.uint8(copy)) for copy in range(copies)]
            else:
                found.append(record)
        return found


@pytest.fixture
def address() -> Iterator[str]:
    server, port = serve(Looker)
    yield f"127.0.0.1:{port}"
    server.stop(grace=None).wait()


def play(stack: Any, source: FakeSource, folder: Path) -> str:
    result = drive(
        START, SETUP, source, stack, obey=lambda _: None, finished=lambda: source.finished,
        limit_ns=10**12, expect=Expect(), record_dir=folder, clock=VirtualClock(),
    )  # fmt: skip
    return result.digest


@pytest.mark.parametrize("source", [FakeSource, RawSource])
def test_a_run_is_the_same_in_process_with_bytes_and_with_handles(
    source: type[FakeSource], address: str, tmp_path: Path
) -> None:
    digests = [play(Looker(), source(2.0), tmp_path / "here")]
    for share in (False, True):
        stack = RemoteStack(address, share=share)
        digests.append(play(stack, source(2.0), tmp_path / str(share)))
        assert stack.shares is share
        stack.close()
        assert not stack.shares
    assert len(set(digests)) == 1


def feed(address: str, **more: Any) -> RemoteStack:
    stack = RemoteStack(address, 60.0, **more)
    for tick, record in enumerate([SETUP, *FakeSource(0.3).all()[1:]]):
        stack.feed([record], tick)
    return stack


@pytest.fixture
def offer() -> Iterator[Callable[..., str]]:
    servers = []

    def offer(answer: Callable[[stack_pb2.Tick], stack_pb2.Answers]) -> str:
        class Service(stack_pb2_grpc.WalkoutStackServicer):
            def Run(self, ticks: Any, context: Any) -> Any:  # noqa: N802
                for tick in ticks:
                    yield answer(tick)

        server = grpc.server(ThreadPoolExecutor(2))
        stack_pb2_grpc.add_WalkoutStackServicer_to_server(Service(), server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        servers.append(server)
        return f"127.0.0.1:{port}"

    yield offer
    for server in servers:
        server.stop(grace=None).wait()


def test_a_stack_that_knows_nothing_of_it_gets_bytes(offer: Callable[..., str]) -> None:
    ticks: list[stack_pb2.Tick] = []

    def vendor(tick: stack_pb2.Tick) -> stack_pb2.Answers:
        ticks.append(tick)
        return stack_pb2.Answers(now_ns=tick.now_ns)

    stack = feed(offer(vendor))
    assert not stack.shares
    stack.close()
    assert [tick.HasField("shared") for tick in ticks] == [True] + [False] * (len(ticks) - 1)
    assert ticks[0].shared.size > 2 * 4 * 3 * 2
    frames = [r.frame for tick in ticks for r in tick.records if r.HasField("frame")]
    assert frames
    assert all(len(frame.depth_mm.data) == 24 and not frame.depth_mm.HasField("shared") for frame in frames)


def test_a_stack_that_takes_it_up_gets_handles_and_is_not_asked_again(offer: Callable[..., str]) -> None:
    ticks: list[stack_pb2.Tick] = []

    def eager(tick: stack_pb2.Tick) -> stack_pb2.Answers:
        ticks.append(tick)
        return stack_pb2.Answers(now_ns=tick.now_ns, attached=True)

    feed(offer(eager)).close()
    assert [tick.HasField("shared") for tick in ticks] == [True] + [False] * (len(ticks) - 1)
    frames = [r.frame for tick in ticks for r in tick.records if r.HasField("frame")]
    assert [frame.depth_mm.shared.generation for frame in frames] == [2, 4, 6, 8]
    assert len({frame.depth_mm.shared.offset for frame in frames}) == 2
    assert not any(frame.depth_mm.data for frame in frames)


def test_a_stack_that_takes_up_what_nobody_offered(offer: Callable[..., str]) -> None:
    address = offer(lambda tick: stack_pb2.Answers(now_ns=tick.now_ns, attached=True))
    with pytest.raises(StackDied, match="which nobody offered") as caught:
        feed(address, share=False)
    assert f"grpc://{address}" in str(caught.value)


def run(address: str, *ticks: stack_pb2.Tick) -> list[stack_pb2.Answers]:
    with grpc.insecure_channel(address) as channel:
        return list(stack_pb2_grpc.WalkoutStackStub(channel).Run(iter(ticks), timeout=60))


def test_a_server_that_cannot_map_what_is_offered_goes_on_with_bytes(address: str) -> None:
    nowhere = stack_pb2.Segment(path="/proc/1000000000/fd/3", size=4096, token=bytes(16))
    (answer,) = run(address, stack_pb2.Tick(now_ns=1, shared=nowhere))
    assert not answer.attached
    assert answer.records


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"offset": 1 << 40}, "points outside of the segment's slots"),
        ({"size": 3}, "does not agree with itself"),
        ({"generation": 40}, "the frame is no longer there"),
        ({"segment": "/dev/shm/x"}, "of another segment"),
    ],
)
def test_a_bad_handle_is_the_rigs_fault_and_the_server_says_so(address: str, wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        broken(address, wrong)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert why in caught.value.details()


def broken(address: str, wrong: dict[str, Any], dtype: str = "uint16") -> None:
    frames = LocalFrames("here", offer=True)
    first = frames.tick([SETUP], 0)
    frames.heard(stack_pb2.Answers(attached=True))
    tick = frames.tick([FakeSource(0).all()[1]], 1)  # type: ignore[list-item]
    tick.records[0].frame.depth_mm.dtype = dtype
    for name, value in wrong.items():
        setattr(tick.records[0].frame.depth_mm.shared, name, value)
    try:
        run(address, first, tick)
    finally:
        frames.close()


def test_a_wrong_dtype_is_the_rigs_fault_too(address: str) -> None:
    with pytest.raises(grpc.RpcError, match="nobody sends such an array"):
        broken(address, {}, "object")


def test_the_rig_reports_it_as_its_own_fault(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stale(self: Any, records: Any) -> Any:
        frames = [r for r in records if isinstance(r, Frame)]
        handles = [self._frames.put(frame) for frame in frames for _ in range(3)]
        from contracts.wire import wrap_sensor

        return [wrap_sensor(frame, handles[0]) for frame in frames]

    monkeypatch.setattr(LocalFrames, "_through_memory", stale)
    with pytest.raises(RigFault, match="the stack cannot read what it was sent") as caught:
        feed(address)
    assert "the frame is no longer there" in str(caught.value)
    assert caught.value.exit_code == 6


def test_no_memory_to_be_had_means_bytes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory.sys, "platform", "darwin")
    stack = feed(address)
    assert not stack.shares
    stack.close()


def test_a_store_without_cameras_is_offered_nothing() -> None:
    bare = replace(SETUP, layout=Layout(name="bare", bounds_m=(0, 0, 1, 1), inside_m=(0, 0, 1, 1)))
    assert not LocalFrames("here", offer=True).tick([bare], 0).HasField("shared")
    assert LAYOUT.cameras


def maps(pid: int) -> bool:
    """Return whether a process has frames of a rig mapped."""
    return "memfd:walkout-frames" in Path(f"/proc/{pid}/maps").read_text()


@pytest.fixture
def another() -> Iterator[Callable[..., tuple[Any, str]]]:
    """Starts a stack in a process of its own; its first line ends with the address."""
    with ExitStack() as ending:

        def another(*command: str) -> tuple[Any, str]:
            process = ending.enter_context(start(command=[sys.executable, *command]))
            ending.callback(process.kill)
            assert process.stdout is not None
            return process, f"grpc://{process.stdout.readline().rsplit(' ', 1)[1].strip()}"

        yield another


@pytest.mark.slow
@pytest.mark.parametrize("who", ["rig", "stack"])
def test_whoever_is_killed_leaves_nothing(tmp_path: Path, who: str, another: Callable[..., tuple[Any, str]]) -> None:
    """Frames really go through memory here; and a stack whose rig is gone lets go of it."""
    names, scenario = named(), write_scenario(tmp_path, ENDLESS, "endless.yaml")
    stack, address = another("-m", "stack.server")
    process = start("run", scenario, "--record", tmp_path, "--stack", address)
    wait_for_growth(process, tmp_path / "endless.mcap")
    assert maps(stack.pid)
    assert maps(process.pid)
    os.kill({"rig": process, "stack": stack}[who].pid, signal.SIGKILL)
    code, _, complaint = finish(process)
    assert code == (1 if who == "stack" else -signal.SIGKILL), complaint
    clock = WallClock()
    while stack.poll() is None and maps(stack.pid) and clock.now_ns < STUCK_S * 1e9:
        clock.wait_until(clock.now_ns + 20_000_000)
    assert stack.poll() is not None or not maps(stack.pid)
    stack.terminate()
    _, _, said = finish(stack)
    assert "leaked" not in complaint + said
    assert "Traceback" not in complaint + said
    assert named() == names


@pytest.mark.slow
def test_a_vendors_stack_that_ignores_the_offer_still_works(
    tmp_path: Path, another: Callable[..., tuple[Any, str]]
) -> None:
    vendor, address = another(str(ROOT / "docs/examples/own_stack.py"), "0")
    done = rig("run", write_scenario(tmp_path, LOOK), "--stack", address)
    assert not maps(vendor.pid)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_example_that_maps_by_hand(tmp_path: Path, another: Callable[..., tuple[Any, str]]) -> None:
    vendor, address = another(str(ROOT / "docs/examples/shared_stack.py"), "0")
    done = rig("run", write_scenario(tmp_path, LOOK), "--stack", address)
    assert done.returncode == 0, done.stdout + done.stderr
    vendor.kill()
    first, *others = finish(vendor)[1].splitlines()
    assert re.fullmatch(r"mapped \d+ bytes of shared memory", first)
    assert sorted(line.split()[0] for line in others) == ["c1", "c2", "c4"]
    assert all(500 < int(line.split()[-3]) < 4000 for line in others), others


@pytest.mark.slow
def test_raw_colour_is_the_same_live_through_memory_and_replayed(
    tmp_path: Path, another: Callable[..., tuple[Any, str]]
) -> None:
    scenario = write_scenario(tmp_path, LOOK, "look.yaml")
    store = yaml.safe_load((tmp_path / "kiosk.yaml").read_text())
    for camera in store["cameras"].values():
        camera["wire"] = "raw"
    (tmp_path / "kiosk.yaml").write_text(yaml.safe_dump(store))
    _, address = another("-m", "stack.server")
    for folder, words in (("here", []), ("there", ["--stack", address])):
        done = rig("run", scenario, "--record", tmp_path / folder, *words)
        assert done.returncode == 0, done.stdout + done.stderr
    again = rig("replay", tmp_path / "here/look.mcap", "--record", tmp_path / "again", "--stack", address)
    assert again.returncode == 0, again.stdout + again.stderr
    names = ("here/look.mcap", "there/look.mcap", "again/look-replay.mcap")
    recordings = [Recording(tmp_path / name) for name in names]
    frames = [record for record in recordings[0].records() if isinstance(record, Frame)]
    assert frames
    assert all(frame.rgb is not None and not frame.jpeg for frame in frames)
    assert len({recording.digest() for recording in recordings}) == 1
