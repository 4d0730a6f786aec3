"""A bench's own certificate authority."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SLACK = timedelta(minutes=5)
"""Machines' clocks differ: certificates hold from a little before they were made."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_authority(now: datetime, days: int) -> Pair:
    """Return a new authority, which signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("walkout-rig bench")
    builder = (
        _builder(name, name, key.public_key(), now, days)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
    )
    return Pair(builder.sign(key, hashes.SHA256()), key)


def make_server(authority: Pair, hosts: Sequence[str], now: datetime, days: int) -> Pair:
    """Return a server's certificate.

    Args:
        authority: who signs it.
        hosts: names and addresses under which it is reached.
        now: from when on.
        days: how long.
    """
    names = x509.SubjectAlternativeName([_host(host) for host in hosts])
    return _leaf(authority, hosts[0], names, ExtendedKeyUsageOID.SERVER_AUTH, now, days)


def make_client(authority: Pair, name: str, now: datetime, days: int) -> Pair:
    """Return a client's certificate; its common name is what the allow list has."""
    names = x509.SubjectAlternativeName([x509.DNSName(name)])
    return _leaf(authority, name, names, ExtendedKeyUsageOID.CLIENT_AUTH, now, days)


def _leaf(
    authority: Pair,
    name: str,
    names: x509.SubjectAlternativeName,
    use: x509.ObjectIdentifier,
    now: datetime,
    days: int,
) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = authority.certificate
    signed_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        _builder(_name(name), issuer.subject, key.public_key(), now, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(signed_by, critical=False)
    )
    return Pair(builder.sign(authority.key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLACK)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _host(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)
