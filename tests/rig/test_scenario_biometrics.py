"""Faces and fingers as scenario files say them: read, written back, explained, and refused where nothing reads them."""

from pathlib import Path

import pytest
import yaml

from contracts.biometrics import Modality, Presented
from contracts.errors import BadFile
from rig.scenario import ready
from rig.scenario.bio_form import presented_words
from rig.scenario.model import Scenario
from rig.scenario.read import read_scenario
from rig.scenario.words import sentence
from rig.scenario.write import to_data

HEAD = "about: x\nstore: members-club\nshoppers:\n"
ANA = "  ana: {account: {known by: [fingerprint_card, face]}, does: [{enter: face}, leave]}\n"


def scenario(tmp_path: Path, said: str) -> tuple[Scenario, Path]:
    path = tmp_path / "s.yaml"
    path.write_text(said)
    return ready(read_scenario(path))


def test_a_reference_is_of_the_seed_and_the_modality(tmp_path: Path) -> None:
    one, _ = scenario(tmp_path, HEAD + ANA)
    two, _ = scenario(tmp_path, "seed: 2\n" + HEAD + ANA)
    subjects = one.shoppers[0].subjects
    assert [subject.modality for subject in subjects] == [Modality.FACE, Modality.FINGERPRINT_CARD]
    assert subjects == one.accounts[0].subjects
    assert not {s.reference for s in subjects} & {s.reference for s in two.shoppers[0].subjects}
    assert subjects[0].reference not in repr(one)


def test_it_is_written_as_it_was_read(tmp_path: Path) -> None:
    said = HEAD + ANA + "  ben: {account: none, presents: {shows: mask, of: ana}, does: [{enter: face}]}\n"
    told, _ = scenario(tmp_path, said)
    assert told.shoppers[1].presents == Presented(shows="mask", of="ana")
    again, _ = scenario(tmp_path, yaml.safe_dump(to_data(told)))
    assert again.shoppers == told.shoppers
    assert sentence(told.shoppers[0].steps[0]) == "shows a face and comes in"


@pytest.mark.parametrize(
    ("shopper", "says"),
    [
        ("{does: [{enter: {by: fingerprint, gate: lane-face}}]}", "nothing reads a fingerprint there"),
        ("{does: [{enter: qr}, {pay: {by: face, at: till-card}}]}", "nothing reads a face there"),
        ("{presents: {shows: print, of: eve}, does: [{enter: face}]}", "unknown shopper"),
        ("{presents: {card of: eve}, does: [{enter: face}]}", "unknown shopper"),
        ("{presents: {of: ana}, does: [{enter: face}]}", "nobody has a face of ana"),
        ("{account: none, does: [{enrol: face}, {enter: face}]}", "consent is given in the app"),
        ("{does: [{enter: iris}]}", "iris"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, shopper: str, says: str) -> None:
    with pytest.raises(BadFile) as found:
        scenario(tmp_path, f"{HEAD}{ANA}  dan: {shopper}\n")
    assert says in str(found.value)


def test_a_store_without_such_readers_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="nothing reads a face there"):
        scenario(tmp_path, HEAD.replace("members-club", "corner-shop") + "  ana: {does: [{enter: face}]}\n")


def test_a_reader_in_a_store_file_says_what_it_reads(tmp_path: Path) -> None:
    store = tmp_path / "half.yaml"
    store.write_text("about: x\nlike: club\ngates:\n  lane-face: {bio_reads: null}\n")
    (tmp_path / "club.yaml").write_text(Path("fixtures/stores/members-club.yaml").read_text())
    with pytest.raises(BadFile, match="`bio_reads` says what it reads"):
        scenario(tmp_path, HEAD.replace("members-club", str(store)) + ANA)


def test_what_is_presented_is_said_in_words() -> None:
    assert presented_words(Presented(shows="mask", of="ana")) == "shows a mask of ana to readers"
    assert presented_words(Presented(card_of="ana")) == "has ana's fingerprint card"
