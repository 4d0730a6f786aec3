"""A store file that says only what differs from another one: `like: corner-shop`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from contracts.document import Document, nearest, read_document

KEY = "like"


def whole(document: Document, seen: tuple[str, ...] = ()) -> Document:
    """Return a store's document with everything that it takes over from the store that it is like.

    Mappings are joined key by key; anything else replaces what was there, and `null` takes it away.

    Args:
        document: as written.
        seen: the stores that are being read because of one another.

    Raises:
        BadFile: the other store does not exist, or is like this one.
    """
    data = document.data
    if not isinstance(data, dict) or KEY not in data:
        return document
    other = str(data[KEY])
    path = document.path.with_name(f"{other}.yaml")
    if not path.is_file() or path.stem in (*seen, document.path.stem):
        known = sorted(p.stem for p in document.path.parent.glob("*.yaml") if p != document.path)
        raise document.bad(
            "no such store, or one that is like this one",
            KEY,
            expected=f"a store file beside this one: {', '.join(known)}",
            found=other,
            hint=nearest(other, known),
        )
    base = whole(read_document(path), (*seen, document.path.stem))
    return replace(document, data=joined(base.data, data))


def joined(base: Any, over: Any) -> Any:
    """Return base with what stands over it."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    both = {key: joined(base.get(key), value) for key, value in over.items() if value is not None}
    return {**{key: value for key, value in base.items() if key not in over}, **both}
