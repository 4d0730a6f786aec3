"""Everything that is impossible or unwise in a store file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contracts.document import Document, read_document
from contracts.errors import BadFile
from rig.storekit.check_goods import check_goods
from rig.storekit.check_racks import check_racks
from rig.storekit.check_sight import check_sight
from rig.storekit.finding import Finding, Severity, of_bad_file
from twin.store import Store, load_store


def check_store(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a store file, line by line.

    A file that cannot be loaded gives those errors alone: the other checks need a store that stands.

    Args:
        path: the store file.
    """
    try:
        store = load_store(path)
    except BadFile as error:
        return tuple(of_bad_file(problem) for problem in (error, *error.also))
    return tuple(sorted(_checks(read_document(path), store), key=lambda finding: (finding.line, finding.what)))


def errors(findings: tuple[Finding, ...]) -> int:
    """Return how many of the findings are errors."""
    return sum(finding.severity is Severity.ERROR for finding in findings)


def _checks(document: Document, store: Store) -> Iterator[Finding]:
    yield from check_racks(document, store.layout)
    yield from check_goods(document, store)
    yield from check_sight(document, store.layout)
