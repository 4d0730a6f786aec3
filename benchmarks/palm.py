"""How long a palm takes: from the picture to the card on file among 1e5 people, and the search alone among 1e6."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.figure import Figure
from contracts.clock import Stopwatch
from contracts.layout import Account
from contracts.records import PalmScan
from contracts.seeds import stream
from stack.palm.code import WORD, Words
from stack.palm.gallery import Gallery
from stack.palm.identify import Identified, Identifier
from stack.palm.keys import new_keys
from stack.palm.matching import LIMITS, best_match
from stack.palm.record import Consent, Enrolment
from stack.palm.sealing import SAMPLE_WORDS, SCAN_WORDS
from stack.palm.template import KEPT
from stack.visits.identity import AccountBook
from twin.palms import draw_palm, hand

TARGET_MS = 300.0
PEOPLE, MANY = 100_000, 1_000_000
REAL, VISITS, SEARCHES, REPEATS = 12, 10, 60, 3
BATCH = 10_000


def end_to_end() -> Iterator[Figure]:
    """Let people who enrolled show their palms in a gallery of 1e5: region, liveness, code, search, account, card."""
    entropy = stream(1, "benchmark", "entropy").bytes
    reader, accounts = Identifier(new_keys(entropy), entropy), {}
    for number in range(REAL):
        pictures = [hand(draw_palm(1, f"bench-{number}"), f"enrol-{k}") for k in range(KEPT)]
        made = reader.enrol(Consent(f"account-{number}", 0, "benchmark"), pictures)
        if isinstance(made, Enrolment):
            accounts[made.handle] = f"account-{number}"
    _fill(reader.gallery, PEOPLE)
    handles = [*accounts, *(f"random-{n}" for n in range(PEOPLE - len(accounts)))]
    known = {
        f"account-{n}": Account(f"account-{n}", palm_handles=(handle,), loyalty="prime", instrument=f"card-{n}")
        for n, handle in enumerate(handles)
    }
    book = AccountBook(known.values())
    pictures = [hand(draw_palm(1, f"bench-{n}"), f"visit-{k}") for n in range(REAL) for k in range(VISITS)]
    told = [0, 0]

    def one(number: int) -> None:
        found = reader.identify(pictures[number])
        told[0] += 1
        if isinstance(found, Identified):
            shown = book.look_up(PalmScan(t_ns=0, source="palm-1", handle=found.handle, quality=1.0))
            told[1] += bool(known[shown.account].instrument and known[shown.account].loyalty)

    # Once only: a picture shown again is a replay, and turned down before the account is asked for.
    values = [_p95_ms(one, len(pictures))]
    note = f"picture to identity, membership and card, p95 of {told[0]} visits ({told[1]} paid), 1e5 palms, 2 threads"
    yield Figure(name="palm_end_to_end_p95_ms", unit="ms", better="lower", values=values, target=TARGET_MS, note=note)


def search() -> Iterator[Figure]:
    """Search among 1e6 palms of random codes: an exact search takes as long whatever the codes are."""
    gallery = Gallery(room=MANY)
    _fill(gallery, MANY)
    draws = stream(1, "benchmark", "probes")
    probes = [(_random(draws, 25, SCAN_WORDS), _random(draws, 25, SAMPLE_WORDS)) for _ in range(SEARCHES)]

    def one(number: int) -> None:
        best_match(gallery, *probes[number], LIMITS, threads=2)

    one(0)
    values = [_p95_ms(one, SEARCHES) for _ in range(REPEATS)]
    note = f"exact scan of 1e6 x 25 places and re-rank of 50, p95 of {SEARCHES} searches, 2 threads"
    yield Figure(name="palm_search_1e6_p95_ms", unit="ms", better="lower", values=values, target=TARGET_MS, note=note)


def _fill(gallery: Gallery, size: int) -> None:
    """Add palms of random codes."""
    draws = stream(1, "benchmark", "codes")
    missing = size - len(gallery)
    for start in range(0, missing, BATCH):
        count = min(BATCH, missing - start)
        handles = [f"random-{start + k}" for k in range(count)]
        samples = _random(draws, count * KEPT, SAMPLE_WORDS).reshape(count, KEPT, SAMPLE_WORDS)
        gallery.add_rows(handles, _random(draws, count, SCAN_WORDS), samples)


def _random(draws: np.random.Generator, count: int, words: int) -> Words:
    return draws.integers(0, 2**WORD - 1, (count, words), dtype=np.uint64, endpoint=True)


def _p95_ms(one: Callable[[int], None], count: int) -> float:
    """Return the 95th percentile of what each takes."""
    spent = []
    for number in range(count):
        watch = Stopwatch()
        one(number)
        spent.append(watch.seconds * 1000)
    return float(np.percentile(spent, 95))
