"""GS1 Digital Link: what an element string says, as a web address in a QR Code or Data Matrix.

Source: GS1 Digital Link Standard: URI Syntax, releases 1.1 (short names, shorter GTINs) to 1.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from contracts.codes import gs1
from contracts.codes.gs1 import Element, Gs1
from contracts.errors import BadCode

_KEY = "01"
_QUALIFIERS = ("22", "10", "21")
"""What may stand behind a GTIN in the path, in this order."""
_NAMES = {"gtin": "01", "cpv": "22", "lot": "10", "ser": "21", "exp": "17"}
"""Short names of release 1.1; later ones have none."""
_WHOLE_GTIN = 14


def looks_like(text: str) -> bool:
    """Whether a text is a web address that names an article."""
    return text[:8].lower().startswith(("http://", "https://")) and bool(_path(text))


def read(text: str) -> Gs1:
    """Return what a link says.

    Raises:
        BadCode: it names no article, or what it says must not be said.
    """
    path = _path(text)
    if not path:
        raise BadCode("this address names no article", expected="/01/ and a GTIN in its path")
    query = list(_query(text))
    told = [(ai, value) for ai, value in query if ai.isdigit()]
    label = gs1.checked(gs1.element(*each) for each in [*path, *told])
    return replace(label, others=len(told) < len(query))


def write(host: str, label: Gs1) -> str:
    """Return the link of a label at a host ("id.gs1.org"): key and qualifiers in the path, the rest behind it.

    Raises:
        BadCode: it names no article.
    """
    if not label.value(_KEY):
        raise BadCode("this label names no article", expected=f"({_KEY})")
    path = [each for ai in (_KEY, *_QUALIFIERS) if (each := label.find(ai))]
    rest = "&".join(f"{each.ai}={_quoted(each)}" for each in label.elements if each not in path)
    return f"https://{host}/" + "/".join(f"{each.ai}/{_quoted(each)}" for each in path) + (f"?{rest}" if rest else "")


def _quoted(each: Element) -> str:
    kept = "-._~"
    return "".join(c if c.isalnum() or c in kept else f"%{ord(c):02X}" for c in each.value)


def _path(text: str) -> list[tuple[str, str]]:
    """Return key and qualifiers of an address, [] when its path ends in none: the rest before them is a host's own."""
    try:
        parts = [unquote(part) for part in urlsplit(text).path.strip("/").split("/")]
    except ValueError:
        return []
    ais = [_NAMES.get(part, part) for part in parts]
    starts = [i for i in range(len(parts) - 1) if ais[i] == _KEY and (len(parts) - i) % 2 == 0]
    for start in reversed(starts):
        found = list(zip(ais[start::2], parts[start + 1 :: 2], strict=True))
        qualifiers = [ai for ai, _ in found[1:]]
        if qualifiers == [ai for ai in _QUALIFIERS if ai in qualifiers]:
            return [(_KEY, found[0][1].zfill(_WHOLE_GTIN)), *found[1:]]
    return []


def _query(text: str) -> Iterator[tuple[str, str]]:
    for pair in urlsplit(text).query.replace(";", "&").split("&"):
        name, _, value = pair.partition("=")
        if pair:
            yield _NAMES.get(unquote(name), unquote(name)), unquote(value)
