"""No recording holds a key, or a code that admits or pays."""

from pathlib import Path

import pytest

from contracts.checkout import PhoneAction, PhoneRequest, PhoneView
from contracts.codes.shown import digest, hidden
from contracts.layout import Layout
from contracts.record import Record
from contracts.records import Scan, Setup
from contracts.run import RunStart
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder

STORE = Layout("s", (0, 0, 1, 1), (0, 0, 1, 1))
TOKEN = b"734501928374650192837465"
GTIN, MERCHANT = b"5901234123457", b"00020101021229300012D156000000000510A93FO3230Q3"
HEAD = {"t_ns": 0, "source": "x", "seq": 1}
SECRETS = [
    Setup(**HEAD, layout=STORE, key=TOKEN),
    Scan(**HEAD, code=TOKEN),
    PhoneRequest(**HEAD, account="a", action=PhoneAction.SCANNED, code=TOKEN),
    PhoneView(**HEAD, phone="p", text="", code=TOKEN),
]


@pytest.mark.parametrize("record", SECRETS, ids=lambda r: type(r).__name__)
def test_no_secret_reaches_the_file(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "run.mcap"
    with Recorder(path, RunStart(t_ns=0, source="rig", scenario="s", store="n", seed=7)) as recorder:
        recorder.write([record])
    kept = [r for r in Recording(path).records() if type(r) is type(record)]
    assert len(kept) == 1
    assert TOKEN not in repr(kept).encode()
    assert getattr(kept[0], "code", b"") == (b"" if isinstance(record, Setup) else hidden(TOKEN))


@pytest.mark.parametrize("code", [GTIN, MERCHANT])
def test_public_codes_stay(code: bytes, tmp_path: Path) -> None:
    path = tmp_path / "run.mcap"
    with Recorder(path, RunStart(t_ns=0, source="rig", scenario="s", store="n", seed=7)) as recorder:
        recorder.write([Scan(**HEAD, code=code)])
    (scan,) = (r for r in Recording(path).records() if isinstance(r, Scan))
    assert scan.code == code


def test_what_was_kept_stands_for_the_code() -> None:
    assert digest(hidden(TOKEN)) == digest(TOKEN)
    assert hidden(hidden(TOKEN)) == hidden(TOKEN)
