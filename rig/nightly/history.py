"""All nights as one table: a Parquet file a night, asked by DuckDB. Both come with the extra `history`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contracts.errors import NothingToRun, UsageError
from rig.nightly.night import Night
from rig.storage.address import is_url
from rig.storage.opening import open_place

ROWS = "rows.parquet"
USUAL = """
select night, left(commit, 8) as commit, good,
       count(*) filter (measure = 'outcome') as cases,
       count(*) filter (measure = 'outcome' and outcome not in ('pass', 'xfail', 'skipped')) as wrong,
       max(value) filter (measure = 'f1_mean') as f1,
       median(value) filter (measure = 'realtime_factor') as realtime
from rows group by all order by night desc limit 30
"""
"""The last thirty nights in a line each."""


def keep(night: Night) -> bool:
    """Write the night's rows as Parquet; return whether that could be done here."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        return False
    head = night.head
    common = {"night": night.name, "commit": head.commit, "started": head.started, "good": head.good}
    rows = [common | asdict(row) for row in night.rows()]
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("night", "commit", "started")),
            ("good", pa.bool_()),
            *((name, pa.string()) for name in ("job", "case", "measure", "outcome")),
            *((name, pa.float64()) for name in ("value", "low", "high")),
            *((name, pa.string()) for name in ("better", "digest", "detail", "again", "page")),
        ]
    )
    part = night.folder / f"{ROWS}.part"
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), part)
    part.replace(night.folder / ROWS)
    return True


def ask(nights: Path | str, question: str) -> tuple[Sequence[str], list[tuple[Any, ...]]]:
    """Return the names of the columns and the rows that answer a question.

    Args:
        nights: folder of the nights, or the URL where they are kept.
        question: SQL over the table `rows`; "" for the last thirty nights in a line each.

    Raises:
        UsageError: the question is no SQL that DuckDB takes, or DuckDB is not here.
        NothingToRun: there is no night to ask.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UsageError("the history is asked with DuckDB", hint="pip install 'walkout-rig[history]'") from error
    with _tables(str(nights)) as folder, duckdb.connect() as table:
        files = str(folder / "*" / ROWS)
        table.execute("create table rows as select * from read_parquet($files, union_by_name = true)", {"files": files})
        # What is asked may read these rows and nothing else of this machine.
        table.execute("set enable_external_access = false")
        try:
            answer = table.execute(question or USUAL)
            return [column[0] for column in answer.description or ()], answer.fetchall()
        except duckdb.Error as error:
            raise UsageError("DuckDB does not take that question", where="rig history", found=str(error)) from error


@contextmanager
def _tables(nights: str) -> Iterator[Path]:
    """Give a folder with the tables of all nights; those at a URL are fetched."""
    with TemporaryDirectory(prefix="rig-history-") as fetched:
        folder = Path(nights)
        if is_url(nights):
            place, folder = open_place(nights), Path(fetched)
            for file in place.files():
                if file.name.count("/") == 1 and file.name.endswith(f"/{ROWS}"):
                    (folder / file.name).parent.mkdir()
                    place.get(file.name, folder / file.name)
        if not any(folder.glob(f"*/{ROWS}")):
            raise NothingToRun("there is no night to ask", where=nights, hint="rig nightly")
        yield folder
