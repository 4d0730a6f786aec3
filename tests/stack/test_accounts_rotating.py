"""Rotating codes at the server: who gets in, and every way of not getting in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from contracts.codes.shown import hidden
from contracts.codes.token import STEP_NS, Handle
from contracts.errors import UsageError
from contracts.seeds import stream
from stack.accounts.handles import HandleBook
from stack.accounts.keys import KeyRing
from stack.accounts.reasons import Reason, says
from stack.accounts.rotating import Accepted, Refused, RotatingCodes
from tests.contracts.drawn import steady

KEY = bytes(range(32))
T = 1_000 * STEP_NS + 10 * SECOND


def desk(keys: dict[int, bytes] | None = None) -> RotatingCodes:
    return RotatingCodes(KeyRing(keys or {1: KEY}, 1), HandleBook(stream(7, "handles")))


def show(codes: RotatingCodes, phone: Handle, phone_ns: int, server_ns: int, places: int = 1) -> Accepted | Refused:
    return codes.check(phone.code_at(phone_ns, places).encode(), server_ns)


def test_a_phone_without_a_network_gets_in() -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    assert show(codes, phone, T, T) == Accepted("ana", phone.handle)


def test_a_phone_that_asks_the_server_shows_the_same_code() -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    assert codes.issue(phone.handle, T, places=3) == phone.code_at(T, places=3)


@pytest.mark.parametrize(
    ("phone_off_s", "reason"),
    [(0, None), (-30, None), (30, None), (-60, Reason.EXPIRED), (60, Reason.EARLY), (-14_000, Reason.EXPIRED)],
)
def test_a_phones_clock_may_be_one_step_off(phone_off_s: int, reason: Reason | None) -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    expected = Refused(reason) if reason else Accepted("ana", phone.handle)
    assert show(codes, phone, T + phone_off_s * SECOND, T) == expected


@steady
@given(st.integers(-(10**5), 10**5).map(lambda ms: ms * 1_000_000), st.integers(0, 10**4).map(lambda s: s * SECOND))
def test_a_code_is_taken_in_its_step_and_its_neighbours_only(late_ns: int, shown_ns: int) -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    now_ns = max(0, shown_ns + late_ns)
    taken = isinstance(show(codes, phone, shown_ns, now_ns), Accepted)
    assert taken == (abs(now_ns // STEP_NS - shown_ns // STEP_NS) <= 1)


@steady
@given(st.integers(0, 90), st.integers(90, 100_000))
def test_a_screenshot_is_dead_after_90_seconds(start_s: int, later_s: int) -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    code = phone.code_at(start_s * SECOND).encode()
    assert isinstance(codes.check(code, (start_s + later_s) * SECOND), Refused)


@steady
@given(st.lists(st.integers(0, 100), min_size=2, max_size=6))
def test_a_code_is_taken_once_however_often_it_is_shown(seconds: list[int]) -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    code = phone.code_at(T).encode()
    answers = [codes.check(code, T + s * SECOND) for s in sorted(seconds)]
    assert sum(isinstance(answer, Accepted) for answer in answers) <= 1
    if sorted(seconds)[0] < 20:
        assert answers[0] == Accepted("ana", phone.handle)
        assert answers[1] in (Refused(Reason.REPLAYED), Refused(Reason.EXPIRED))


def test_a_clock_that_is_put_back_does_not_bring_a_code_back() -> None:
    codes = desk()
    ana, ben = codes.sign_in("ana"), codes.sign_in("ben")
    code = ana.code_at(T).encode()
    codes.check(code, T)
    show(codes, ben, T + 300 * SECOND, T + 300 * SECOND)  # by now the use of ana's code is forgotten
    assert codes.check(code, T) == Refused(Reason.EXPIRED)


def test_the_next_step_brings_a_code_that_is_good_again() -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    assert [show(codes, phone, T + i * STEP_NS, T + i * STEP_NS) for i in range(3)] == [
        Accepted("ana", phone.handle)
    ] * 3


def test_a_group_gets_in_on_one_code_and_nobody_more() -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    answers = [show(codes, phone, T, T + i * SECOND, places=3) for i in range(4)]
    assert answers == [
        *(Accepted("ana", phone.handle, use, 3) for use in (1, 2, 3)),
        Refused(Reason.REPLAYED),
    ]


def test_a_code_for_one_and_a_code_for_three_of_one_step_admit_three_in_all() -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    assert isinstance(show(codes, phone, T, T), Accepted)
    uses = [show(codes, phone, T, T, places=3) for _ in range(3)]
    assert [isinstance(one, Accepted) for one in uses] == [True, True, False]


@steady
@given(st.integers(0, 23), st.integers(1, 9))
def test_no_digit_can_be_changed(place: int, off: int) -> None:
    codes = desk()
    code = codes.sign_in("ana").code_at(T)
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    answer = codes.check(wrong.encode(), T)
    assert isinstance(answer, Refused)
    expected = (
        {Reason.MALFORMED}
        if place == 0
        else {Reason.UNKNOWN_KEY}
        if place < 3
        else {Reason.UNKNOWN_HANDLE}
        if place < 11
        else {Reason.FORGED, Reason.MALFORMED}
    )
    assert answer.reason in expected


@pytest.mark.parametrize("code", [b"", b"hello", b"7" * 23, b"\xff" * 24, b"7" * 24 + b"\n"])
def test_other_codes_are_not_these(code: bytes) -> None:
    assert desk().check(code, T) == Refused(Reason.MALFORMED)


def test_a_code_of_another_deployment_is_forged() -> None:
    theirs = RotatingCodes(KeyRing({1: KEY[::-1]}, 1), HandleBook(stream(7, "handles")))
    ours = desk()
    phone = theirs.sign_in("ana")
    assert ours.sign_in("ana").handle == phone.handle
    assert show(ours, phone, T, T) == Refused(Reason.FORGED)


def test_a_recorded_run_can_be_fed_again_from_digests() -> None:
    codes, again = desk(), desk()
    phone = codes.sign_in("ana")
    assert again.sign_in("ana") == phone
    shown = [(phone.code_at(T), T), (phone.code_at(T), T + SECOND), (phone.code_at(T, places=2), T + STEP_NS)]
    shown += [(phone.code_at(T - 90 * SECOND), T + STEP_NS), ("1" * 24, T + STEP_NS)]
    live = [codes.check(code.encode(), t_ns) for code, t_ns in shown]
    assert [again.check(hidden(code.encode()), t_ns) for code, t_ns in shown] == live
    assert isinstance(live[0], Accepted)
    assert live[3] == Refused(Reason.EXPIRED)


def test_the_screen_tells_a_stranger_nothing() -> None:
    strangers = {says(one) for one in (Reason.MALFORMED, Reason.UNKNOWN_KEY, Reason.UNKNOWN_HANDLE, Reason.FORGED)}
    assert len(strangers) == 1
    assert all(says(reason).endswith(".") for reason in Reason)


def test_nothing_secret_is_in_any_text_form() -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    shown = f"{codes!r} {codes.keys!r} {phone!r} {codes.check(phone.code_at(T).encode(), T)!r}"
    for secret in (KEY, phone.secret):
        assert secret.hex()[:12] not in shown
        assert repr(secret)[2:14] not in shown
    assert phone.code_at(T) not in shown


def test_a_phone_that_is_not_signed_in_gets_no_code() -> None:
    with pytest.raises(UsageError, match="no phone is signed in"):
        desk().issue("00000000", T)
