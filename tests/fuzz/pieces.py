"""How a fuzzer's bytes are cut into what a line brings."""

from __future__ import annotations


def pieces_of(data: bytes) -> list[bytes]:
    """Cut bytes: each piece is led by its length, 0 for a while in which nothing comes."""
    found: list[bytes] = []
    while data:
        size = data[0] % 64
        found.append(data[1 : 1 + size])
        data = data[1 + size :]
    return found
