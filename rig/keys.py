"""The throwaway keys of a run: drawn from its seed, so a replay has them again, and never recorded."""

from __future__ import annotations

from contracts.seeds import stream

KEY_BYTES = 32


def deployment_key(seed: int) -> bytes:
    """Return the key of which the keys of all phones of a run are derived.

    It guards nothing: whoever has a recording has the seed. A real deployment is given a key of its own.
    """
    return stream(seed, "deployment key").bytes(KEY_BYTES)
