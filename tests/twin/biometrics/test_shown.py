"""Before the readers of a store: enrolled, known, forgotten, and cards that go on verifying."""

from dataclasses import replace

from contracts.biometrics import BioOutcome, BioScan, Modality, Presented, Subject
from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder
from contracts.clock import SECOND
from contracts.geometry import Pose
from contracts.layout import GateInfo, Layout
from contracts.record import Record
from contracts.steps import Leave, ShopperPlan
from twin.biometrics.shown import BioReaders

GATES = tuple(
    GateInfo(f"gate-{modality.value}", Pose.at(0, i), 0.8, bio_reader=modality.value, bio_reads=modality.value)
    for i, modality in enumerate(Modality)
)
LAYOUT = Layout("x", (0, 0, 1, 1), (0, 0, 1, 1), gates=GATES)
ANA = ShopperPlan(
    name="ana",
    steps=(Leave(),),
    account="a",
    subjects=(Subject(Modality.FACE, "f-1"), Subject(Modality.FINGERPRINT_CARD, "c-1")),
)
BEN = ShopperPlan(name="ben", steps=(Leave(),), account="b")
ENROL = PalmOrder(t_ns=0, source="stack", key="k", action=PalmAction.ENROL, reader="face", account="b", wording="w")


class Store:
    def __init__(self, *plans: ShopperPlan) -> None:
        self.bios, self.now_ns = BioReaders(LAYOUT, plans, seed=8), 0

    def show(self, reader: str, shopper: str) -> list[Record]:
        self.now_ns += 2 * SECOND
        self.bios.advance(self.now_ns)
        self.bios.show(reader, shopper, self.now_ns)
        return list(self.bios.readers[reader].read(self.now_ns + 2 * SECOND))

    def known(self, reader: str, shopper: str, times: int = 20) -> set[str]:
        scans = [one for _ in range(times) for one in self.show(reader, shopper)]
        return {one.subject for one in scans if isinstance(one, BioScan) and one.outcome is BioOutcome.MATCHED}


def test_who_is_enrolled_is_known_where_that_is_read() -> None:
    store = Store(ANA, BEN)
    assert store.known("face", "ana") == {"f-1"}
    assert store.known("fingerprint_card", "ana") == {"c-1"}
    assert store.known("fingerprint", "ana") == set()
    assert store.known("face", "ben") == set()
    assert store.known("fingerprint_card", "ben") == set()  # has no card


def test_truth_says_who_presented_what_and_whether_that_is_enrolled() -> None:
    store = Store(ANA, replace(BEN, presents=Presented(shows="mask", of="ana")))
    store.show("face", "ben")
    (told,) = store.bios.truths()
    assert (told.shopper, told.owner, told.shows, told.known, told.reader) == ("ben", "ana", "mask", True, "face")
    assert store.bios.truths() == []


def test_a_card_of_somebody_else_is_no_use() -> None:
    store = Store(ANA, replace(BEN, presents=Presented(card_of="ana")))
    assert store.known("fingerprint_card", "ben", times=5) == set()
    assert not store.bios.truths()[0].known


def test_an_order_enrols_after_three_and_another_forgets() -> None:
    store = Store(ANA, BEN)
    store.bios.order(ENROL)
    said = [one for _ in range(3) for one in store.show("face", "ben")]
    (made,) = said
    assert isinstance(made, PalmEnrolled)
    assert made.key == "k"
    assert made.handle.startswith("face-")
    assert store.known("face", "ben") == {made.handle}
    store.bios.order(replace(ENROL, action=PalmAction.FORGET, handle=made.handle))
    assert store.known("face", "ben") == set()


def test_each_enrolment_has_a_reference_of_its_own() -> None:
    store, made = Store(ANA, BEN), []
    for _ in range(2):
        store.bios.order(replace(ENROL, t_ns=store.now_ns))
        made += [one.handle for _ in range(3) for one in store.show("face", "ben") if isinstance(one, PalmEnrolled)]
        store.bios.order(replace(ENROL, action=PalmAction.FORGET, handle=made[-1]))
    assert len(set(made)) == 2


def test_a_revoked_card_still_says_whose_it_is() -> None:
    store = Store(ANA, BEN)
    store.bios.order(replace(ENROL, action=PalmAction.FORGET, handle="c-1"))
    assert store.known("fingerprint_card", "ana") == {"c-1"}
    assert not store.bios.knows("ana", "fingerprint_card")


def test_two_people_are_not_enrolled_as_one() -> None:
    store = Store(ANA, BEN)
    store.bios.order(ENROL)
    said = [*store.show("face", "ben"), *store.show("face", "ana"), *store.show("face", "ben")]
    (made,) = said
    assert isinstance(made, PalmEnrolled)
    assert (made.handle, made.why) == ("", "not all of it was of one person")
