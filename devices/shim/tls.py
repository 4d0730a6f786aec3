"""Mutual TLS of a bench: which files a shim and its clients read, and what gRPC makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc

from contracts.errors import BadFile
from devices.shim.allowed import AllowList

CA, SERVER, CLIENTS, ALLOWED = "ca", "server", "clients", "allowed.txt"


@dataclass(frozen=True, slots=True)
class ServerTls:
    """What a shim needs to listen where other machines reach it.

    Args:
        credentials: of gRPC: its own certificate, and the authority that must have signed those of its clients.
        allowed: which of them it lets in.
    """

    credentials: Any
    allowed: AllowList


@dataclass(frozen=True, slots=True)
class ClientTls:
    """What a client needs to talk to a shim that other machines reach.

    Args:
        ca: certificate of the bench's authority.
        certificate: the client's own.
        key: its private key.
    """

    ca: Path
    certificate: Path
    key: Path

    def credentials(self) -> Any:
        """Return what gRPC needs.

        Raises:
            BadFile: a file cannot be read.
        """
        return grpc.ssl_channel_credentials(_bytes(self.ca), _bytes(self.key), _bytes(self.certificate))


def server_tls(folder: Path) -> ServerTls:
    """Return what a shim needs, from a folder that `rig devices certs` made.

    Raises:
        BadFile: a file is missing.
    """
    pair = (_bytes(folder / f"{SERVER}.key"), _bytes(folder / f"{SERVER}.pem"))
    credentials = grpc.ssl_server_credentials([pair], _bytes(folder / f"{CA}.pem"), require_client_auth=True)
    return ServerTls(credentials, AllowList(folder / ALLOWED))


def client_tls(folder: Path, name: str = "") -> ClientTls:
    """Return what a client needs, from such a folder or from a copy of its own three files.

    Args:
        folder: holds ca.pem and clients/NAME.pem and .key.
        name: which client; may be left out where there is one only.

    Raises:
        BadFile: no such client, or a choice of several and no name.
    """
    there = sorted(path.stem for path in (folder / CLIENTS).glob("*.pem"))
    chosen = [name] if name in there else there if not name and len(there) == 1 else []
    if not chosen:
        raise BadFile(
            "which client's certificate?" if not name else "no certificate of this client",
            file=folder / CLIENTS,
            expected=f"one of {', '.join(there) or 'nobody: there are none'}",
            found=name or "no name",
            hint=f"rig devices certs {folder} --client NAME makes one",
        )
    own = folder / CLIENTS / chosen[0]
    return ClientTls(folder / f"{CA}.pem", own.with_suffix(".pem"), own.with_suffix(".key"))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadFile(
            "a certificate or key cannot be read",
            file=file,
            found=error.strerror or str(error),
            hint="rig devices certs FOLDER --host NAME --client NAME makes them",
        ) from error
