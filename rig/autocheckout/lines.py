"""JSON lines as the AutoCheckout cases hold them: one document a line, protobuf's JSON in MongoDB's wrapping."""

from __future__ import annotations

import calendar
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from contracts.clock import SECOND
from contracts.errors import BadFile

T = TypeVar("T")
MOST_SHOWN = 60  # characters of what was found
LATEST_S = 10**11  # far beyond any log; milliseconds since 1970 are more

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z")


@dataclass(frozen=True, slots=True)
class Row:
    """One document and where it stands.

    Args:
        file: the file.
        line: 1-based.
        data: the document; numbers with a point are `Decimal`, so that none is rounded.
    """

    file: Path
    line: int
    data: dict[str, Any]

    def bad(self, what: str, expected: str, found: object) -> BadFile:
        """Return a complaint about this document."""
        shown = str(found)
        if len(shown) > MOST_SHOWN:
            shown = f"{shown[:MOST_SHOWN]}..."
        return BadFile(what, file=self.file, line=self.line, expected=expected, found=shown)

    def find(self, *keys: str) -> Any:
        """Return what stands at a path of keys, None when any is missing: protobuf leaves out what is zero."""
        at: Any = self.data
        for key in keys:
            if not isinstance(at, dict):
                raise self.bad(f"'{key}' cannot be read", "a JSON object around it", at)
            if key not in at:
                return None
            at = at[key]
        return at

    def get(self, kind: type[T], *keys: str) -> T:
        """Return what stands at a path of keys; it must be there and of a kind."""
        value = self.find(*keys)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.bad(
                f"'{'.'.join(keys)}' is missing or of the wrong kind", _NAMES.get(kind, kind.__name__), value
            )
        return value

    def number(self, *keys: str) -> float:
        """Return a finite number at a path of keys, 0 when it is left out."""
        value = self.find(*keys)
        if value is None:
            return 0.0
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.bad(f"'{'.'.join(keys)}' is no number", "a number", value)
        if not math.isfinite(number := float(value)):
            raise self.bad(f"'{'.'.join(keys)}' is no number", "a finite number", value)
        return number

    def seconds_ns(self, *keys: str) -> int:
        """Return seconds since 1970 as nanoseconds, exactly."""
        value = self.find(*keys)
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= LATEST_S:
            raise self.bad(f"'{'.'.join(keys)}' is no time", "seconds since 1970", value)
        return int(value * SECOND)

    def utc_ns(self, *keys: str) -> int:
        """Return a time written "2020-04-22T05:06:36.859Z" as nanoseconds since 1970, exactly."""
        text = self.get(str, *keys)
        match = _TIME.fullmatch(text)
        try:
            whole = datetime.fromisoformat(match[1]) if match else None
        except ValueError:
            whole = None
        if match is None or whole is None:
            raise self.bad(f"'{'.'.join(keys)}' is no time", "YYYY-MM-DDTHH:MM:SS.fffZ", text)
        return calendar.timegm(whole.timetuple()) * SECOND + int((match[2] or "").ljust(9, "0"))


_NAMES: dict[type, str] = {str: "text", int: "a whole number", dict: "a JSON object", list: "a JSON list"}


def rows(file: Path) -> Iterator[Row]:
    """Yield the documents of a file.

    Raises:
        BadFile: the file is not there, is empty, or a line is not a whole JSON object.
    """
    count = 0
    try:
        with file.open(encoding="utf-8") as lines:
            for number, text in enumerate(lines, start=1):
                if text.strip():
                    count += 1
                    yield _row(file, number, text)
    except OSError as error:
        hint = "give the directory of a case: plate_data.json, full_targets.json, planogram.json, products.json"
        raise BadFile(
            "cannot be read", file=file, expected="a file of JSON lines", found=str(error.strerror), hint=hint
        ) from error
    except UnicodeDecodeError as error:
        raise BadFile(
            "is not text", file=file, line=count + 1, expected="JSON lines in UTF-8", found=str(error.reason)
        ) from error
    if not count:
        raise BadFile("holds nothing", file=file, expected="one JSON document a line", found="no line")


def _row(file: Path, line: int, text: str) -> Row:
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        what = "is not JSON" if text.endswith("\n") else "is not JSON; the file seems to be cut"
        tail = text.rstrip("\n")[-MOST_SHOWN:]
        raise BadFile(
            what, file=file, line=line, expected="one whole JSON document on the line", found=f"{error}; ends '{tail}'"
        ) from error
    if not isinstance(data, dict):
        raise BadFile(
            "is no document", file=file, line=line, expected="a JSON object", found=f"{text.strip()[:MOST_SHOWN]}"
        )
    return Row(file, line, data)
