"""A bench's folder of certificates: one authority, one server, any number of clients, and the list of who is let in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from contracts.clock import SECOND, WallClock
from contracts.errors import UsageError
from devices.shim.authority import Pair, make_authority, make_client, make_server
from devices.shim.key_files import load, save
from devices.shim.tls import ALLOWED, CA, CLIENTS, SERVER

DAYS = 365
"""How long certificates last by default; the authority's own ten times as long."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


def make_certificates(
    folder: Path,
    hosts: Sequence[str] = (),
    clients: Sequence[str] = (),
    *,
    days: int = DAYS,
    now: datetime | None = None,
) -> Sequence[Path]:
    """Make certificates, and an authority if the folder has none. Names that have one already get a new one.

    Args:
        folder: where they go; private keys can be read by their owner only.
        hosts: names and addresses under which clients reach the shim; none: its certificate stays as it is.
        clients: names of clients; each is put on the allow list.
        days: how long they last.
        now: the world's time; None for the machine's.

    Returns:
        The files that were written.

    Raises:
        UsageError: a name that cannot be one, or nothing to make.
        BadFile: there is an authority, and it cannot be read.
    """
    _check(hosts, clients, days)
    now = now or datetime.fromtimestamp(WallClock().epoch_ns // SECOND, UTC)
    for made in (folder, folder / CLIENTS):
        made.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, written = _authority(folder / CA, now, days)
    if hosts:
        written += save(folder / SERVER, make_server(authority, hosts, now, days))
    for client in clients:
        written += save(folder / CLIENTS / client, make_client(authority, client, now, days))
    return [*written, _allow(folder / ALLOWED, clients)]


def _authority(stem: Path, now: datetime, days: int) -> tuple[Pair, list[Path]]:
    if stem.with_suffix(".key").exists():
        return load(stem), []
    made = make_authority(now, 10 * days)
    return made, [*save(stem, made)]


def _allow(file: Path, clients: Sequence[str]) -> Path:
    """Put clients on the list that are not on it; what people wrote there stays."""
    text = file.read_text(encoding="utf-8") if file.exists() else "# Clients that may use this bench, one a line.\n"
    known = {line.partition("#")[0].strip() for line in text.splitlines()}
    added = "".join(f"{client}\n" for client in clients if client not in known)
    file.write_text(text + ("" if text.endswith("\n") else "\n") + added, encoding="utf-8")
    return file


def _check(hosts: Sequence[str], clients: Sequence[str], days: int) -> None:
    if not hosts and not clients:
        raise UsageError(
            "nothing to make", expected="at least one host or client", hint="--host NAME for the shim, --client NAME"
        )
    for name in (*hosts, *clients):
        # An IPv6 address is a host's name, too; a client's name is a file's.
        if not _NAME.fullmatch(name) and not (name in hosts and ":" in name):
            raise UsageError(
                "no name for a certificate",
                expected="letters, digits, dots, hyphens and underscores; at most 63",
                found=repr(name),
            )
    if days <= 0:
        raise UsageError("certificates must last for a while", expected="at least 1 day", found=f"{days} days")
