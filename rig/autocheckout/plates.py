"""The plate log of an AutoCheckout case: base64 blocks of float32 grams, one a gondola every 0.2 s."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from rig.autocheckout.lines import Row

F32 = NDArray[np.float32]
VALUES = ("document", "plate_data", "values")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One message.

    Args:
        row: where it stands.
        gondola: 1, 2, ...
        delivered_ns: since 1970.
        started_ns: time of its first sample, since 1970.
        period_ns: between samples.
        grams: (samples, shelves + 1, plates + 1); index 0 of both is unused.
    """

    row: Row
    gondola: int
    delivered_ns: int
    started_ns: int
    period_ns: int
    grams: F32


def read_blocks(lines: Iterable[Row]) -> dict[int, list[Block]]:
    """Return the messages of each gondola in order of time.

    Raises:
        BadFile: a message that cannot be, or whose shape or rate differs from its gondola's others.
    """
    blocks: dict[int, list[Block]] = {}
    for row in lines:
        block = _block(row)
        known = blocks.setdefault(block.gondola, [])
        if known:
            _check_same(known[0], block)
        known.append(block)
    return {gondola: sorted(blocks[gondola], key=lambda block: block.started_ns) for gondola in sorted(blocks)}


def used_positions(blocks: Iterable[Block]) -> set[tuple[int, int]]:
    """Return (shelf, plate) of the inputs that carry a signal.

    An input without a plate holds one number for ever (often 6067.4) or none.
    """
    grams = np.concatenate([block.grams for block in blocks])
    with np.errstate(invalid="ignore"):
        moves = ((grams != grams[0]) & np.isfinite(grams)).any(axis=0)
    moves[0], moves[:, 0] = False, False
    return {(shelf, plate) for shelf, plate in np.argwhere(moves).tolist()}


def _block(row: Row) -> Block:
    rate = row.number("document", "plate_data", "freq_samp")
    if not 1 <= rate <= 10_000:
        raise row.bad("a sample rate that no plate has", "document.plate_data.freq_samp in hertz, such as 60.0", rate)
    gondola = row.get(int, "document", "plate_data", "plate_id", "shelf_id", "gondola_id", "id")
    grams, period_ns = _grams(row), round(SECOND / rate)
    # The origin is the last sample: messages leave 96-125 ms after it, too soon for a first sample 183 ms earlier.
    last_ns = row.utc_ns("document", "header", "t_origin")
    started_ns = last_ns - (len(grams) - 1) * period_ns
    return Block(row, gondola, row.seconds_ns("timestamp"), started_ns, period_ns, grams)


def _grams(row: Row) -> F32:
    kind = row.get(str, *VALUES, "type")
    if kind != "DATATYPE_FLOAT32":
        raise row.bad("samples of an unknown type", "DATATYPE_FLOAT32", kind)
    shape = row.get(list, *VALUES, "shape")
    if len(shape) != 3 or not all(isinstance(n, int) and n > 0 for n in shape):
        raise row.bad("samples of an impossible shape", "[samples, shelves + 1, plates + 1]", shape)
    try:
        data = base64.b64decode(row.get(str, *VALUES, "data"), validate=True)
    except binascii.Error as error:
        raise row.bad("samples that cannot be decoded", "base64", error) from error
    expected = 4 * shape[0] * shape[1] * shape[2]
    if len(data) != expected:
        raise row.bad("samples do not fill their shape", f"{expected} bytes for {shape}", f"{len(data)} bytes")
    return np.frombuffer(data, "<f4").astype(np.float32).reshape(shape)


def _check_same(first: Block, block: Block) -> None:
    if block.grams.shape != first.grams.shape or block.period_ns != first.period_ns:
        raise block.row.bad(
            f"a message of gondola {block.gondola} unlike its others",
            f"shape {list(first.grams.shape)} every {first.period_ns} ns, as on line {first.row.line}",
            f"shape {list(block.grams.shape)} every {block.period_ns} ns",
        )
