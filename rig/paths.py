"""Where named things lie: stores, scenarios and other fixtures, found on a search path.

The order is the working directory, every folder of $RIG_PATH, the package's own data (in a wheel), and the
repository (in an editable install), so a team can keep its own stores and scenarios beside its tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from contracts.document import nearest
from contracts.errors import UsageError

PACKAGE = Path(__file__).parent
SUFFIXES = (".yaml", ".yml")
SUITES = "suites"


def search_path(cwd: Path | None = None, rig_path: str | None = None) -> tuple[Path, ...]:
    """Return the folders that are searched, in order, each once.

    Args:
        cwd: the working directory; None for the process's own.
        rig_path: folders joined as in $PATH; None for $RIG_PATH.
    """
    named = os.environ.get("RIG_PATH", "") if rig_path is None else rig_path
    folders = [cwd or Path.cwd(), *(Path(part) for part in named.split(os.pathsep) if part)]
    folders += [PACKAGE / "data", PACKAGE.parent]
    return tuple(dict.fromkeys(folder.resolve() for folder in folders))


def find_store(name: str, *, beside: Path | None = None, roots: Sequence[Path] | None = None) -> Path:
    """Return the file of a store.

    Args:
        name: "nanostore", or the path of a store file.
        beside: a file whose folder is searched first: the scenario that names the store.
        roots: folders to search; None for `search_path()`.

    Raises:
        UsageError: there is none; lists those that there are.
    """
    return find_fixture("store", name, beside=beside, roots=roots)


def find_fixture(kind: str, name: str, *, beside: Path | None = None, roots: Sequence[Path] | None = None) -> Path:
    """Return the file of a named fixture.

    Args:
        kind: "store", "bench", "catalogue", ...; its files lie in a folder of that name in the plural.
        name: bare name, or the path of a file.
        beside: a file whose folder is searched first.
        roots: folders to search; None for `search_path()`.

    Raises:
        UsageError: there is none; lists those that there are.
    """
    bases = _bases(f"fixtures/{_plural(kind)}", beside, roots)
    for base in bases:
        for candidate in _spellings(base / name):
            if candidate.is_file():
                return candidate
    shared = [base for base in bases if base.name == _plural(kind)]
    known = sorted({path.stem for base in shared for path in _yaml_files(base)})
    raise _not_found(kind, name, known, shared)


def find_scenario(name: str, *, roots: Sequence[Path] | None = None) -> Path:
    """Return the file of a scenario.

    Args:
        name: a path, "walkout/buy_one", or "buy_one" when only one folder under scenarios/ has it.
        roots: folders to search; None for `search_path()`.

    Raises:
        UsageError: there is none, or more than one.
    """
    bases = _bases("scenarios", None, roots)
    for base in bases:
        for candidate in _spellings(base / name):
            if candidate.is_file():
                return candidate
    shared = [base for base in bases if base.name == "scenarios"]
    for base in shared:
        found = [path for path in _yaml_files(base) if path.stem == Path(name).stem and "/" not in name]
        if len(found) > 1:
            raise UsageError(f"more than one scenario is named '{name}'", found=", ".join(map(str, found)))
        if found:
            return found[0]
    known = sorted({path.relative_to(base).with_suffix("").as_posix() for base in shared for path in _yaml_files(base)})
    # Suites hold hundreds; who wants one of them gives its path.
    raise _not_found("scenario", name, [found for found in known if not found.startswith(f"{SUITES}/")], shared)


def find_suite(name: str, *, roots: Sequence[Path] | None = None) -> Path:
    """Return the folder of a suite.

    Args:
        name: a folder, a name under scenarios/suites/, or one under scenarios/.
        roots: folders to search; None for `search_path()`.

    Raises:
        UsageError: there is none; lists those that there are.
    """
    if Path(name).is_dir():
        return Path(name)
    searched = [root / "scenarios" for root in (search_path() if roots is None else roots)]
    for base in searched:
        for candidate in (base / SUITES / name, base / name):
            if candidate.is_dir():
                return candidate
    named = {path.name for base in searched for path in (base / SUITES).glob("*") if path.is_dir()}
    named |= {path.name for base in searched for path in base.glob("*") if path.is_dir() and path.name != SUITES}
    raise _not_found("suite", name, sorted(named), searched)


def _bases(shelf: str, beside: Path | None, roots: Sequence[Path] | None) -> list[Path]:
    """Return the folders to look in: beside the asking file, then <root>/<shelf> and <root> of every root."""
    bases = [beside.parent.resolve()] if beside else []
    for root in search_path() if roots is None else roots:
        bases += [root / shelf, root]
    return bases


def _spellings(path: Path) -> Iterator[Path]:
    """Yield a path as given and with each suffix of a YAML file."""
    yield path
    yield from (path.with_name(path.name + suffix) for suffix in SUFFIXES)


def _yaml_files(folder: Path) -> list[Path]:
    """Return all YAML files under a folder, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES) if folder.is_dir() else []


def _not_found(kind: str, name: str, known: Sequence[str], searched: Sequence[Path]) -> UsageError:
    """Return the error that lists what exists and where it was looked for."""
    near = nearest(name, known)
    folders = ", ".join(str(base) for base in searched)
    return UsageError(
        f"no {kind} is named '{name}'",
        expected=f"one of: {', '.join(known)}" if known else f"{_form(kind, name)} in one of: {folders}",
        found=f"none of that name in {folders}",
        hint=near or "give the path of a file, or add a folder to RIG_PATH",
    )


def _form(kind: str, name: str) -> str:
    """Return what a named thing looks like on disk."""
    return f"a folder {name}" if kind == "suite" else f"a file {name}.yaml"


def _plural(kind: str) -> str:
    """Return the folder of a kind: "stores", "benches", "catalogues"."""
    return f"{kind}es" if kind.endswith(("ch", "s")) else f"{kind}s"
