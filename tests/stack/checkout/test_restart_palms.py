"""What was agreed to about palms outlives the process: enrolled stays enrolled, deleted stays deleted."""

from __future__ import annotations

import pytest

from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder, PhoneAction, PhoneRequest
from tests.stack.checkout.shop import Desk


@pytest.fixture
def desk(url: str) -> Desk:
    desk = Desk(url)
    desk.run(5)
    return desk


def agree(desk: Desk, name: str) -> str:
    """Let somebody agree to being known; return the key of the order to the reader."""
    desk.take(forgetting(desk, name))
    desk.take(
        PhoneRequest(
            t_ns=desk.now_ns,
            source=f"phone-{name}",
            account=name,
            action=PhoneAction.ENROL_PALM,
            device="p1",
            wording="palm-en-1",
        )
    )
    return desk.all(PalmOrder)[-1].key


def forgetting(desk: Desk, name: str) -> PhoneRequest:
    return PhoneRequest(t_ns=desk.now_ns, source=f"phone-{name}", account=name, action=PhoneAction.FORGET_PALM)


def enrolled(desk: Desk, key: str, handle: str) -> None:
    desk.take(PalmEnrolled(t_ns=desk.now_ns, source="p1", key=key, handle=handle))


def test_a_palm_that_was_enrolled_in_the_store_is_known_after_a_restart(desk: Desk) -> None:
    enrolled(desk, agree(desk, "ben"), "new-ben")
    desk.restart()
    desk.run()
    assert desk.book.by_palm("new-ben").account == "ben"
    desk.store.close()


def test_a_palm_that_was_deleted_stays_deleted_and_the_readers_are_told_again(desk: Desk) -> None:
    desk.take(forgetting(desk, "ana"))
    desk.restart()
    desk.run()
    assert desk.book.by_palm("palm-ana").account == ""
    assert [(o.action, o.handle) for o in desk.all(PalmOrder)] == [(PalmAction.FORGET, "palm-ana")]
    desk.store.close()


def test_a_palm_is_never_entered_for_somebody_who_asked_under_the_same_number_later(desk: Desk) -> None:
    before = agree(desk, "ana")
    desk.restart()
    desk.run()
    after = agree(desk, "ben")
    assert before != after
    enrolled(desk, before, "new-ana")
    assert desk.book.by_palm("new-ana").account == ""
    assert desk.all(PalmOrder)[-1].handle == "new-ana"
    desk.store.close()


def test_in_a_new_run_the_palms_are_those_of_its_accounts(desk: Desk) -> None:
    desk.take(forgetting(desk, "ana"))
    desk.restart()
    desk.now_ns = 0
    desk.run()
    assert desk.book.by_palm("palm-ana").account == "ana"
    assert desk.all(PalmOrder) == []
    desk.store.close()
