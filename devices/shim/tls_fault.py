"""Why a shim cannot be reached: gRPC only says that it cannot, so the handshake is tried once more by hand."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from contracts.clock import SECOND, WallClock
from contracts.errors import DeviceUnavailable
from devices.shim.tls import ClientTls

_LOOK_S = 3.0
_MAKE = "rig devices certs FOLDER --host NAME --client NAME"


def explain(address: str, credentials: ClientTls | None) -> DeviceUnavailable:
    """Return the error of a shim that no connection could be made to.

    Args:
        address: "host:port".
        credentials: what was tried; None without TLS.
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
            found=str(error),
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
    except OSError as error:  # ssl's own errors are such, too
        return _refused(address, credentials, getattr(error, "reason", None) or str(error))
    return _refused(address, credentials, "the shim closed the connection")


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


def _refused(address: str, credentials: ClientTls, reason: str) -> DeviceUnavailable:
    return DeviceUnavailable(
        "the shim does not trust this client's certificate",
        where=address,
        expected="one that the shim's own authority has signed, and that is not expired",
        found=f"{credentials.certificate}: {_own_fault(credentials) or reason.replace('_', ' ').lower()}",
        hint=f"make one beside the shim's and copy it here: {_MAKE}",
    )


def _own_fault(credentials: ClientTls) -> str:
    """Return what is wrong with a client's certificate as far as the client can tell; "" for nothing."""
    own = x509.load_pem_x509_certificate(credentials.certificate.read_bytes())
    now = datetime.fromtimestamp(WallClock().epoch_ns // SECOND, UTC)
    if now > own.not_valid_after_utc:
        return f"it has expired on {own.not_valid_after_utc:%Y-%m-%d}"
    if now < own.not_valid_before_utc:
        return f"it holds from {own.not_valid_before_utc:%Y-%m-%d} on, and this machine's clock says {now:%Y-%m-%d}"
    try:
        own.verify_directly_issued_by(x509.load_pem_x509_certificate(credentials.ca.read_bytes()))
    except (ValueError, TypeError, InvalidSignature):
        return f"the authority of {credentials.ca} has not signed it"
    return ""
