"""At rest: sealed, bound to the handle, renewable, deletable; and nothing readable in the file."""

import numpy as np
import pytest

from contracts.errors import BadFile
from stack.palm.identify import Identified, Identifier
from stack.palm.keys import Keys, read_keys, write_keys
from stack.palm.record import Consent, Enrolment
from stack.palm.sealing import CannotOpen, seal, unseal
from stack.palm.vault import Vault
from tests.stack.palm.hands import entropy, keys, picture, pictures

CONSENT = Consent("account-ana", 5, "palm-en-1")


@pytest.fixture(scope="module")
def enrolment():
    made = Identifier(keys(), entropy()).enrol(CONSENT, pictures("ana"))
    assert isinstance(made, Enrolment), made
    return made


def same(one, other):
    return (one.handle, one.consent) == (other.handle, other.consent) and all(
        np.array_equal(a.scan, b.scan) and np.array_equal(a.samples, b.samples)
        for a, b in zip(one.palms, other.palms, strict=True)
    )


def test_what_is_sealed_opens_again(enrolment):
    sealed = seal(enrolment, keys().seal, b"n" * 12)
    assert same(unseal(enrolment.handle, sealed, keys().seal), enrolment)


@pytest.mark.parametrize("broken", ["key", "handle", "bytes", "cut"])
def test_nothing_else_opens_it(enrolment, broken):
    sealed = bytearray(seal(enrolment, keys().seal, b"n" * 12))
    handle, key = enrolment.handle, keys().seal
    if broken == "key":
        key = keys("others").seal
    elif broken == "handle":
        handle = "palm-of-somebody-else"
    elif broken == "bytes":
        sealed[40] ^= 1
    else:
        del sealed[-300:]
    with pytest.raises(CannotOpen, match=handle):
        unseal(handle, bytes(sealed), key)


def test_files_tell_nothing(enrolment, tmp_path):
    Vault(tmp_path, keys(), entropy()).keep(enrolment)
    (file,) = tmp_path.iterdir()
    stored = file.read_bytes()
    assert enrolment.handle in file.name
    for secret in (b"account-ana", b"palm-en-1", enrolment.palms[0].scan.tobytes()[:16], keys().mask, keys().seal):
        assert secret not in stored


def test_deleted_is_gone_from_disk_and_from_memory(enrolment, tmp_path):
    vault = Vault(tmp_path, keys(), entropy())
    vault.keep(enrolment)
    reader = Identifier(keys(), entropy(), vault.all())
    assert isinstance(reader.identify(picture("ana", "visit")), Identified)
    assert reader.delete(enrolment.handle)
    assert vault.delete(enrolment.handle)
    assert not list(tmp_path.iterdir())
    assert len(reader.gallery) == 0
    assert not reader.gallery._scans.any()
    assert not reader.gallery._samples.any()
    assert not isinstance(reader.identify(picture("ana", "visit-2")), Identified)
    assert not vault.delete(enrolment.handle)


def test_renewed_matches_as_before_and_is_unlike_what_was(enrolment, tmp_path):
    vault = Vault(tmp_path, keys(), entropy())
    vault.keep(enrolment)
    vault.renew(keys("new"))
    (renewed,) = vault.all()
    assert not np.array_equal(renewed.palms[0].scan, enrolment.palms[0].scan)
    found = Identifier(keys("new"), entropy(), [renewed]).identify(picture("ana", "visit"))
    before = Identifier(keys(), entropy(), [enrolment]).identify(picture("ana", "visit"))
    assert found == before
    assert isinstance(found, Identified)
    assert not isinstance(Identifier(keys(), entropy(), [renewed]).identify(picture("ana", "visit")), Identified)
    with pytest.raises(CannotOpen):
        list(Vault(tmp_path, keys(), entropy()).all())


def test_keys_are_kept_apart_for_their_owner_alone(tmp_path):
    path = tmp_path / "deployment.keys"
    write_keys(keys(), path)
    assert path.stat().st_mode & 0o077 == 0
    assert read_keys(path) == keys()
    with pytest.raises(FileExistsError):
        write_keys(keys("new"), path)


def test_a_file_that_holds_no_keys_is_named(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("hello\n")
    with pytest.raises(BadFile, match=r"notes.txt"):
        read_keys(path)


def test_keys_do_not_show():
    shown = repr(keys())
    assert keys().mask.hex() not in shown
    assert repr(keys().seal) not in shown
    assert shown == repr(Keys(b"", b""))
