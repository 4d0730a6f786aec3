"""Wireshark's ZVT dissector reads a whole day of ours, to its last byte."""

import shutil
import subprocess
from pathlib import Path

import pytest

from contracts.clock import SECOND
from contracts.steps import Card
from devices.terminal import commands, reports
from devices.terminal.apdu import Apdu, ApduStream
from devices.terminal.behaviour import Behaviour
from devices.terminal.control import Control
from devices.terminal.messages import Status
from devices.terminal.profile import TCP
from devices.terminal.serial import frame
from tests.devices.terminal.bench import ANA, Bench

pytestmark = pytest.mark.peer
COMPLAINTS = ("_ws.malformed", "_ws.expert", "zvt.apdu_len.invalid")


def dissected(wire: list[tuple[str, bytes]], folder: Path, *fields: str) -> list[list[str]]:
    """Return the fields that tshark finds, a list a message; `wire` is ("O" sent or "I" heard, one message) each."""
    if not (shutil.which("tshark") and shutil.which("text2pcap")):
        pytest.skip("tshark is not installed: apt-get install tshark")
    dump, capture = folder / "wire.txt", folder / "wire.pcap"
    dump.write_text("".join(f"{side}\n000000 {data.hex(' ')}\n" for side, data in wire))
    subprocess.run(["text2pcap", "-q", "-D", "-T", "50000,20007", dump, capture], check=True, capture_output=True)
    command = ["tshark", "-r", capture, "-d", "tcp.port==20007,zvt", "-T", "fields", "-E", "separator=|"]
    for field in (*fields, *COMPLAINTS):
        command += ["-e", field]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    rows = [line.split("|") for line in done.stdout.splitlines()]
    assert all(row[len(fields) :] == [""] * len(COMPLAINTS) for row in rows), done.stdout
    return [row[: len(fields)] for row in rows]


def framed(frames: list[bytes], folder: Path, *fields: str) -> list[list[str]]:
    """Return the fields that tshark finds in frames of a serial line."""
    if not (shutil.which("tshark") and shutil.which("text2pcap")):
        pytest.skip("tshark is not installed: apt-get install tshark")
    dump, capture = folder / "serial.txt", folder / "serial.pcap"
    dump.write_text("".join(f"000000 {data.hex(' ')}\n\n" for data in frames))
    subprocess.run(["text2pcap", "-q", "-l", "147", dump, capture], check=True, capture_output=True)
    link = 'uat:user_dlts:"User 0 (DLT=147)","zvt","0","","0",""'
    command = ["tshark", "-r", capture, "-o", link, "-T", "fields", "-E", "separator=|"]
    for field in fields:
        command += ["-e", field]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return [line.split("|") for line in done.stdout.splitlines()]


def one_by_one(wire: list[tuple[str, bytes]]) -> list[tuple[str, Apdu]]:
    return [(side, apdu) for side, data in wire for apdu in ApduStream().feed(data)]


@pytest.mark.parametrize("block", [False, True], ids=["lines", "block"])
def test_a_payment_and_a_decline_are_read_without_complaint(tmp_path: Path, *, block: bool) -> None:
    bench = Bench(behaviour=Behaviour(block=block))
    bench.driver.request("k1", 1234, "EUR")
    bench.run(6 * SECOND, ANA)
    bench.driver.request("k2", 500, "EUR")
    bench.run(6 * SECOND, Card(token="x", answer="declined"))
    sent = one_by_one(bench.wire)
    fields = ("zvt.control_field", "zvt.ccrc", "zvt.aprc", "zvt.resp_to", "zvt.amount")
    rows = dissected([(side, apdu.encode()) for side, apdu in sent], tmp_path, *fields)
    assert len(rows) == len(sent) > 25
    last = 0  # the message that the next acknowledgement belongs to
    for number, ((_, apdu), (control, ccrc, aprc, answers, _)) in enumerate(zip(sent, rows, strict=True), start=1):
        if apdu.control == Control.ACKNOWLEDGED:
            assert (ccrc, aprc, answers) == ("0x80", "0x00", str(last) if last else "")
        else:
            known = apdu.control != Control.REPEAT_RECEIPT  # the one command that Wireshark has no name for
            assert control == (f"0x{apdu.control:04x}" if known else "")
            last = number if known else 0
    assert {row[-1] for row in rows if row[-1]} == {"1234", "500"}


def test_every_command_and_every_report_is_read_as_what_it_is(tmp_path: Path) -> None:
    told = Status(amount_minor=1200, currency_number=978, trace=7, receipt=9, terminal="52500295", card_name="VISA")
    known = [
        commands.registration(TCP),
        commands.authorisation(1200),
        commands.reversal(TCP, 9),
        commands.refund(TCP, 1200),
        commands.end_of_day(TCP),
        reports.intermediate(0x0A, "Karte bitte"),
        reports.status(told, bytes.fromhex("eeeeeeeeeeee4771")),
        reports.print_line("K A S S E"),
        reports.print_block(["x" * 40] * 10),
        reports.completion(),
        reports.aborted(0x6C),
    ]
    wire = [("O" if apdu.control in (0x600, 0x601, 0x630, 0x631, 0x650) else "I", apdu.encode()) for apdu in known]
    rows = dissected(wire, tmp_path, "zvt.control_field", "zvt.amount", "zvt.trace_number", "zvt.terminal_id")
    assert [int(row[0], 16) for row in rows] == [apdu.control for apdu in known]
    assert rows[6] == [f"0x{Control.STATUS:04x}", "1200", "000007", "52500295"]


def test_serial_frames_are_read_with_their_ends_and_check_sums(tmp_path: Path) -> None:
    # Nothing with a DLE in it: Wireshark does not take doubled ones apart.
    sent = [commands.authorisation(1200), reports.print_line("K A S S E"), reports.completion()]
    frames = [frame(apdu) for apdu in sent]
    rows = framed([*frames, b"\x06", b"\x15"], tmp_path, "zvt.control_field", "zvt.serial_char", "zvt.crc", *COMPLAINTS)
    ends = "0x10,0x02,0x10,0x03"
    assert rows[:3] == [
        [f"0x{apdu.control:04x}", ends, f"0x{int.from_bytes(one[-2:], 'little'):04x}", "", "", ""]
        for apdu, one in zip(sent, frames, strict=True)
    ]
    assert [row[1] for row in rows[3:]] == ["0x06", "0x15"]
