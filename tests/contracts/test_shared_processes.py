"""Writer and reader in processes of their own: what one puts the other reads, and whoever is killed leaves nothing."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from contracts.shared.handle import Handle, Offer
from contracts.shared.reader import attach
from contracts.shared.writer import SharedFrames
from tests.contracts.test_shared import LAYOUT, shot
from tests.contracts.test_wire import plain

READER = """
import hashlib, json, sys
from contracts.errors import RigFault
from contracts.shared.handle import Handle, Offer
from contracts.shared.reader import attach
path, size, token = json.loads(input())
segment = attach(Offer(path, size, bytes.fromhex(token)))
for line in sys.stdin:
    said = json.loads(line)
    try:
        array = segment.view(Handle(**said | {"shape": tuple(said["shape"])}))
        print(hashlib.sha256(array.tobytes()).hexdigest(), flush=True)
    except RigFault as error:
        print(error.what, flush=True)
"""
WRITER = """
import json, sys
from dataclasses import asdict
from contracts.shared.writer import SharedFrames
from tests.contracts.test_shared import LAYOUT, shot
frames = SharedFrames(LAYOUT)
offer, (handle,) = frames.offer, frames.put(shot("deep", 5)).values()
print(json.dumps([offer.path, offer.size, offer.token.hex(), asdict(handle)]), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def start() -> Iterator[Any]:
    running = []

    def start(script: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        process = subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        running.append(process)
        return process

    yield start
    for process in running:
        with process:  # closes its pipes
            process.kill()


def named() -> set[str]:
    """Return what has a name in shared memory; others on this machine may have things there that are not ours."""
    return {path.name for path in Path("/dev/shm").iterdir() if path.name.startswith(("psm_", "walkout"))}


def tell(process: subprocess.Popen[str], what: object) -> None:
    assert process.stdin
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_a_reader_in_another_process_sees_every_frame(start: Any) -> None:
    from hashlib import sha256

    frames, reader = SharedFrames(LAYOUT), start(READER)
    tell(reader, [frames.offer.path, frames.offer.size, frames.offer.token.hex()])
    old: list[Handle] = []
    for number in range(6):
        frame = shot("both", number, rgb=True)
        for field, handle in sorted(frames.put(frame).items()):
            tell(reader, asdict(handle))
            assert hear(reader) == sha256(getattr(frame, field).tobytes()).hexdigest()
            old.append(handle)
    tell(reader, asdict(old[0]))
    assert hear(reader) == "the frame is no longer there"
    frames.close()
    reader.stdin.close()
    assert reader.wait() == 0
    assert reader.stderr.read() == ""


def test_a_writer_that_is_killed_leaves_nothing_but_what_a_reader_has_mapped(start: Any) -> None:
    names, process = named(), start(WRITER)
    path, size, token, handle = json.loads(hear(process))
    segment = attach(Offer(path, size, bytes.fromhex(token)))
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stderr.read() == ""
    assert named() == names
    assert not Path(path).exists()
    array = segment.view(Handle(**handle | {"shape": tuple(handle["shape"])}))
    assert plain(array) == plain(shot("deep", 5).depth_mm)


def test_a_reader_that_is_killed_leaves_nothing(start: Any) -> None:
    names, frames, reader = named(), SharedFrames(LAYOUT), start(READER)
    tell(reader, [frames.offer.path, frames.offer.size, frames.offer.token.hex()])
    (handle,) = frames.put(shot("deep", 1)).values()
    tell(reader, asdict(handle))
    assert len(hear(reader)) == 64
    reader.send_signal(signal.SIGKILL)
    reader.wait()
    frames.close()
    assert reader.stderr.read() == ""
    assert named() == names


def test_a_writer_that_forgets_to_close_says_nothing_at_its_end(start: Any) -> None:
    process = start(WRITER)
    hear(process)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (0, "", "")
