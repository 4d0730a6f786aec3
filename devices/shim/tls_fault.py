"""Why a shim cannot be reached: gRPC only says that it cannot, so the handshake is tried once more by hand."""

from __future__ import annotations

import socket
import ssl

from contracts.errors import DeviceUnavailable
from devices.shim.tls import ClientTls

_LOOK_S = 3.0
_MAKE = "rig devices certs FOLDER --host NAME --client NAME"


def explain(address: str, credentials: ClientTls | None, waited_s: float) -> DeviceUnavailable:
    """Return the error of a shim that no connection could be made to.

    Args:
        address: "host:port".
        credentials: what was tried; None without TLS.
        waited_s: how long.
    """
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), _LOOK_S) as line:
            return _of_tls(address, host, line, credentials) if credentials else _not_plain(address)
    except (OSError, ValueError) as error:
        return DeviceUnavailable(
            "no device shim listens there",
            where=address,
            expected="a shim of walkout-rig",
            found=f"no connection within {waited_s:g} s: {error}",
            hint="start the shim first, and check host and port",
        )


def _not_plain(address: str) -> DeviceUnavailable:
    return DeviceUnavailable(
        "what listens there does not answer as a shim without certificates does",
        where=address,
        expected="a shim on loopback",
        found="an open port; perhaps a shim that wants certificates",
        hint="name the folder of certificates (tls in the bench file), or check host and port",
    )


def _of_tls(address: str, host: str, line: socket.socket, credentials: ClientTls) -> DeviceUnavailable:
    """Shake hands again and return what is wrong with which certificate."""
    context = ssl.create_default_context(cafile=credentials.ca)
    try:
        context.load_cert_chain(credentials.certificate, credentials.key)
        with context.wrap_socket(line, server_hostname=host.strip("[]")) as safe:
            # With TLS 1.3 a server's verdict on the client's certificate comes after the handshake.
            safe.recv(1)
    except ssl.SSLCertVerificationError as error:
        return _distrusted(address, host, credentials, error)
    except ssl.SSLError as error:
        return _refused(address, credentials, error)
    except OSError as error:
        return _refused(address, credentials, error)
    return _refused(address, credentials, None)


def _distrusted(
    address: str, host: str, credentials: ClientTls, error: ssl.SSLCertVerificationError
) -> DeviceUnavailable:
    return DeviceUnavailable(
        "the shim's certificate is not to be trusted",
        where=address,
        expected=f"a certificate for {host.strip('[]')}, signed by {credentials.ca}, that is not expired",
        found=error.verify_message,
        hint=f"if it is the right shim, make it a new certificate ({_MAKE}), or copy its ca.pem here",
    )


def _refused(address: str, credentials: ClientTls, error: Exception | None) -> DeviceUnavailable:
    reason = getattr(error, "reason", None) or str(error or "the connection was closed")
    return DeviceUnavailable(
        "the shim does not trust this client's certificate",
        where=address,
        expected="one that the shim's own authority has signed, and that is not expired",
        found=f"{credentials.certificate}: {str(reason).replace('_', ' ').lower()}",
        hint=f"make one beside the shim's and copy it here: {_MAKE}",
    )
