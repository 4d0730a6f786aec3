"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket in it, gone at the end."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import pytest

from contracts.clock import SECOND, WallClock

PATIENCE_NS = 60 * SECOND
# The cluster is thrown away and never loses power: what is tested are the clients' transactions, not its disk.
FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=16MB", "-c", "max_connections=20")


def programs() -> Path:
    """Return the folder of PostgreSQL's server programs; skip the test without them."""
    if find_spec("psycopg") is None:
        _without("needs the extra postgres: pip install 'walkout-rig[postgres]'")
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda home: int(home.parent.name))
    found = shutil.which("initdb")
    homes += [Path(found).resolve().parent] if found else []
    if not homes:
        _without("needs PostgreSQL's server: apt-get install postgresql")
    return homes[-1]


def _without(reason: str) -> NoReturn:
    """Skip the test; where changes are checked before they are taken in, PostgreSQL must be there."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def cluster() -> Iterator[str]:
    """Run a server; yield the URL of its empty database."""
    home = programs()
    folder = Path(tempfile.mkdtemp(prefix="ledger-"))
    who = _unprivileged()
    try:
        if who:
            os.chown(folder, who["user"], who["group"])
        data = folder / "data"
        initdb = [home / "initdb", "-D", data, "-U", "rig", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **who)
        # No network: a socket in a folder that nobody else can enter.
        own = ["-c", "listen_addresses=", "-k", str(folder)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen([home / "postgres", "-D", data, *own, *FAST], stderr=log, cwd=folder, **who)
        try:
            url = f"postgresql://rig@/postgres?host={folder}"
            _wait(url, server)
            yield url
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ledger_url(server: str, name: str) -> str:
    """Make an empty place for one ledger; return its URL."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options=-csearch_path%3D{name}"


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    clock = WallClock()
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if clock.now_ns > PATIENCE_NS or server.poll() is not None:
                raise
            clock.wait_until(clock.now_ns + SECOND // 20)


def _unprivileged() -> dict[str, Any]:
    """Return whom to run as: PostgreSQL refuses to be root."""
    if getpass.getuser() != "root" and os.getuid():
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
