from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field, field_validator

from contracts.errors import BadFile
from contracts.yamlfile import StrictModel, nearest, read_document, read_model


class Step(StrictModel):
    product: str
    count: int = Field(default=1, ge=1)
    from_: str = Field(default="", alias="from")


class Take(StrictModel):
    take: Step


class Shopper(StrictModel):
    account: Literal["prime", "plain"] = "plain"
    does: tuple[str | Take, ...] = ()

    @field_validator("does")
    @classmethod
    def _something(cls, does: tuple[str | Take, ...]) -> tuple[str | Take, ...]:
        if not does:
            raise ValueError("a shopper does something")
        return does


class Play(StrictModel):
    about: str
    seed: int = 0
    shoppers: dict[str, Shopper] = Field(default_factory=dict)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "play.yaml"
    path.write_text(text)
    return path


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(BadFile) as caught:
        read_model(write(tmp_path, text), Play)
    return str(caught.value).replace(f"{tmp_path}/", "")


def test_a_good_file_becomes_its_model(tmp_path: Path) -> None:
    play = read_model(
        write(tmp_path, "about: x\nshoppers:\n  ana:\n    does: [leave, {take: {product: fiji, from: g}}]\n"), Play
    )
    assert play.shoppers["ana"].does == ("leave", Take(take=Step(product="fiji", from_="g")))


def test_an_unknown_key_names_line_and_nearest_known_key(tmp_path: Path) -> None:
    text = "about: x\nshoppers:\n  ana:\n    does:\n      - leave\n    acount: prime\n"
    assert complaint(tmp_path, text) == (
        "play.yaml:6: shoppers.ana.acount: unknown key\n"
        "  expected: one of account, does\n"
        "  found: 'acount'\n"
        "  try: did you mean 'account'?"
    )


def test_an_unknown_key_within_a_union_is_told_of_the_member_that_was_meant(tmp_path: Path) -> None:
    text = "about: x\nshoppers:\n  ana:\n    does:\n      - leave\n      - take:\n          prodct: fiji\n"
    said = complaint(tmp_path, text)
    assert "play.yaml:7: shoppers.ana.does[1].take.prodct: unknown key" in said
    assert "one of product, count, from" in said
    assert "did you mean 'product'?" in said
    assert "play.yaml:6: shoppers.ana.does[1].take: missing key 'product'" in said
    assert "string" not in said


def test_all_problems_are_told_at_once_in_order_of_lines(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read_model(write(tmp_path, "seed: many\nshoppers:\n  ana: {does: [leave], account: prim}\n"), Play)
    assert caught.value.line == 1
    assert [problem.line for problem in caught.value.also] == [1, 3]
    assert "did you mean 'prime'?" in str(caught.value)


def test_a_missing_key_is_named_at_its_parent(tmp_path: Path) -> None:
    assert complaint(tmp_path, "seed: 1\n").startswith("play.yaml:1: missing key 'about'\n")


def test_a_value_error_of_a_validator_is_said_in_its_own_words(tmp_path: Path) -> None:
    said = complaint(tmp_path, "about: x\nshoppers:\n  ana:\n    does: []\n")
    assert said.startswith("play.yaml:4: shoppers.ana.does: a shopper does something")


def test_a_number_where_text_is_wanted_is_to_be_quoted(tmp_path: Path) -> None:
    assert 'put it in quotes: "12"' in complaint(tmp_path, "about: 12\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("about: x\nabout: y\n", "play.yaml:2: about: the key is there twice"),
        ("about: x\nseed: [1\n", "play.yaml:3: not YAML"),
        ("about: !!python/name:os.system x\n", "play.yaml:1: not YAML"),
        ("about: &a [*a]\n", "an alias that never ends"),
        ("", "play.yaml: wrong value"),
        ("- about\n", "play.yaml:1: wrong value"),
    ],
)
def test_what_is_not_a_sound_file(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


def test_a_file_that_is_not_there_names_its_neighbour(tmp_path: Path) -> None:
    write(tmp_path, "about: x\n")
    with pytest.raises(BadFile, match=r"did you mean 'play\.yaml'"):
        read_document(tmp_path / "pley.yaml")


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    path = tmp_path / "play.yaml"
    path.write_bytes(b"about: x\nseed: \xff\n")
    with pytest.raises(BadFile, match=r"play\.yaml:2: not a text file"):
        read_document(path)


def test_plain_scalars_are_what_they_look_like(tmp_path: Path) -> None:
    data = read_document(
        write(tmp_path, "{a: no, b: true, c: 012000181139, d: 1.5, e: 12:30, f: 2024-01-02, g: -3, h: ~, i: 1e3}")
    ).data
    assert data == {
        "a": "no", "b": True, "c": "012000181139", "d": 1.5, "e": "12:30", "f": "2024-01-02", "g": -3, "h": None,
        "i": 1000.0,
    }  # fmt: skip


def test_a_document_knows_its_lines(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, "about: x\nshoppers:\n  ana:\n    does:\n      - leave\n      - go\n"))
    assert document.line("shoppers", "ana", "does", 1) == 6
    assert document.line("shoppers", "ana", "does", 1, "product") == 6
    assert document.line("shoppers", "ben") == 2
    problem = document.bad("unknown product 'x'", "shoppers", "ana", "does", 1)
    assert str(problem).endswith(":6: shoppers.ana.does[1]: unknown product 'x'")


def test_nearest_says_nothing_when_nothing_is_near() -> None:
    assert nearest("fiji-50", {"fiji-500", "pepsi"}) == "did you mean 'fiji-500'?"
    assert nearest("qqq", {"fiji-500", "pepsi"}) == ""
