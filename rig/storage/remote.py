"""Anything that fsspec knows as a store: S3 and its likes, SFTP, the memory of this process."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from contracts.errors import RigFault, UsageError
from rig.storage.address import checked, without_secrets
from rig.storage.place import Stored

OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory"})
"""Here a file is there once it is whole; elsewhere it is written under another name and moved."""
_TIMES = ("LastModified", "last_modified", "mtime", "updated", "created")


class Remote:
    """A `rig.storage.place.Place` behind a URL.

    Args:
        url: "s3://bucket/prefix"; who may do what there comes from the environment, as that store's own tools have it.

    Raises:
        UsageError: fsspec is not here, or nothing knows the URL's scheme.
    """

    def __init__(self, url: str) -> None:
        self._url = checked(url)
        scheme = url.partition("://")[0].lower()
        self._whole_at_once = scheme in OBJECT_STORES
        try:
            from fsspec.core import url_to_fs

            # Listings that were kept would hide what others wrote meanwhile.
            self._files, self._root = url_to_fs(self._url, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise UsageError(
                "nothing here can read that URL", where=self._url, found=without_secrets(str(error)),
                expected="a folder, or a URL that fsspec knows", hint="pip install 'walkout-rig[storage]' brings s3://",
            ) from error  # fmt: skip

    @property
    def about(self) -> str:
        """Its URL."""
        return self._url

    def files(self) -> Sequence[Stored]:
        """Return every file in it."""
        with self._told(""):
            found: Mapping[str, Mapping[str, Any]] = self._files.find(self._root, detail=True)
        start = len(self._root.rstrip("/")) + 1
        return [Stored(path[start:], int(told["size"]), _modified(told)) for path, told in sorted(found.items())]

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        with self._told(name):
            return bool(self._files.isfile(self._path(name)))

    def version(self, name: str) -> str:
        """Return what changes when the file changes: of S3 its ETag."""
        with self._told(name):
            return str(self._files.ukey(self._path(name)))

    def put(self, local: Path, name: str) -> None:
        """Copy a file into it; others see the old one or the whole new one."""
        path = self._path(name)
        part = path if self._whole_at_once else f"{path}.{os.getpid()}.part"
        with self._told(name):
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.put_file(str(local), part)
            if part != path:
                self._files.mv(part, path)

    def get(self, name: str, local: Path) -> None:
        """Copy a file out of it."""
        with self._told(name):
            self._files.get_file(self._path(name), str(local))

    def remove(self, name: str) -> None:
        """Delete a file."""
        with self._told(name):
            self._files.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Say what a store refused, whatever its library raises, and never a secret."""
        try:
            yield
        except Exception as error:  # each library has errors of its own, and its own network's below them
            said = (str(error).splitlines() or [""])[0]
            raise RigFault(
                "the store does not let us",
                where=f"{self._url}/{name}".rstrip("/"),
                found=without_secrets(f"{type(error).__name__}: {said}"),
                hint="are its address and its keys in the environment? docs/storage.md says which",
            ) from None


def _modified(told: Mapping[str, Any]) -> float:
    """Return when a file was written last, seconds since 1970."""
    when = next((told[name] for name in _TIMES if told.get(name) is not None), 0.0)
    return when.timestamp() if isinstance(when, datetime) else float(when)
