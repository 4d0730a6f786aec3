"""From the picture of a hand to a handle, or to a reason."""

import numpy as np
import pytest

from stack.palm.acquire import Reason, Rejected
from stack.palm.identify import Identified, Identifier
from stack.palm.matching import LIMITS, Limits
from stack.palm.record import Consent, Enrolment
from tests.stack.palm.hands import entropy, keys, palm, picture, pictures
from twin.palms import Species, attack

PEOPLE = ("ana", "ben", "cleo")


@pytest.fixture(scope="module")
def known():
    reader = Identifier(keys(), entropy())
    made = {who: reader.enrol(Consent(f"account-{who}", 0, "en-1"), pictures(who)) for who in PEOPLE}
    made["dia"] = reader.enrol(Consent("account-dia", 0, "en-1"), pictures("dia"), pictures("dia", side="left"))
    assert all(isinstance(one, Enrolment) for one in made.values()), made
    return made


@pytest.fixture
def reader(known):
    return Identifier(keys(), entropy(), known.values())


@pytest.mark.parametrize("who", PEOPLE)
def test_who_enrolled_is_found(known, reader, who):
    found = reader.identify(picture(who, "visit"))
    assert isinstance(found, Identified), found
    assert found.handle == known[who].handle
    assert found.distance <= LIMITS.accept
    assert found.margin > 0.03


def test_strangers_and_other_hands_are_not(reader):
    for shown in (picture("eve", "visit"), picture("ana", "visit", "left")):
        assert reader.identify(shown) == Rejected(Reason.UNKNOWN)


def test_no_hand_no_reading(reader):
    found = reader.identify(np.zeros((480, 400), np.uint8))
    assert isinstance(found, Rejected)
    assert found.reason is Reason.NOT_ACQUIRED
    assert found.detail


def test_nobody_enrolled_nobody_found():
    assert Identifier(keys(), entropy()).identify(picture("ana", "visit")) == Rejected(Reason.UNKNOWN)


def test_a_close_second_makes_it_ambiguous(known):
    strict = Identifier(keys(), entropy(), known.values(), Limits(margin=0.9))
    assert strict.identify(picture("ana", "visit")) == Rejected(Reason.AMBIGUOUS)


def test_either_palm_of_one_person_gives_one_handle(known, reader):
    found = [reader.identify(picture("dia", "visit", side)) for side in ("left", "right")]
    assert [one.handle for one in found] == [known["dia"].handle] * 2


def test_both_palms_for_what_is_worth_more(known, reader):
    left, right = picture("dia", "visit", "left"), picture("dia", "visit")
    assert reader.identify_both(left, right).handle == known["dia"].handle
    for one, other in ((picture("dia", "visit-2"), picture("dia", "visit-3")), (right, picture("ana", "visit"))):
        answer = reader.identify_both(one, other)
        assert isinstance(answer, Rejected)


@pytest.mark.parametrize("species", [Species.PRINT, Species.SCREEN, Species.GLOVE])
def test_attacks_on_who_enrolled_are_turned_down(reader, species):
    found = reader.identify(attack(species, palm("ana"), palm("eve"), "x"))
    assert isinstance(found, Rejected)


def test_a_visit_played_back_is_turned_down(reader):
    assert isinstance(reader.identify(picture("ana", "visit")), Identified)
    again = reader.identify(attack(Species.REPLAY, palm("ana"), palm("ana"), "visit"))
    assert again == Rejected(Reason.REPLAYED)
    assert reader.identify(picture("ana", "visit")) == Rejected(Reason.REPLAYED)
    assert isinstance(reader.identify(picture("ana", "visit-2")), Identified)


def test_who_is_deleted_leaves_the_others(known, reader):
    assert reader.delete(known["ana"].handle)
    assert not reader.delete(known["ana"].handle)
    assert reader.identify(picture("ana", "visit")) == Rejected(Reason.UNKNOWN)
    for who in ("ben", "cleo", "dia"):
        assert reader.identify(picture(who, "visit")).handle == known[who].handle


def test_same_pictures_same_answers(known):
    answers = [
        [Identifier(keys(), entropy(), known.values(), threads=n).identify(picture(who, "visit")) for who in PEOPLE]
        for n in (1, 2)
    ]
    assert answers[0] == answers[1]
