"""The page as one file: template, style, script and data, and a policy that lets nothing in from elsewhere."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape

from rig.page.bundle import script, static, style
from rig.page.model.part import Batch

_PLACE = re.compile(r"\{\{(\w+)\}\}")


def page(title: str, batches: Sequence[Batch], live: str = "") -> str:
    """Return the page.

    Args:
        title: of the window.
        batches: what it shows.
        live: where further batches come from, an address on the server that serves it; "" for a file.
    """
    code, look = script(), style()
    parts = {
        "policy": policy(code, look, live=bool(live)),
        "title": escape(title),
        "live": escape(live),
        "style": look,
        "data": as_json(batches),
        "script": code,
    }
    # In one pass, so that nothing within a value is taken for a place.
    return _PLACE.sub(lambda place: parts[place[1]], static("page.html"))


def policy(code: str, look: str, *, live: bool) -> str:
    """Return the Content-Security-Policy: this script and this style alone, pictures out of the page itself."""
    ask = "'self'" if live else "'none'"
    return (
        f"default-src 'none'; script-src '{_hash(code)}'; style-src '{_hash(look)}'; img-src data: blob:; "
        f"connect-src {ask}; base-uri 'none'; form-action 'none'"
    )


def as_json(value: object) -> str:
    """Return data as JSON that ends no element and begins none, whatever names it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Only inside strings do these occur, where JSON has another spelling for each.
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
