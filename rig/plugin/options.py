"""The plugin's options: one table, read from the command line, the environment or the ini file, in that order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

Mode = Literal["sim", "bench", "replay"]
Record = Literal["always", "failed", "never"]
Report = Literal["all", "failed"]
_SHARD = re.compile(r"([0-9]+)/([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the options say.

    Args:
        mode: what stands behind the ports.
        bench: the bench file, in mode bench.
        seed: used instead of every scenario's own; None leaves them.
        record: which recordings are kept.
        serve: whether the shim of the bench is started on this machine for each run.
        replay: a recording, or a folder of them, in mode replay.
        require: whether a need that cannot be met is an error instead of a skip.
        speed: "max", or "1x" to pace runs by the wall's clock.
        artifacts: folder for recordings and reports.
        timeout_scale: factor on every wall-clock limit.
        store: used instead of every scenario's own; "" leaves them.
        stack: "reference" or "grpc://host:port".
        page: whether a failed run gets its page beside its recording.
        report: which runs get their page and pictures in an Allure report.
        shard: which part of the tests is run, of how many; None runs all.
    """

    mode: Mode = "sim"
    bench: Path | None = None
    seed: int | None = None
    record: Record = "failed"
    serve: bool = False
    replay: Path | None = None
    require: bool = False
    speed: Literal["max", "1x"] = "max"
    artifacts: Path = Path("artifacts")
    timeout_scale: float = 1.0
    store: str = ""
    stack: str = "reference"
    page: bool = False
    report: Report = "all"
    shard: tuple[int, int] | None = None


SETTINGS = pytest.StashKey[Settings]()


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    Args:
        name: "mode" is --rig-mode, rig_mode in the ini file and RIG_MODE in the environment.
        read: text to value; raises ValueError that says what was expected.
        text: for --help.
        metavar: for --help.
        flag: whether the command line takes no value.
    """

    name: str
    read: Callable[[str], object]
    text: str
    metavar: str = ""
    flag: bool = False

    @property
    def cli(self) -> str:
        """Return the name on the command line."""
        return f"--rig-{self.name.replace('_', '-')}"

    @property
    def ini(self) -> str:
        """Return the name in the ini file."""
        return f"rig_{self.name}"

    @property
    def env(self) -> str:
        """Return the name in the environment."""
        return f"RIG_{self.name.upper()}"


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"expected one of: {', '.join(words)}")
        return text

    return read


def _whole(text: str) -> int:
    if not text.isdigit():
        raise ValueError("expected a whole number, 0 or more")
    return int(text)


def _factor(text: str) -> float:
    try:
        factor = float(text)
    except ValueError:
        factor = 0.0
    if not 0.0 < factor < float("inf"):
        raise ValueError("expected a number above 0")
    return factor


def _yes(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in words:
        raise ValueError("expected true or false")
    return words[text.lower()]


def _stack(text: str) -> str:
    if text != "reference" and not text.startswith("grpc://"):
        raise ValueError("expected reference, or grpc://host:port")
    return text


def _shard(text: str) -> tuple[int, int]:
    match = _SHARD.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise ValueError("expected N/M with N from 1 to M, such as 2/5")
    return int(match[1]), int(match[2])


def _bench(text: str) -> Path:
    """Return a file as it is given, or that of a bench by name."""
    if "/" in text or Path(text).suffix or Path(text).exists():
        return Path(text)
    from contracts.errors import UsageError
    from rig.bench.paths import find_bench

    try:
        return find_bench(text)
    except UsageError as error:
        raise ValueError(f"{error.what}; expected {error.expected}") from error


OPTIONS = (
    Option("mode", _one_of("sim", "bench", "replay"), "what stands behind the ports", "sim|bench|replay"),
    Option("bench", _bench, "the bench, by file or name, for mode bench", "FILE"),
    Option("serve", _yes, "start the bench's shim on this machine for each run", flag=True),
    Option("seed", _whole, "use this seed instead of every scenario's own", "N"),
    Option("record", _one_of("always", "failed", "never"), "which recordings to keep", "always|failed|never"),
    Option("replay", Path, "a recording or a folder of them, for mode replay", "PATH"),
    Option("require", _yes, "a need that cannot be met is an error, not a skip", flag=True),
    Option("speed", _one_of("max", "1x"), "as fast as it goes, or paced by the clock on the wall", "max|1x"),
    Option("artifacts", Path, "folder for recordings and reports", "DIR"),
    Option("timeout_scale", _factor, "factor on every wall-clock limit", "X"),
    Option("store", str, "use this store instead of every scenario's own", "NAME"),
    Option("stack", _stack, "the stack under test", "reference|grpc://HOST:PORT"),
    Option("page", _yes, "write the page of a failed run beside its recording", flag=True),
    Option(
        "report", _one_of("all", "failed"), "which runs get their page and pictures in an Allure report", "all|failed"
    ),
    Option("shard", _shard, "run part N of M of the tests, told apart by their ids", "N/M"),
)


def add_options(parser: pytest.Parser) -> None:
    """Declare every option to pytest."""
    group = parser.getgroup("rig", "walkout rig")
    for option in OPTIONS:
        text = f"{option.text} (ini {option.ini}, environment {option.env})"
        if option.flag:
            group.addoption(option.cli, dest=option.ini, action="store_const", const="true", default=None, help=text)
        else:
            group.addoption(option.cli, dest=option.ini, default=None, metavar=option.metavar, help=text)
        parser.addini(option.ini, option.text, type="string", default="")


def resolve(config: pytest.Config, environ: Mapping[str, str]) -> Settings:
    """Return the settings.

    Raises:
        pytest.UsageError: a value is wrong, or two do not go together.
    """
    said: dict[str, Any] = {}
    for option in OPTIONS:
        given = _given(option, config, environ)
        if given is not None:
            text, where, base = given
            try:
                value = option.read(text)
            except ValueError as error:
                raise pytest.UsageError(f"{where}: {error}, found '{text}'") from error
            said[option.name] = (base / value).absolute() if isinstance(value, Path) else value
    said.setdefault("artifacts", (config.rootpath / "artifacts").absolute())
    settings = Settings(**said)
    _check(settings, config)
    return settings


def _given(option: Option, config: pytest.Config, environ: Mapping[str, str]) -> tuple[str, str, Path] | None:
    """Return what is said for an option, where, and what a relative path is relative to."""
    on_line = config.getoption(option.ini)
    if on_line is not None:
        return str(on_line), option.cli, config.invocation_params.dir
    if environ.get(option.env):
        return environ[option.env], f"environment {option.env}", config.invocation_params.dir
    in_file = str(config.getini(option.ini))
    return (in_file, f"{option.ini} in {config.inipath}", config.rootpath) if in_file else None


def _check(settings: Settings, config: pytest.Config) -> None:
    """Refuse settings that do not go together."""
    for name, path in (("bench", settings.bench), ("replay", settings.replay)):
        if settings.mode == name and path is None:
            raise pytest.UsageError(f"--rig-mode {name} needs --rig-{name}: give the path")
        if path is not None and not path.exists():
            raise pytest.UsageError(f"--rig-{name}: no such file, found '{path}'")
    spread = config.getoption("dist", "no")
    if settings.mode == "bench" and spread not in ("no", "loadgroup"):
        raise pytest.UsageError(
            f"--rig-mode bench under xdist needs --dist loadgroup, found --dist {spread}: one bench serves one worker"
        )
