"""Our ACU with a device of libosdp; the ACUs of osdp and libosdp with our device: in clear and the secure channel."""

import pytest

from contracts.clock import SECOND, WallClock
from devices.fd_line import pseudo_terminal
from devices.listening_line import ListeningLine
from devices.osdp import profiles
from devices.osdp.cards import bits_of_code
from devices.osdp.codes import Command
from devices.osdp.identity import Can
from devices.osdp.link import Link
from devices.osdp.panel import IDENTITY
from devices.osdp.pd_table import Trust
from devices.osdp.showing import Color, Led, pack_text
from devices.osdp.trouble import Trouble
from devices.osdp.wire import wire
from tests.devices.osdp.pair import KEY
from tests.devices.osdp.peers import peer

pytestmark = pytest.mark.peer


@pytest.mark.parametrize(
    ("link", "key", "strict"),
    [
        (Link(5), "", "no"),
        (Link(5, key=KEY), KEY.secret.hex(), "strict"),
        (Link(5, key=KEY, install=True), "", "no"),
        (Link(127), "", "no"),
    ],
    ids=["clear", "secure", "key set on the way", "everybody's address"],
)
def test_our_acu_with_a_device_of_libosdp(link: Link, key: str, strict: str) -> None:
    line, name = pseudo_terminal()
    clock = WallClock(0)
    driver = profiles.code_reader("osdp-code", "reader-1", wire(lambda: line, clock, link))
    driver.acu.command(Command.LED, Led(Color.GREEN).pack())
    driver.acu.command(Command.TEXT, pack_text("hello"))
    codes: list[bytes] = []
    with peer(
        "libosdp",
        "libosdp_device.py",
        [name, "5", key, strict],
        clock,
        lambda: codes.extend(scan.code for scan in driver.read(clock.now_ns)),
    ) as device:
        assert device.line("its start") == "started\n"
        device.until(lambda: driver.acu.ready, "ready")
        device.say("cards")
        device.until(lambda: len(codes) == 2, "two cards")
        found = device.found()
    driver.close()
    assert codes == [b"123-4567", b"abcd"]
    assert found["secure"] is (link.key is not None)
    shown = [command for command in found["commands"] if "type" not in command]
    assert [(each.get("on_color"), each.get("data")) for each in shown] == [(Color.GREEN, None), (None, "hello")]
    assert driver.acu.identity is not None
    assert driver.acu.capabilities[Can.TEXT] == (1, 1)


def test_a_device_of_libosdp_with_another_key_is_told_of() -> None:
    line, name = pseudo_terminal()
    clock = WallClock(0)
    driver = profiles.code_reader("osdp-code", "reader-1", wire(lambda: line, clock, Link(5, key=KEY)))
    with peer(
        "libosdp", "libosdp_device.py", [name, "5", "ff" * 16, "strict"], clock, lambda: driver.read(clock.now_ns)
    ) as device:
        device.until(lambda: driver.complaint is not None and bool(driver.troubles[Trouble.KEY]), "a complaint")
        assert "another key" in str(driver.complaint)
        assert KEY.secret.hex() not in str(driver.complaint)
    driver.close()


@pytest.mark.parametrize("crc", [True, False], ids=["CRC", "checksum"])
@pytest.mark.parametrize("secure", [False, True], ids=["clear", "secure"])
def test_the_acu_of_osdp_with_our_device(secure: bool, crc: bool) -> None:
    line, name = pseudo_terminal()
    clock = WallClock(0)
    device = profiles.card_emulator("osdp-code", "reader-1", line, clock, Link(5, install=True))
    key = KEY.secret.hex() if secure else ""
    words = [name, "5", "crc" if crc else "checksum", key]
    with peer("osdp", "osdp_panel.py", words, clock, device.work) as acu:
        assert acu.line("ready") == "ready\n"
        device.present(b"ABC-1")
        acu.pause(2 * SECOND)
        found = acu.found()
    device.close()
    raw = bits_of_code(b"ABC-1").pack()[4:].hex()
    assert found == {
        "serial": IDENTITY.serial,
        "can": len(device.pd.panel.capabilities),
        "lit": True,
        "secure": secure,
        "cards": [[40, raw]],
        "texts": [],
    }
    # It sets lights for good with code 2, where libosdp and OSDP.Net have 1: acknowledged, and not obeyed.
    assert device.pd.panel.lights == {}
    assert device.pd.channel.trust is (Trust.SECURE if secure else Trust.CLEAR)


def test_the_acu_of_osdp_over_tcp() -> None:
    line = ListeningLine("127.0.0.1", 0)
    clock = WallClock(0)
    device = profiles.card_emulator("osdp-text", "reader-1", line, clock, Link(5, install=True))
    words = [f"127.0.0.1:{line.port}", "5", "crc", KEY.secret.hex()]
    with peer("osdp", "osdp_panel.py", words, clock, device.work) as acu:
        acu.line("ready")
        device.present(b"ABC-1")
        acu.pause(2 * SECOND)
        assert acu.found()["texts"] == [(b"\0\0\5ABC-1").hex()]
    device.close()


@pytest.mark.parametrize("secure", [False, True], ids=["clear", "secure"])
def test_the_acu_of_libosdp_with_our_device(secure: bool) -> None:
    line, name = pseudo_terminal()
    clock = WallClock(0)
    link = Link(5, key=KEY) if secure else Link(5)
    device = profiles.card_emulator("osdp-card", "reader-1", line, clock, link)
    words = [name, "5", KEY.secret.hex() if secure else ""]
    with peer("libosdp", "libosdp_panel.py", words, clock, device.work) as acu:
        acu.line("ready")
        device.present(b"123-4567")
        acu.pause(2 * SECOND)
        found = acu.found()
    device.close()
    assert found == {"there": True, "lit": True, "cards": [[26, "bd88eb80"]]}
    assert device.pd.panel.lights == {(0, 0): Color.GREEN}
