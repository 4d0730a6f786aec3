"""Two codes, two directions, one basket; and cash on a reloadable number."""

import pytest

from contracts.clock import SECOND
from contracts.codes.pop import Pop
from contracts.codes.shown import hidden
from contracts.errors import BadCode, UsageError
from contracts.seeds import stream
from stack.accounts.pop import SESSION_NS, PopBound, PopDesk, PopReason, PopRefused
from stack.accounts.top_up import TopUpNumbers

PRINTED = Pop("BOOKS", "TILL-1").code().encode()


def open_desk() -> tuple[PopDesk, bytes]:
    desk = PopDesk("BOOKS")
    return desk, desk.open("TILL-1", "B1").code().encode()


@pytest.mark.parametrize("printed", [True, False])
def test_the_customer_scans_the_till_and_shows_their_code_there(printed: bool) -> None:
    desk, code = open_desk()
    bound = desk.scanned(PRINTED if printed else code, "ana", 0)
    assert bound == PopBound("TILL-1", "B1", "ana", 0)
    assert desk.shown("TILL-1", "ana", 30 * SECOND) == PopBound("TILL-1", "B1", "ana", 0, agreed=True)


def test_neither_code_alone_is_enough() -> None:
    desk, code = open_desk()
    assert desk.shown("TILL-1", "ana", 0) == PopRefused(PopReason.NOT_SCANNED)
    bound = desk.scanned(code, "ana", 0)
    assert isinstance(bound, PopBound)
    assert not bound.agreed


def test_a_sticker_over_the_tills_code_leads_nowhere() -> None:
    desk, _ = open_desk()
    desk.open("TILL-2", "B2")
    sticker = Pop("BOOKS", "TILL-2").code().encode()
    desk.scanned(sticker, "ana", 0)
    assert desk.shown("TILL-1", "ana", 1) == PopRefused(PopReason.NOT_SCANNED)


def test_a_basket_has_one_payer() -> None:
    desk, code = open_desk()
    desk.scanned(code, "ana", 0)
    assert desk.scanned(code, "ben", 1) == PopRefused(PopReason.TAKEN)
    assert desk.shown("TILL-1", "ben", 1) == PopRefused(PopReason.TAKEN)
    assert isinstance(desk.shown("TILL-1", "ana", 1), PopBound)
    assert desk.scanned(code, "ben", SESSION_NS * 9) == PopRefused(PopReason.TAKEN)


def test_who_walks_away_makes_room_for_the_next() -> None:
    desk, code = open_desk()
    desk.scanned(code, "ana", 0)
    late = SESSION_NS + 1
    assert desk.shown("TILL-1", "ana", late) == PopRefused(PopReason.EXPIRED)
    assert isinstance(desk.scanned(code, "ben", late), PopBound)
    assert desk.shown("TILL-1", "ana", late) == PopRefused(PopReason.TAKEN)


def test_doing_a_thing_twice_changes_nothing() -> None:
    desk, code = open_desk()
    desk.scanned(code, "ana", 0)
    desk.scanned(code, "ana", 5)
    agreed = desk.shown("TILL-1", "ana", 6)
    assert isinstance(agreed, PopBound)
    assert desk.scanned(code, "ana", 7) == desk.shown("TILL-1", "ana", SESSION_NS * 2) == agreed


def test_codes_of_other_baskets_tills_and_merchants_bind_nothing() -> None:
    desk, code = open_desk()
    assert desk.scanned(Pop("SHOES", "TILL-1").code().encode(), "ana", 0) == PopRefused(PopReason.OTHER_MERCHANT)
    assert desk.scanned(Pop("BOOKS", "TILL-9").code().encode(), "ana", 0) == PopRefused(PopReason.NO_BASKET)
    assert desk.scanned(b"7" * 24, "ana", 0) == PopRefused(PopReason.MALFORMED)
    desk.open("TILL-1", "B2")
    assert desk.scanned(code, "ana", 0) == PopRefused(PopReason.OTHER_BASKET)
    desk.close("TILL-1")
    assert desk.scanned(PRINTED, "ana", 0) == PopRefused(PopReason.NO_BASKET)
    assert desk.shown("TILL-1", "ana", 0) == PopRefused(PopReason.NO_BASKET)


def test_a_basket_that_cannot_be_written_is_refused_when_it_is_opened() -> None:
    with pytest.raises(BadCode, match="basket"):
        PopDesk("BOOKS").open("TILL-1", "b:1")


def test_an_account_has_one_number_for_cash_until_it_wants_another() -> None:
    numbers = TopUpNumbers(stream(7, "top-up"))
    first = numbers.code_of("ana")
    assert numbers.code_of("ana") == first != numbers.code_of("ben")
    assert numbers.account_of(first.encode()) == "ana"
    second = numbers.replace("ana")
    assert (numbers.account_of(first.encode()), numbers.account_of(second.encode())) == ("", "ana")


def test_a_number_that_was_drawn_elsewhere_is_entered_once() -> None:
    numbers = TopUpNumbers(stream(7, "top-up"))
    code = numbers.enter("ana", "1234567890123456")
    assert numbers.code_of("ana") == code
    assert code.startswith("81" + "1234567890123456")
    assert numbers.account_of(hidden(code.encode())) == "ana"
    with pytest.raises(UsageError, match="one account"):
        numbers.enter("ben", "1234567890123456")
    numbers.replace("ana")
    with pytest.raises(UsageError, match="one account"):
        numbers.enter("ben", "1234567890123456")
    with pytest.raises(BadCode):
        numbers.enter("ben", "123")


def test_a_misread_number_is_nobodys() -> None:
    numbers = TopUpNumbers(stream(7, "top-up"))
    code = numbers.code_of("ana")
    wrong = code[:5] + str((int(code[5]) + 1) % 10) + code[6:]
    assert [numbers.account_of(one) for one in (wrong.encode(), b"", b"\xff", b"5901234123457")] == [""] * 4
