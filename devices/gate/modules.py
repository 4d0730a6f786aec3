"""I/O modules by name. A new one is one entry here.

The same number means different things: coil 16 is a relay of an ADAM and starts a pulse on a Moxa.
Sources: ADAM-6060 manual, edition 9, B.2; Moxa ioLogik E1200 manual, A-14 to A-16; Waveshare's wiki, Modbus RTU Relay
and Modbus RTU IO 8CH; ICP DAS PET-7000 DIO manual, appendix D (host watchdog).
"""

from __future__ import annotations

from contracts.clock import MILLISECOND, SECOND
from contracts.errors import UsageError
from devices.gate.module import Counters, Dog, Module, Pulse, Watchdog
from devices.modbus.bank import Table

_BY_SETUP = Watchdog(kind=Dog.SETUP)
MODULES: dict[str, Module] = {
    # Inputs are read as coils; some firmware has them as discrete inputs too. Counters stand at 40001, low word first,
    # once an input is set up to count: common knowledge, not read again. A scan takes 100 ms.
    "adam-6060": Module(
        model="Advantech ADAM-6060",
        inputs=6,
        relays=6,
        relay=16,
        input_table=Table.COILS,
        pulse=Pulse.HOST,
        counters=Counters(table=Table.HOLDING, address=0, high_first=False),
        watchdog=_BY_SETUP,
        scan_ns=100 * MILLISECOND,
    ),
    # A relay's shortest pulse is one unit of 1.5 s.
    "moxa-e1214": Module(
        model="Moxa ioLogik E1214",
        inputs=6,
        relays=6,
        relay=0,
        pulse=Pulse.COIL,
        pulse_at=16,
        pulse_width_at=52,
        pulse_unit_ns=1500 * MILLISECOND,
        counters=Counters(table=Table.INPUT_REGISTERS, address=16, high_first=True),
        watchdog=_BY_SETUP,
    ),
    # No watchdog: the fire relay is held by pulses of 3 s. That a new pulse prolongs one that runs is an assumption.
    "waveshare-io-8ch": Module(
        model="Waveshare Modbus RTU IO 8CH",
        line="baud=9600&format=8N1",
        inputs=8,
        relays=8,
        relay=0,
        pulse=Pulse.FLASH,
        pulse_at=0x0200,
        watchdog=Watchdog(kind=Dog.REFRESH, after_ns=3 * SECOND),
    ),
    # The watchdog's unit is that of the family's DL-303 manual (40558: 5 to 65535 s); the register is kept in EEPROM,
    # so it is written only where it differs. Addresses of inputs and relays are those common to the family, not read.
    "pet-7060": Module(
        model="ICP DAS PET-7060",
        inputs=6,
        relays=6,
        relay=0,
        pulse=Pulse.HOST,
        watchdog=Watchdog(kind=Dog.REGISTER, register=256),
    ),
}


def find(name: str) -> Module:
    """Return a module.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in MODULES:
        raise UsageError("no such I/O module", where="devices/gate/modules.py", expected=", ".join(MODULES), found=name)
    return MODULES[name]
