"""Nothing that a run leaves behind holds a secret; and a scanner that could not find one would be worth nothing."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.records import PalmScan, ScreenCommand
from contracts.run import RunStart
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from stack.money.desk import Desk
from stack.money.store import open_store
from tests.privacy.scanner import findings
from tests.privacy.scenario_secrets import secrets_of

RUN = "import sys; from rig.cli.app import run_command; sys.exit(run_command(sys.argv[1:]))"
PLAYED = ("till_code_then_own_code", "cash_top_up", "wallet_codes", "palm_code_card")
CODE, KEY, CARD = b"734501928374650192837465", bytes(range(100, 132)), b"4111111111111111"
SECRETS = {"a code": CODE, "a key": KEY}


@pytest.mark.parametrize("name", PLAYED)
def test_a_run_leaves_no_secret_behind(name: str, tmp_path: Path) -> None:
    secrets = secrets_of(name)
    assert {what.split()[0] for what in secrets} >= {"the", "code"}
    left = tmp_path / "left"
    left.mkdir()
    words = ["run", f"checkout/{name}", "--record", str(left), "--ledger", f"sqlite:{left / 'books.db'}"]
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, check=True)
    (left / "stdout").write_bytes(done.stdout)
    (left / "stderr").write_bytes(done.stderr)
    recording = Recording(left / f"{name}.mcap")
    assert len(list(recording.entries())) > 100
    assert (left / "books.db").stat().st_size > 1000
    assert b"PASS" in done.stdout
    goods = frozenset(product.gtin for product in recording.layout.products)
    assert findings(left, secrets, goods) == []


def _on_a_screen(folder: Path, secret: bytes) -> None:
    with Recorder(folder / "run.mcap", RunStart(t_ns=0, source="rig", scenario="s", store="n", seed=7)) as recorder:
        recorder.write([ScreenCommand(t_ns=0, source="stack", screen="x", text=f"Show {secret.decode('latin-1')}!")])


def _in_a_name(folder: Path, secret: bytes) -> None:
    with Recorder(folder / "run.mcap", RunStart(t_ns=0, source="rig", scenario=secret.hex(), store="n", seed=7)):
        pass


def _in_the_books(folder: Path, secret: bytes) -> None:
    desk = Desk(open_store(f"sqlite:{folder / 'books.db'}"))
    desk.payments.begin("v1", 0, currency="USD", account=base64.b64encode(secret).decode())
    desk.feed(0)
    desk.close()


def _said(folder: Path, secret: bytes) -> None:
    (folder / "stdout").write_text(f"DEBUG scanned {secret!r}\n")


def _in_a_file(folder: Path, secret: bytes) -> None:
    (folder / "page").mkdir()
    (folder / "page" / "index.html").write_text(f"<i>{secret.hex().upper()}</i>")


def _in_a_files_name(folder: Path, secret: bytes) -> None:
    (folder / f"{secret.hex()}.png").write_bytes(b"")


PLANTS = (_on_a_screen, _in_a_name, _in_the_books, _said, _in_a_file, _in_a_files_name)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__.strip("_"))
@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_that_is_left_somewhere_is_found(
    plant: Callable[[Path, bytes], None], what: str, tmp_path: Path
) -> None:
    secret = SECRETS[what] if plant is not _on_a_screen or what == "a code" else b"plain-key-of-this-deployment-000"
    plant(tmp_path, secret)
    found = findings(tmp_path, {what: secret})
    assert found
    assert all(each.startswith(f"{what} in ") for each in found)
    assert findings(tmp_path, {what: secret[::-1]}) == []


@pytest.mark.parametrize("plant", [_on_a_screen, _said])
def test_a_card_number_is_found_and_a_bar_code_is_none(plant: Callable[[Path, bytes], None], tmp_path: Path) -> None:
    plant(tmp_path, CARD)
    (found,) = findings(tmp_path, {})
    assert found.startswith("a card number in ")
    assert findings(tmp_path, {}, frozenset({CARD.decode()})) == []


def test_a_template_and_a_picture_of_a_palm_are_found(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.mcap", RunStart(t_ns=0, source="rig", scenario="s", store="n", seed=7)) as recorder:
        recorder.write([PalmScan(t_ns=0, source="p1", handle="f0" * 256)])
    assert findings(tmp_path, {}) == ["a palm in run.mcap"]
    (tmp_path / "books.db").write_bytes(b"x" * 99 + b"\x89PNG\r\n")
    assert findings(tmp_path, {}) == ["a palm in run.mcap", "a picture in books.db"]
