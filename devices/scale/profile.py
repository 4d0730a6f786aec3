"""Models of scales as data: which language, how fast, in which unit. A bench file names one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.clock import SECOND
from devices.scale.hx711_line import Hx711Line
from devices.scale.mt_sics import ASK_STABLE, MtSics
from devices.scale.nci import Nci
from devices.scale.reading import Codec
from devices.scale.sma import Sma
from devices.scale.toledo_8217 import Toledo8217


@dataclass(frozen=True, slots=True)
class Profile:
    """One model.

    Args:
        model: maker and model.
        line: how its serial port is set, as `devices.line.SerialLine` reads it.
        rate_hz: weighings a second: how often it is asked, or how often it sends by itself.
        asked: whether it sends only when asked.
        unit: what it weighs in.
        capacity_g: grams.
        step_g: its division, grams.
        counts_per_gram: of a raw converter.
        reply_ns: the longest that an answer may take.
    """

    model: str
    line: str
    rate_hz: int
    asked: bool = True
    unit: str = "g"
    capacity_g: float = 15_000.0
    step_g: float = 5.0
    counts_per_gram: float = 1.0
    reply_ns: int = SECOND

    @property
    def period_ns(self) -> int:
        """Time between weighings."""
        return SECOND // self.rate_hz


# The counter scales' divisions are those of a common 15 kg (30 lb) class III scale; the balance's those of a 220 g one.
# 10 kg cells of 1 mV/V at 5 V excitation give 5 mV, a quarter of the converter's 20 mV: 2^23 / 4 counts in 10 kg.
_CELL = {"asked": False, "capacity_g": 10_000.0, "step_g": 0.005, "counts_per_gram": 209.7152}
PROFILES: dict[str, Profile] = {
    "mt-sics": Profile("Mettler-Toledo, MT-SICS", "baud=9600&format=8N1", 5, capacity_g=220.0, step_g=0.01),
    # Asked when it waits for rest, which may take a few seconds.
    "mt-sics-stable": Profile(
        "Mettler-Toledo, MT-SICS", "baud=9600&format=8N1", 5, capacity_g=220.0, step_g=0.01, reply_ns=6 * SECOND
    ),
    "toledo-8217": Profile(
        "Toledo 8217", "baud=9600&format=7E1", 5, unit="lb", capacity_g=13_607.7711, step_g=4.5359237
    ),
    "toledo-8217-kg": Profile("Toledo 8217", "baud=9600&format=7E1", 5, unit="kg"),
    "toledo-8213": Profile("Toledo 8213", "baud=9600&format=7E1", 5, unit="kg"),
    "nci": Profile("Weigh-Tronix NCI", "baud=9600&format=7E1", 5, unit="lb", capacity_g=13_607.7711, step_g=4.5359237),
    "sma": Profile("SMA level 2", "baud=9600&format=8N1", 5, unit="kg"),
    "hx711-10": Profile("HX711 behind a microcontroller", "baud=115200&format=8N1", 10, **_CELL),  # type: ignore[arg-type]
    "hx711-80": Profile("HX711 behind a microcontroller", "baud=115200&format=8N1", 80, **_CELL),  # type: ignore[arg-type]
}

_CODECS: dict[str, Callable[[Profile, int], Codec]] = {
    "mt-sics": lambda _profile, _cells: MtSics(),
    "mt-sics-stable": lambda _profile, _cells: MtSics(ASK_STABLE),
    "toledo-8217": lambda profile, _cells: Toledo8217(profile.unit),
    "toledo-8217-kg": lambda profile, _cells: Toledo8217(profile.unit),
    "toledo-8213": lambda profile, _cells: Toledo8217(profile.unit, fixed_high_bits=True),
    "nci": lambda _profile, _cells: Nci(),
    "sma": lambda _profile, _cells: Sma(),
    "hx711-10": lambda profile, cells: Hx711Line(cells, profile.counts_per_gram),
    "hx711-80": lambda profile, cells: Hx711Line(cells, profile.counts_per_gram),
}


def codec(name: str, cells: int = 1) -> Codec:
    """Return a fresh codec of a profile.

    Args:
        name: of the profile.
        cells: plates that hang on the line.
    """
    return _CODECS[name](PROFILES[name], cells)
