"""Wireshark's dissectors read every frame of a gate's day, in both framings, and have nothing to complain of."""

import subprocess
from pathlib import Path

import pytest

from devices.modbus.framing import Framing
from devices.modbus.types import Code
from tests.devices.gate.bench import IN, OPENED, PASSED_IN, Bench
from tests.devices.modbus.peers import program

pytestmark = pytest.mark.peer
COMPLAINTS = ("_ws.malformed", "_ws.expert.message", "mbtcp.cannot_classify")
FIELDS = {
    Framing.TCP: ("mbtcp.trans_id", "mbtcp.unit_id", "modbus.func_code", "modbus.exception_code"),
    Framing.RTU: ("mbrtu.crc16.status", "mbrtu.unit_id", "modbus.func_code", "modbus.exception_code"),
}
PROTOCOL = {Framing.TCP: "mbtcp", Framing.RTU: "mbrtu"}


class Listening(Bench):
    """Keeps what goes over the line: ("O" asked or "I" answered, bytes)."""

    def run(self, seconds: float):
        if not hasattr(self, "wire"):
            self.wire: list[tuple[str, bytes]] = []
            for line, side in ((self.ours, "O"), (self.theirs, "I")):
                line.write = self.heard(line.write, side)  # type: ignore[method-assign]
        return super().run(seconds)

    def heard(self, write, side: str):
        def both(data: bytes) -> None:
            self.wire.append((side, data))
            write(data)

        return both


def dissected(wire: list[tuple[str, bytes]], framing: Framing, folder: Path) -> list[list[str]]:
    tshark, text2pcap = program("tshark", "tshark"), program("text2pcap", "tshark")
    dump, capture = folder / "wire.txt", folder / "wire.pcap"
    dump.write_text("".join(f"{side}\n000000 {data.hex(' ')}\n" for side, data in wire))
    subprocess.run([text2pcap, "-q", "-D", "-T", "502,50000", dump, capture], check=True, capture_output=True)
    command = [tshark, "-r", capture, "-d", f"tcp.port==502,{PROTOCOL[framing]}", "-T", "fields", "-E", "separator=|"]
    command += ["-o", "mbrtu.crc_verification:TRUE"]
    for field in (*FIELDS[framing], *COMPLAINTS):
        command += ["-e", field]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return [line.split("|") for line in done.stdout.splitlines()]


@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("module", ["adam-6060", "moxa-e1214", "waveshare-io-8ch", "pet-7060"])
def test_a_visit_is_read_without_complaint(module: str, framing: Framing, tmp_path: Path) -> None:
    bench = Listening(module, framing=framing, tick_ms=50)
    assert bench.open() == [OPENED]
    assert bench.cross(IN, 0.5) == (True, [PASSED_IN])
    bench.run(1)
    rows = dissected(bench.wire, framing, tmp_path)
    assert len(rows) == len(bench.wire) > 50
    for (_, data), (number, unit, code, refusal, *complaints) in zip(bench.wire, rows, strict=True):
        pdu = data[7:] if framing is Framing.TCP else data[1:-2]
        assert (int(unit), int(code)) == (1, pdu[0] & 0x7F)
        assert int(code) in {int(known) for known in Code}
        assert refusal == ("" if pdu[0] < 0x80 else str(pdu[1]))
        assert number == (str(int.from_bytes(data[:2], "big")) if framing is Framing.TCP else "1")
        assert complaints == ["", "", ""]


def test_the_referee_sees_a_wrong_check_sum(tmp_path: Path) -> None:
    wire = [("O", bytes.fromhex("01 05 00 00 FF 00 8C 3B"))]
    ((status, *_, message, _),) = dissected(wire, Framing.RTU, tmp_path)
    assert status == "0"
    assert "CRC" in message
