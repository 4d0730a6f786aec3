"""The rotating code as a phone makes it and a till reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from contracts.codes import token
from contracts.codes.symbols import code_128_modules, fits_code_128
from contracts.codes.token import STEP_NS, derive
from contracts.errors import BadCode, UsageError
from tests.contracts.drawn import steady

KEY = bytes(range(32))
PHONE = derive(KEY, 7, "12345678")
times = st.integers(-(10**6), 10**9).map(lambda ms: ms * 1_000_000)


def test_a_code_is_24_digits_in_their_places() -> None:
    code = PHONE.code_at(95 * SECOND, places=4)
    assert code[:15] == "7" + "07" + "12345678" + "003" + "4"
    assert code == "707123456780034" + PHONE.mac(3, 4)
    assert fits_code_128(code.encode())
    assert code_128_modules(code) == 167


@steady
@given(times, st.integers(1, 9), st.integers(0, 99), st.integers(0, 10**8 - 1))
def test_what_a_phone_shows_is_read_again(t_ns: int, places: int, key_id: int, handle: int) -> None:
    phone = derive(KEY, key_id, f"{handle:08d}")
    read = token.read(phone.code_at(t_ns, places))
    step = read.step_near(t_ns // STEP_NS)
    assert (read.key_id, read.handle, read.places, step) == (key_id, phone.handle, places, t_ns // STEP_NS)
    assert read.mac == phone.mac(step, places)


@steady
@given(st.integers(0, 10**7), st.integers(-499, 499))
def test_the_whole_step_is_the_one_nearest_to_now(now_step: int, off: int) -> None:
    read = token.read(PHONE.code_at((now_step + off) * STEP_NS))
    assert read.step_near(now_step) == now_step + off


def test_a_code_changes_with_the_step_the_places_the_handle_and_the_keys() -> None:
    others = [
        derive(KEY, 7, "12345679"),
        derive(KEY, 8, "12345678"),
        derive(KEY[::-1], 7, "12345678"),
    ]
    macs = {phone.mac(5, 1) for phone in (PHONE, *others)} | {PHONE.mac(6, 1), PHONE.mac(5, 2), PHONE.mac(6, 9)}
    assert len(macs) == 7
    assert PHONE.code_at(0) == PHONE.code_at(STEP_NS - 1) != PHONE.code_at(STEP_NS)


def test_the_secret_is_not_the_key_and_stays_hidden() -> None:
    assert len(PHONE.secret) == 32
    assert PHONE.secret != KEY
    assert PHONE.secret.hex()[:8] not in repr(PHONE)
    assert str(PHONE.secret)[2:10] not in repr(PHONE)
    assert token.read(PHONE.code_at(0)).mac not in repr(token.read(PHONE.code_at(0)))


def test_the_derivation_is_pinned_so_that_phones_and_servers_of_two_versions_agree() -> None:
    assert PHONE.code_at(1_000 * SECOND) == "707123456780331" + PINNED_MAC


PINNED_MAC = "635465664"


@pytest.mark.parametrize("text", ["", "7" * 23, "6" + "1" * 23, "7" * 23 + "x", "70712345678003" + "0" + "1" * 9])
def test_what_is_no_rotating_code_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        token.read(text)


@pytest.mark.parametrize(
    ("key", "key_id", "handle"), [(b"short", 1, "12345678"), (KEY, 100, "12345678"), (KEY, 1, "1")]
)
def test_keys_that_are_too_short_and_numbers_that_do_not_fit_are_refused(key: bytes, key_id: int, handle: str) -> None:
    with pytest.raises(UsageError) as refused:
        derive(key, key_id, handle)
    assert "short" not in str(refused.value).replace("too short", "")


@pytest.mark.parametrize("places", [0, 10])
def test_a_code_admits_one_to_nine(places: int) -> None:
    with pytest.raises(UsageError, match="1 to 9"):
        PHONE.code_at(0, places)
