"""All kinds of stores do the same."""

from pathlib import Path

import pytest

from contracts.errors import RigFault
from rig.storage.opening import open_place


def test_what_is_put_can_be_found_and_fetched(place: str, tmp_path: Path) -> None:
    store = open_place(place)
    assert list(store.files()) == []
    (tmp_path / "a").write_bytes(b"one")
    store.put(tmp_path / "a", "x.mcap")
    store.put(tmp_path / "a", "deep/er/y.png")
    assert [(file.name, file.bytes) for file in store.files()] == [("deep/er/y.png", 3), ("x.mcap", 3)]
    assert all(file.modified_s > 1.7e9 for file in store.files())
    assert (store.has("x.mcap"), store.has("z.mcap"), store.has("deep")) == (True, False, False)
    store.get("deep/er/y.png", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"one"
    store.remove("x.mcap")
    assert [file.name for file in store.files()] == ["deep/er/y.png"]


def test_a_version_changes_with_the_file(place: str, tmp_path: Path) -> None:
    store = open_place(place)
    (tmp_path / "a").write_bytes(b"one")
    store.put(tmp_path / "a", "x")
    old = store.version("x")
    assert store.version("x") == old
    (tmp_path / "a").write_bytes(b"four")
    store.put(tmp_path / "a", "x")
    assert store.version("x") != old


def test_what_is_not_there_is_complained_of(place: str, tmp_path: Path) -> None:
    for do in (lambda s: s.get("none", tmp_path / "b"), lambda s: s.remove("none"), lambda s: s.version("none")):
        with pytest.raises(RigFault, match="does not let us") as error:
            do(open_place(place))
        assert "none" in error.value.where


def test_a_copy_that_breaks_off_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_place(str(tmp_path / "nights"))
    (tmp_path / "a").write_bytes(b"one")
    store.put(tmp_path / "a", "x")

    def broken(_: Path, to: Path) -> None:
        Path(to).write_bytes(b"on")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", broken)
    with pytest.raises(RigFault, match="No space left"):
        store.put(tmp_path / "a", "x")
    assert (tmp_path / "nights" / "x").read_bytes() == b"one"
    assert [path.name for path in (tmp_path / "nights").iterdir()] == ["x"]
