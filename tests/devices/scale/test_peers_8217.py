"""The scale driver of odoo-driver, a till's, against our emulated 8217."""

import pytest

from contracts.clock import WallClock
from devices.fd_line import pseudo_terminal
from devices.scale.balance import Trouble
from devices.scale.emulator import ScaleEmulator
from tests.devices.scale.peers import installed, said

pytestmark = pytest.mark.peer

PROGRAM = """
import json, sys
import odoo_driver
from odoo_driver_plugin_scale_toledo_8217 import DriverScaleToledo8217
driver = DriverScaleToledo8217()
driver._terminal_file = sys.argv[1]
print(json.dumps([driver.get_weight(float(tare)) for tare in sys.argv[2:]]))
"""


def told(profile: str, grams: float, *tares: str, trouble: Trouble | None = None) -> list[dict]:
    line, name = pseudo_terminal()
    clock = WallClock(0)
    device = ScaleEmulator(profile, line, clock)
    device.load(grams)
    device.begin(trouble)
    # The load comes to rest while the program starts; its first weight is asked for again to be sure of it.
    found = said(installed("odoo"), PROGRAM, [name, *["0"] * 8, *tares], device, clock)
    device.close()
    assert isinstance(found, list)
    return found[7:]


def test_a_till_reads_gross_and_net_weights() -> None:
    gross, net = told("toledo-8217-kg", 1250.0, "0.25")
    assert (gross["weight"], gross["weight_unit"], gross["result"]["weight_type"]) == (1.25, "kilogram", "gross")
    assert (net["weight"], net["net_weight"], net["result"]["weight_type"]) == (1.25, 1.0, "net")


def test_a_till_reads_pounds() -> None:
    (gross,) = told("toledo-8217", 453.59237)
    assert (gross["weight"], gross["weight_unit"]) == (1.0, "pound")


@pytest.mark.parametrize(("trouble", "word"), [(Trouble.MOTION, "scale_in_moving"), (Trouble.OVER, "over_capacity")])
def test_a_till_is_told_why_there_is_no_weight(trouble: Trouble, word: str) -> None:
    # It takes bits 0 and 1 together for "under zero", so only the word that is meant is looked for.
    (none,) = told("toledo-8217-kg", 1250.0, trouble=trouble)
    assert none["weight"] == 0.0
    assert word in none["result"]["status_list"]
