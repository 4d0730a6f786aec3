"""One-time codes: the vectors of the two RFCs."""

import pytest

from contracts.codes.hotp import Hash, hotp, totp

SHA1_KEY = b"12345678901234567890"
SHA256_KEY = b"12345678901234567890123456789012"
SHA512_KEY = b"1234567890" * 6 + b"1234"


@pytest.mark.parametrize(
    ("t_s", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_rfc_6238_by_sha_1(t_s: int, code: str) -> None:
    assert totp(SHA1_KEY, t_s, digits=8) == code


@pytest.mark.parametrize(
    ("t_s", "algorithm", "key", "code"),
    [
        (59, "sha256", SHA256_KEY, "46119246"),
        (1111111109, "sha256", SHA256_KEY, "68084774"),
        (20000000000, "sha256", SHA256_KEY, "77737706"),
        (59, "sha512", SHA512_KEY, "90693936"),
        (2000000000, "sha512", SHA512_KEY, "38618901"),
    ],
)
def test_rfc_6238_by_the_longer_hashes(t_s: int, algorithm: Hash, key: bytes, code: str) -> None:
    assert totp(key, t_s, digits=8, algorithm=algorithm) == code


def test_rfc_4226() -> None:
    codes = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
    assert [hotp(SHA1_KEY, counter) for counter in range(10)] == codes


def test_a_counter_below_zero_is_another_one() -> None:
    assert len({hotp(SHA1_KEY, counter) for counter in (-2, -1, 0, 1)}) == 4
