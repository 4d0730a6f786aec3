"""Keys that turn, phones that come and go."""

import pytest

from contracts.clock import SECOND
from contracts.codes.token import STEP_NS, derive
from contracts.errors import BadCode, UsageError
from contracts.seeds import stream
from stack.accounts.handles import HandleBook
from stack.accounts.keys import KeyRing
from stack.accounts.reasons import Reason
from stack.accounts.replays import KEPT_NS, UsesInMemory
from stack.accounts.rotating import Accepted, Refused, RotatingCodes

OLD, NEW = bytes(32), bytes(range(32))
T = 1_000 * STEP_NS


def desk() -> RotatingCodes:
    return RotatingCodes(KeyRing({1: OLD}, 1), HandleBook(stream(7, "handles")))


def test_an_account_has_as_many_handles_as_phones() -> None:
    codes = desk()
    phones = [codes.sign_in("ana") for _ in range(3)]
    assert len({phone.handle for phone in phones}) == 3
    assert len({phone.secret for phone in phones}) == 3
    for phone in phones:
        assert codes.check(phone.code_at(T).encode(), T) == Accepted("ana", phone.handle)


def test_old_phones_go_on_when_the_key_turns_until_it_goes() -> None:
    codes = desk()
    old = codes.sign_in("ana")
    codes.keys = codes.keys.turned(2, NEW)
    new = codes.sign_in("ana")
    assert (old.key_id, new.key_id) == (1, 2)
    assert isinstance(codes.check(old.code_at(T).encode(), T), Accepted)
    assert isinstance(codes.check(new.code_at(T).encode(), T), Accepted)
    codes.keys = codes.keys.without(1)
    later = T + STEP_NS
    assert codes.check(old.code_at(later).encode(), later) == Refused(Reason.UNKNOWN_KEY)
    assert isinstance(codes.check(new.code_at(later).encode(), later), Accepted)
    with pytest.raises(UsageError, match="no longer on the ring"):
        codes.issue(old.handle, later)


def test_who_has_stolen_one_key_makes_no_codes_for_handles_of_another() -> None:
    codes = desk()
    phone = codes.sign_in("ana")
    codes.keys = codes.keys.turned(2, NEW)
    stolen = derive(NEW, 2, phone.handle)
    assert codes.check(stolen.code_at(T).encode(), T) == Refused(Reason.UNKNOWN_HANDLE)


def test_a_phone_is_renewed_under_the_current_key() -> None:
    codes = desk()
    old = codes.sign_in("ana")
    codes.keys = codes.keys.turned(2, NEW)
    new = codes.renew(old.handle)
    assert (new.key_id, new.handle != old.handle) == (2, True)
    assert codes.check(old.code_at(T).encode(), T) == Refused(Reason.REVOKED)
    assert codes.check(new.code_at(T).encode(), T) == Accepted("ana", new.handle)
    with pytest.raises(UsageError):
        codes.renew(old.handle)


def test_a_lost_phone_is_signed_out_and_the_others_stay() -> None:
    book = HandleBook(stream(7, "handles"))
    codes = RotatingCodes(KeyRing({1: OLD}, 1), book)
    lost, kept, other = codes.sign_in("ana"), codes.sign_in("ana"), codes.sign_in("ben")
    assert book.revoke(lost.handle)
    assert not book.revoke(lost.handle)
    assert codes.check(lost.code_at(T).encode(), T) == Refused(Reason.REVOKED)
    assert isinstance(codes.check(kept.code_at(T).encode(), T), Accepted)
    assert book.revoke_account("ana") == 1
    later = T + STEP_NS
    assert codes.check(kept.code_at(later).encode(), later) == Refused(Reason.REVOKED)
    assert isinstance(codes.check(other.code_at(later).encode(), later), Accepted)


def test_who_guesses_a_code_of_a_signed_out_phone_does_not_learn_that_it_was_one() -> None:
    book = HandleBook(stream(7, "handles"))
    codes = RotatingCodes(KeyRing({1: OLD}, 1), book)
    phone = codes.sign_in("ana")
    book.revoke(phone.handle)
    wrong = phone.code_at(T)[:-1] + str((int(phone.code_at(T)[-1]) + 1) % 10)
    assert codes.check(wrong.encode(), T) == Refused(Reason.FORGED)


def test_handles_are_drawn_from_the_seed_and_given_out_once() -> None:
    one, two = HandleBook(stream(7, "handles")), HandleBook(stream(7, "handles"))
    assert [one.add("a", 1) for _ in range(5)] == [two.add("b", 1) for _ in range(5)]
    given = one.add("c", 1, "00000042")
    assert given == "00000042"
    one.revoke(given)
    with pytest.raises(UsageError, match="one phone"):
        one.add("d", 1, "00000042")
    with pytest.raises(BadCode):
        one.add("d", 1, "42")


def test_a_ring_refuses_what_is_no_key() -> None:
    with pytest.raises(UsageError, match="not on the ring"):
        KeyRing({1: OLD}, 2)
    with pytest.raises(UsageError, match="16 bytes"):
        KeyRing({1: b"secret"}, 1)
    with pytest.raises(UsageError, match="used once"):
        KeyRing({1: OLD}, 1).turned(1, NEW)
    with pytest.raises(UsageError, match="cannot go"):
        KeyRing({1: OLD}, 1).without(1)


def test_uses_are_kept_for_two_minutes_and_no_longer() -> None:
    uses = UsesInMemory()
    assert [uses.use("a", 1, 1, 0), uses.use("a", 1, 1, KEPT_NS)] == [1, 0]
    assert KEPT_NS >= 120 * SECOND
    for step in range(1_000):
        uses.use("b", step, 1, step * STEP_NS)
    assert len(uses) <= 2 + KEPT_NS // STEP_NS
