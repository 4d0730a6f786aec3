"""An ACU made of the Python package osdp, run by its own Python: port or HOST:PORT, address, CRC or not, key or "".

It asks who is there and what it can, sets a light, waits for cards until its input ends, and prints what it was told.
"""

import json
import os
import sys

from osdp import (
    ControlPanel,
    LedColor,
    PermanentReaderControlCode,
    ReaderLedControl,
    ReaderLedControls,
    SerialPortOsdpConnection,
    TcpClientOsdpConnection,
    TemporaryReaderControlCode,
)

GREEN = ReaderLedControl(
    reader_number=0,
    led_number=0,
    temporary_mode=TemporaryReaderControlCode.Nop,
    temporary_on_time=0,
    temporary_off_time=0,
    temporary_on_color=LedColor.Black,
    temporary_off_color=LedColor.Black,
    temporary_timer=0,
    permanent_mode=PermanentReaderControlCode.SetPermanentState,
    permanent_on_time=1,
    permanent_off_time=0,
    permanent_on_color=LedColor.Green,
    permanent_off_color=LedColor.Black,
)


class Panel(ControlPanel):
    def __init__(self, key):
        super().__init__(key)
        self.cards, self.texts = [], []

    def on_raw_card_data_reply_received(self, address, raw_card_data):
        self.cards.append([raw_card_data.bit_count, raw_card_data.data.hex()])

    def on_formatted_reader_data_reply_received(self, address, formatted_reader_data):
        self.texts.append(formatted_reader_data.hex())


def again(ask):
    """The first questions come before the handshake is through, and are not answered in time."""
    for _ in range(5):
        try:
            return ask()
        except TimeoutError:
            continue
    raise TimeoutError


def main():
    where, address, crc, key = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "crc", bytes.fromhex(sys.argv[4])
    panel = Panel(key or None)
    if where.startswith("/"):
        connection = SerialPortOsdpConnection(port=where, baud_rate=9600)
    else:
        host, port = where.split(":")
        connection = TcpClientOsdpConnection(host, int(port))
    bus = panel.start_connection(connection)
    panel.add_device(connection_id=bus, address=address, use_crc=crc, use_secure_channel=bool(key))
    who = again(lambda: panel.id_report(connection_id=bus, address=address))
    can = again(lambda: panel.device_capabilities(connection_id=bus, address=address))
    lit = again(lambda: panel.reader_led_control(bus, address, ReaderLedControls([GREEN])))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    secure = panel._buses[bus]._configured_devices[address].is_security_established
    found = {"serial": who.serial_number, "can": len(can.capabilities), "lit": lit, "secure": secure}
    sys.stdout.write(json.dumps({**found, "cards": panel.cards, "texts": panel.texts}) + "\n")
    sys.stdout.flush()
    panel.shutdown()
    os._exit(0)


main()
