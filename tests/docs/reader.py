"""A reader who types in everything that a page says, in one folder."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import yaml

from tests.docs.pages import DOCS, Block, Command, blocks, commands, matches

BIN = Path(sys.executable).parent
LONGEST_S = 280
SHOWN_PORT = "50051"  # a page names one; here any free one is taken, so that two readers do not meet
PROGRAMS = ("rig", "pytest", "python")


def _free_port() -> str:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return str(held.getsockname()[1])


class Reader:
    """Types in pages, page after page.

    Args:
        folder: where the reader sits; sees `docs` of this repository, and nothing else of it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = _free_port()
        self._last = 0
        self.servers: list[subprocess.Popen[str]] = []
        (folder / "docs").symlink_to(DOCS)
        own = {name: value for name, value in os.environ.items() if not name.startswith(("RIG_", "PYTEST_"))}
        self._environ = own | {"PATH": f"{BIN}{os.pathsep}{own['PATH']}", "COLUMNS": "100", "NO_COLOR": "1"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for server in self.servers:
            server.kill()
            server.wait()
            assert server.stdout
            server.stdout.close()

    def read(self, page: Path) -> None:
        """Do all that a page says, and fail where something else comes of it."""
        for block in blocks(page):
            match block.language:
                case "console" if block.said.get("terminal"):
                    self._serve(block)
                case "console":
                    self._type(commands(block))
                case "yaml" | "python" if "file" in block.said:
                    self._save(block)
                case "yaml":
                    yaml.safe_load(block.text)
                case "python":
                    self._expect(Command(block.where, "python -", "..."), *self._run(["python", "-"], block.text))
                case _:
                    assert block.language == "text", f"{block.where}: a block that no test runs"

    def _save(self, block: Block) -> None:
        path = self.folder / block.said["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text.replace(SHOWN_PORT, self._port), encoding="utf-8")

    def _type(self, typed: list[Command]) -> None:
        for number, command in enumerate(typed):
            if command.line == "echo $?":
                assert command.output.strip() == str(self._last), f"{command.where}: exit code {self._last}"
                continue
            asked = number + 1 < len(typed) and typed[number + 1].line == "echo $?"
            self._expect(command, *self._run(self._words(command)), any_code=asked)

    def _words(self, command: Command) -> list[str]:
        words = shlex.split(command.line.replace(SHOWN_PORT, self._port))
        assert words[0] in PROGRAMS, f"{command.where}: no test runs {words[0]}"
        return words

    def _run(self, words: list[str], text: str = "") -> tuple[int, str]:
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]],
            cwd=self.folder,
            env=self._environ,
            input=text,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def _expect(self, command: Command, code: int, printed: str, *, any_code: bool = False) -> None:
        self._last = code
        said = f"{command.where}: $ {command.line}\nexit code {code}, printed:\n{printed}"
        assert any_code or code == 0, said
        shown = command.output.replace(SHOWN_PORT, self._port)
        assert matches(shown, printed), f"{said}\nthe page shows:\n{shown}"

    def _serve(self, block: Block) -> None:
        """Start what runs in another terminal; it is ready when it has printed its first line."""
        (command,) = commands(block)
        words = self._words(Command(command.where, command.line.replace(SHOWN_PORT, "0"), ""))
        server = subprocess.Popen(
            [str(BIN / words[0]), *words[1:]], cwd=self.folder, env=self._environ, stdout=subprocess.PIPE, text=True
        )
        self.servers.append(server)
        assert server.stdout
        line = server.stdout.readline()
        self._port = line.strip().rpartition(":")[2]
        shown = command.output.replace(SHOWN_PORT, self._port)
        assert self._port.isdigit(), f"{command.where}: {line!r}"
        assert matches(shown, line), f"{command.where}: {line!r}"
