"""The settings of one device, checked by the class of its driver."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from contracts.document import Document, Keys, key_path
from contracts.errors import BadFile
from contracts.yamlfile import check_model
from devices.drivers.kind import Options


def read_options(document: Document, keys: Keys, model: type[Options], said: dict[str, Any]) -> Options | BadFile:
    """Return a device's settings, or what is wrong with them.

    Args:
        document: the bench file.
        keys: where they stand.
        model: the driver's own class.
        said: what stands there.
    """
    depth = len(keys)
    lines = {at[depth:]: line for at, line in document.lines.items() if at[:depth] == keys}
    lines.setdefault((), document.line(*keys))
    try:
        options = check_model(replace(document, data=said, lines=lines), model)
        return _beside(options, document.path.resolve().parent)
    except BadFile as error:
        head, *rest = (_placed(each, keys) for each in (error, *error.also))
        head.also = tuple(rest)
        return head


def _beside(options: Options, folder: Path) -> Options:
    """Return settings whose files lie beside the bench file, unless they say where."""
    files = {name: folder / value for name, value in options if isinstance(value, Path)}
    return options.model_copy(update=files) if files else options


def _placed(error: BadFile, keys: Keys) -> BadFile:
    """Return a complaint that says where in the whole file it stands."""
    return BadFile(
        f"{key_path(keys)}.{error.what}",
        file=error.file,
        line=error.line,
        expected=error.expected,
        found=error.found,
        hint=error.hint,
    )
