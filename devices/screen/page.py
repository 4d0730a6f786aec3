"""What a bench display shows, as a page for any browser: on a tablet before the scanner, on a spare monitor."""

from __future__ import annotations

import html
import json

import segno

STYLE = """
html { height: 100%; font: 5vmin system-ui, sans-serif; background: #fff; color: #111 }
body { margin: 0; height: 100%; display: flex; flex-direction: column; align-items: center; justify-content: center }
svg { width: min(86vmin, 100vw); height: min(86vmin, 80vh) }
p { margin: 1rem; text-align: center; white-space: pre-line }
body.lost { background: #fde8e8 }
"""
SCRIPT = """
const shown = document.getElementById("shown");
const events = new EventSource("shown");
events.onmessage = (event) => {
  document.body.classList.remove("lost");
  const said = JSON.parse(event.data);
  shown.innerHTML = said.picture;
  const words = document.createElement("p");
  words.textContent = said.text;
  shown.append(words);
};
events.onerror = () => document.body.classList.add("lost");
"""
"""The picture is drawn by the driver; text goes in as text. A display that has lost its driver turns reddish."""


def page(device: str, nonce: str) -> str:
    """Return the page; what is shown comes over it as events.

    Args:
        device: device id, the page's title.
        nonce: of this answer's Content-Security-Policy.
    """
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(device)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style nonce="{nonce}">{STYLE}</style></head>
<body><main id="shown" aria-live="polite"></main><script nonce="{nonce}">{SCRIPT}</script></body></html>
"""


def policy(nonce: str) -> str:
    """Return the Content-Security-Policy: nothing from anywhere else."""
    return f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'"


def shown(text: str, code: bytes) -> str:
    """Return one event's data.

    Args:
        text: for people.
        code: for scanners, drawn as a QR Code with its quiet zone; b"" for none.
    """
    return json.dumps({"text": text, "picture": picture(code) if code else ""})


def picture(code: bytes) -> str:
    """Return a code as SVG: dark on light, error correction level M, four modules of quiet zone."""
    symbol = segno.make_qr(_text(code), error="m", boost_error=False)
    return str(symbol.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))


def _text(code: bytes) -> str | bytes:
    """Return a code as text where it is ASCII, so that digits are written as digits."""
    return code.decode("ascii") if code.isascii() else code
