"""Who is enrolled: with consent, from samples that agree, and once."""

import pytest

from stack.palm.enrol import Refused
from stack.palm.identify import Identifier
from stack.palm.record import Consent, Enrolment
from tests.stack.palm.hands import entropy, keys, palm, pictures
from twin.palms import Species, attack

CONSENT = Consent("account-ana", 0, "palm-en-1")


@pytest.fixture
def reader():
    return Identifier(keys(), entropy())


@pytest.mark.parametrize("consent", [None, Consent("", 0, "palm-en-1"), Consent("account-ana", 0, "")])
def test_nobody_without_consent(reader, consent):
    made = reader.enrol(consent, pictures("ana"))
    assert isinstance(made, Refused)
    assert "consent" in made.why
    assert len(reader.gallery) == 0


@pytest.mark.parametrize("count", [0, 2, 6])
def test_three_to_five_samples(reader, count):
    made = reader.enrol(CONSENT, pictures("ana", count))
    assert isinstance(made, Refused)
    assert "3 to 5" in made.why


def test_samples_must_be_of_one_palm(reader):
    made = reader.enrol(CONSENT, [*pictures("ana", 2), *pictures("ben", 1)])
    assert isinstance(made, Refused)
    assert "alike" in made.why


def test_no_enrolment_from_a_print(reader):
    made = reader.enrol(CONSENT, [*pictures("ana", 2), attack(Species.PRINT, palm("ana"), palm("ben"), "x")])
    assert isinstance(made, Refused)
    assert "sample 3" in made.why


def test_handles_say_nothing_and_never_repeat(reader):
    made = [reader.enrol(CONSENT, pictures(owner)) for owner in ("ana", "ben")]
    handles = {one.handle for one in made if isinstance(one, Enrolment)}
    assert len(handles) == 2
    assert not any("ana" in handle for handle in handles)


def test_the_same_palm_is_not_enrolled_twice(reader):
    assert isinstance(reader.enrol(CONSENT, pictures("ana")), Enrolment)
    again = reader.enrol(Consent("account-eve", 0, "palm-en-1"), pictures("ana", first=3))
    assert isinstance(again, Refused)
    assert "already" in again.why
    assert len(reader.gallery) == 1


def test_the_very_same_pictures_are_not_enrolled_twice(reader):
    assert isinstance(reader.enrol(CONSENT, pictures("ana")), Enrolment)
    again = reader.enrol(Consent("account-eve", 0, "palm-en-1"), pictures("ana"))
    assert isinstance(again, Refused)
    assert "already" in again.why


def test_both_palms_are_two_palms(reader):
    made = reader.enrol(CONSENT, pictures("ana"), pictures("ana", first=3))
    assert isinstance(made, Refused)
    assert "same palm" in made.why


def test_one_bad_sample_of_five_is_left_out(reader):
    made = reader.enrol(CONSENT, [*pictures("ana", 4), *pictures("ben", 1)])
    assert isinstance(made, Enrolment)
    clean = Identifier(keys(), entropy()).enrol(CONSENT, pictures("ana", 4))
    assert isinstance(clean, Enrolment)
    assert (made.palms[0].scan == clean.palms[0].scan).all()
