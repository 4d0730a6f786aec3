"""Weight transmitters by name. A new one is one entry here.

Sources: Laumas TLU manual, p. 30-34 (also TLB, W100; Bosche WTS and CAS CI-600D have the same map); Flintec FT-112,
13.2.1; Dini Argeo DGT4X manual, p. 57-58, and quick start guide, p. 11-13; ID551PN, 3.5; Pavone DAT 1400 manual, p. 67,
and DAT 100 manual, p. 32. Not read in a manual: the bits of Laumas's status and its orders 7 and 9; that the DAT 400
has its family's map, and that its weight has a sign; word order where nothing is said, which is high word first.
"""

from __future__ import annotations

from contracts.errors import UsageError
from devices.modbus.bank import Table
from devices.scale.transmitter.model import Form, Order, Says, Transmitter

TRANSMITTERS: dict[str, Transmitter] = {
    "laumas": Transmitter(
        model="Laumas TLB, TLU, W100",
        at=6,
        count=7,
        form=Form.MAGNITUDE,
        weight=7,
        status=6,
        bits={
            Says.FAULT: (0, 1), Says.OVER: (2, 3), Says.NEGATIVE: (7,), Says.NET: (10,), Says.STABLE: (11,),
            Says.ZERO: (12,),
        },
        command=5,
        orders={Order.TARE: 7, Order.ZERO: 8, Order.CLEAR: 9},
        most=32,
    ),
    "flintec": Transmitter(
        model="Flintec FT-112",
        at=0,
        count=11,
        form=Form.SIGNED,
        weight=4,
        status=6,
        status_words=2,
        bits={Says.MOVING: (2,), Says.NET: (3,), Says.ZERO: (12,)},
        decimals_bit=27,
        heartbeat=10,
        command=24,
        orders={Order.ZERO: 1, Order.TARE: 2, Order.CLEAR: 3},
    ),
    "dini-argeo": Transmitter(
        model="Dini Argeo DGT, one scale",
        table=Table.INPUT_REGISTERS,
        at=0,
        count=5,
        form=Form.MAGNITUDE,
        weight=0,
        status=4,
        bits={
            Says.NEGATIVE: (1,), Says.STABLE: (2,), Says.UNDER: (3,), Says.OVER: (4,), Says.NET: (5, 6),
            Says.ZERO: (7,),
        },
        command=0,
        orders={Order.ZERO: 1, Order.TARE: 2},
    ),
    "dini-argeo-4": Transmitter(
        model="Dini Argeo DGT4X, four scales",
        at=201,
        count=12,
        form=Form.MAGNITUDE,
        weight=202,
        status=201,
        bits={
            Says.NEGATIVE: (0,), Says.STABLE: (1,), Says.UNDER: (2,), Says.OVER: (3,), Says.ZERO: (4,),
            Says.NET: (6, 7),
        },
        channels=4,
        stride=3,
        command=0,
        orders={Order.ZERO: 1, Order.TARE: 2},
    ),
    "id551": Transmitter(
        model="ID551",
        at=0,
        count=5,
        form=Form.FLOAT,
        weight=2,
        status=4,
        bits={
            Says.ZERO: (8,), Says.UNDER: (9,), Says.OVER: (10,), Says.NET: (11,), Says.MOVING: (12,), Says.VALID: (15,),
        },
        command=5,
        orders={Order.ZERO: 1 << 11, Order.TARE: 1 << 12, Order.CLEAR: 1 << 13},
        edges=True,
    ),
    "dat400": Transmitter(
        model="Pavone DAT 400",
        at=0,
        count=3,
        form=Form.SIGNED,
        weight=1,
        status=0,
        bits={
            Says.ZERO: (0,), Says.STABLE: (1,), Says.NET: (3,), Says.UNDER: (4,), Says.OVER: (5,), Says.FAULT: (6,),
        },
        command=502,
        orders={Order.ZERO: 1, Order.TARE: 2},
    ),
}  # fmt: skip


def find(name: str) -> Transmitter:
    """Return a transmitter.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in TRANSMITTERS:
        raise UsageError("no such weight transmitter", expected=", ".join(TRANSMITTERS), found=name)
    return TRANSMITTERS[name]
