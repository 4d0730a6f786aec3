"""One codec under atheris, in a process of its own: `python -m tests.fuzz.one NAME RUNS`; libFuzzer ends it."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["devices"]):
    from tests.fuzz.codecs import CODECS
from tests.fuzz.pieces import pieces_of

MEMORY_MB = 1024
"""Of the whole process, numpy and all that the drivers import included."""


def main(name: str, runs: str) -> None:
    """Fuzz."""
    target = CODECS[name]

    def one(data: bytes) -> None:
        target(pieces_of(data))

    limits = [
        f"-atheris_runs={runs}",
        f"-rss_limit_mb={MEMORY_MB}",
        "-max_len=600",
        "-timeout=10",
        "-seed=1",
    ]
    atheris.Setup([sys.argv[0], *limits], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
