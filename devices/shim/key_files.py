"""Certificates and private keys as files: keys can be read by their owner only, from their first byte on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from contracts.errors import BadFile
from devices.shim.authority import Pair


def save(stem: Path, pair: Pair) -> Sequence[Path]:
    """Write a pair as STEM.pem and STEM.key; return both names."""
    certificate, key = Path(f"{stem}.pem"), Path(f"{stem}.key")
    secret = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(key, secret, 0o600)
    _write(certificate, pair.certificate.public_bytes(Encoding.PEM), 0o644)
    return [certificate, key]


def load(stem: Path) -> Pair:
    """Return a pair that `save` wrote.

    Raises:
        BadFile: a file is missing or broken.
    """
    file = Path(f"{stem}.pem")
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
        file = Path(f"{stem}.key")
        key = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError) as error:
        raise BadFile(
            "a certificate or key cannot be read",
            file=file,
            found=str(error),
            hint="begin anew with an empty folder; all clients need new certificates then",
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise BadFile("not a key that this project makes", file=file, expected="an elliptic curve key")
    return Pair(certificate, key)


def _write(file: Path, data: bytes, mode: int) -> None:
    """Replace a file as a whole; it never has other rights than these."""
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
        opened.write(data)
    draft.replace(file)
