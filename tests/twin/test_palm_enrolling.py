"""A reader that enrols: three pictures of whoever is there, within its patience, and none of it kept."""

from collections.abc import Sequence

import numpy as np

from contracts.checkout import PalmAction, PalmOrder
from contracts.palms import PalmAnswer
from twin.palm_enrolling import PICTURES, WAITS_NS, Enrolled, Enrolling, Picture

PICTURE = np.zeros((480, 400), np.uint8)
ORDER = PalmOrder(
    t_ns=5, source="stack", key="k", action=PalmAction.ENROL, reader="r", account="a", wording="palm-en-1"
)


class Told:
    """A matcher that notes what it is told."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, str, int, str]] = []

    def recognise(self, image: Picture) -> PalmAnswer:  # a matcher's signature
        return PalmAnswer()

    def enrol(self, images: Sequence[Picture], account: str, given_ns: int, wording: str) -> PalmAnswer:
        self.calls.append((len(images), account, given_ns, wording))
        return PalmAnswer(handle="h")

    def forget(self, handle: str) -> None:
        raise AssertionError(handle)


def test_enough_pictures_make_an_enrolment_with_the_consent() -> None:
    matcher = Told()
    enrolling = Enrolling(matcher)
    enrolling.begin(ORDER)
    assert enrolling.waits("r", 6)
    assert not enrolling.waits("other", 6)
    assert [enrolling.take("r", PICTURE) for _ in range(PICTURES)] == [None] * (PICTURES - 1) + [Enrolled("k", "h", "")]
    assert matcher.calls == [(PICTURES, "a", 5, "palm-en-1")]
    assert not enrolling.waits("r", 7)


def test_a_reader_does_not_wait_for_ever_for_the_next_hand() -> None:
    enrolling = Enrolling(Told())
    enrolling.begin(ORDER)
    enrolling.take("r", PICTURE)
    assert enrolling.waits("r", ORDER.t_ns + WAITS_NS)
    assert not enrolling.waits("r", ORDER.t_ns + WAITS_NS + 1)


def test_an_order_after_another_begins_anew() -> None:
    enrolling = Enrolling(Told())
    enrolling.begin(ORDER)
    enrolling.take("r", PICTURE)
    enrolling.begin(ORDER)
    assert [enrolling.take("r", PICTURE) for _ in range(PICTURES)][:-1] == [None] * (PICTURES - 1)
