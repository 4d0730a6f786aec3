"""A real log and its twin, measured alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from contracts.errors import UsageError
from contracts.layout import Layout, Product
from rig.autocheckout import read_case
from rig.fidelity.bands import Row, compare
from rig.fidelity.log import PickLog, read_log
from rig.fidelity.measure import Measured, measure
from rig.fidelity.replica import play
from rig.paths import find_store

STORE = "nanostore"
PLATE, GTIN = "gondola-1/shelf-5/plate-11", "071142008582"
"""The one pick of the public log BENCHMARK-1: a bottle of 621.67 g."""
BEFORE_S, AFTER_S = 12.4, 4.6
"""What that log holds before and after the pick."""
SEED = 31


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A real log beside its twin.

    Args:
        real: the log around its pick.
        twin: the twin's.
        real_measured: its figures and curves.
        twin_measured: the twin's.
        rows: the figures side by side.
    """

    real: PickLog
    twin: PickLog
    real_measured: Measured
    twin_measured: Measured
    rows: tuple[Row, ...]

    @property
    def inside(self) -> bool:
        """Whether the twin comes near enough in every figure."""
        return all(row.inside for row in self.rows)


def study(case: Path, seed: int = SEED, *, noise: bool = True) -> Study:
    """Measure a real log and the twin in which a shopper does the same.

    Args:
        case: directory of an AutoCheckout case that holds the pick of BENCHMARK-1.
        seed: of the twin's run.
        noise: False for a twin whose sensors do not err.

    Raises:
        UsageError: the case holds no such pick.
    """
    from twin.store import load_store  # physics is heavy

    log = read_case(case)
    store = load_store(find_store(STORE))
    real = read_log(log.layout, log.records(), PLATE, _product(log.layout, case).mass_g)
    known = list(log.layout.plate)
    played = play(store, _product(store.layout, store.path).id, PLATE, seed, noise=noise)
    return beside(real, played, known)


def beside(real: PickLog, twin: PickLog, plates: Iterable[str]) -> Study:
    """Measure two logs over the same time around their picks, on the same plates."""
    kept = tuple(plates)
    cut_real, cut_twin = (log.around(BEFORE_S, AFTER_S, kept) for log in (real, twin))
    a, b = measure(cut_real), measure(cut_twin)
    return Study(cut_real, cut_twin, a, b, compare(a.figures, b.figures))


def _product(layout: Layout, where: Path) -> Product:
    for product in layout.products:
        if product.gtin == GTIN:
            return product
    raise UsageError("the store does not sell what was taken in the log", where=str(where), expected=f"gtin {GTIN}")
