"""From what somebody typed to a store of files."""

from __future__ import annotations

from pathlib import Path

from rig.storage.address import is_url
from rig.storage.folder import Folder
from rig.storage.place import Place

_FILE = "file://"


def open_place(text: str) -> Place:
    """Return the store of a path or a URL.

    Raises:
        UsageError: nothing here can read that URL.
    """
    if not is_url(text):
        return Folder(Path(text))
    if text.lower().startswith(_FILE):
        return Folder(Path(text[len(_FILE) :]))
    from rig.storage.remote import Remote  # fsspec is an extra

    return Remote(text)
