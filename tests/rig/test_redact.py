"""No recording holds a key, or a code that admits or pays."""

from pathlib import Path

import pytest

from contracts.checkout import PhoneAction, PhoneRequest, PhoneView
from contracts.codes.shown import digest, hidden
from contracts.codes.top_up import TopUp
from contracts.layout import Account, Layout
from contracts.record import Record
from contracts.records import Scan, Setup
from contracts.run import RunStart
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.recording.redact import redacted
from stack.visits.identity import AccountBook

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


def test_a_top_up_number_is_kept_as_the_digest_of_its_bar_code_and_still_found_by_it() -> None:
    number = "3085471388883425"
    kept = redacted(Setup(**HEAD, layout=STORE, accounts=(Account("ana", top_up=number),)))
    assert isinstance(kept, Setup)
    assert number not in repr(kept)
    assert redacted(kept).accounts == kept.accounts
    code = TopUp(number).code().encode()
    for shown in (code, hidden(code)):
        assert AccountBook(kept.accounts).by_top_up(shown) == "ana"
