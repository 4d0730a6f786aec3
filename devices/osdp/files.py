"""Keys and templates in files of their own, so that they stand in no bench file."""

from __future__ import annotations

import json
from pathlib import Path

from contracts.errors import BadFile, UsageError
from devices.osdp.bio import MOST_TEMPLATE
from devices.osdp.keys import Key, key_from_hex


def read_key_file(path: Path) -> Key:
    """Return the key in a file: 32 hexadecimal digits.

    Raises:
        BadFile: it cannot be read, or is no key; what stands in it is not quoted.
    """
    try:
        return key_from_hex(_text(path).strip())
    except UsageError as error:
        raise BadFile(error.what, file=path, expected=error.expected) from None


def read_templates(path: Path) -> dict[str, bytes]:
    """Return templates by handle from a file: JSON, `{"handle": "hexadecimal digits"}`.

    Raises:
        BadFile: it cannot be read, or says something else; what stands in it is not quoted.
    """
    wanted = f"an object of handles with hexadecimal templates of {MOST_TEMPLATE} bytes at most"
    try:
        said = json.loads(_text(path))
        templates = {str(handle): bytes.fromhex(digits) for handle, digits in said.items()}
    except (ValueError, TypeError, AttributeError):
        raise BadFile("these are no templates", file=path, expected=wanted) from None
    if any(len(template) > MOST_TEMPLATE for template in templates.values()):
        raise BadFile("a template is too long for a packet", file=path, expected=wanted)
    return templates


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not plain text"
        raise BadFile("the file cannot be read", file=path, found=str(reason)) from None
