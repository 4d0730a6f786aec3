"""Element strings: what GS1-128, GS1 DataMatrix, GS1 DataBar and GS1 QR Code hold of goods, and a box's label.

Source: GS1 General Specifications, sections 3.2 and 7.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from contracts.codes import gtin
from contracts.codes.gs1_table import CHECKED, DATES, FIXED, WITH_CURRENCY, Form, form_of
from contracts.codes.gtin import Gtin
from contracts.errors import BadCode

SEPARATOR = "\x1d"
"""FNC1 as scanners send it: behind content whose length its AI does not tell."""
AIM_IDS = frozenset({"]C1", "]d2", "]Q3", "]e0", "]J1"})
"""Of symbols that hold element strings. Source: figure 7.8.1-1."""


@dataclass(frozen=True, slots=True)
class Element:
    """One AI and what it says.

    Args:
        ai: application identifier, "01", "3103".
        value: as it was written.
        decimals: digits of the value behind the point, None where it is no such number.
    """

    ai: str
    value: str
    decimals: int | None = None

    @property
    def number(self) -> Decimal | None:
        """A weight, a measure or an amount of money, in the AI's unit; None for what is no such number."""
        if self.decimals is None:
            return None
        digits = self.value[3:] if self.currency else self.value
        return Decimal(int(digits)).scaleb(-self.decimals)

    @property
    def currency(self) -> str:
        """The numeric ISO 4217 code before an amount, "" where there is none."""
        return self.value[:3] if self.ai[:3] in WITH_CURRENCY else ""


@dataclass(frozen=True, slots=True)
class Gs1:
    """What a label says.

    Args:
        elements: in the order of the label.
        others: whether a link carries more than GS1 has words for.
    """

    elements: tuple[Element, ...]
    others: bool = False

    def find(self, ai: str) -> Element | None:
        """Return the element of an AI; "310" finds 3100 to 3109."""
        return next((each for each in self.elements if each.ai == ai or (len(ai) == 3 and each.ai[:-1] == ai)), None)

    def value(self, ai: str) -> str:
        """Return what an AI says, "" when it is not there."""
        found = self.find(ai)
        return found.value if found else ""

    @property
    def item(self) -> Gtin | None:
        """The number of one piece; None for a box, for weighed goods, and where no GTIN is."""
        number = self.value("01")
        return gtin.read(number) if number.startswith("0") else None

    @property
    def why(self) -> str:
        """Say why it is not one piece."""
        number = self.value("01")
        return "it is weighed or measured goods" if number.startswith("9") else "it is not one article's number"


def parse(text: str) -> Gs1:
    """Return what an element string says.

    Args:
        text: as scanners send it, without the AIM id; FNC1 is character 29.

    Raises:
        BadCode: no such AI, or one that holds what it must not.
    """
    return checked(_elements(text))


def checked(elements: Iterable[Element]) -> Gs1:
    """Return the label of elements that do not contradict one another.

    Raises:
        BadCode: there is none, or one comes twice and says two things.
    """
    said: dict[str, Element] = {}
    for each in elements:
        if said.setdefault(each.ai, each) != each:
            raise BadCode("one label says two things", where=f"({each.ai})", expected="one value of each AI")
    if not said:
        raise BadCode("this label says nothing", expected="an application identifier")
    return Gs1(tuple(said.values()))


def element(ai: str, value: str) -> Element:
    """Return one element whose AI and value stand apart, as in a link.

    Raises:
        BadCode: no such AI, or it holds what it must not.
    """
    form = form_of(ai)
    if form is None or form.ai != ai:
        raise BadCode("this application identifier is not known here", found=f"({ai[:4]})")
    return _element(form, value)


def _elements(text: str) -> Iterator[Element]:
    at = 1 if text.startswith(SEPARATOR) else 0
    while at < len(text):
        form = form_of(text, at)
        if form is None:
            raise BadCode("this application identifier is not known here", where=f"position {at}")
        start = at + len(form.ai)
        ends = text.find(SEPARATOR, start)
        stop = start + form.most if form.ai[:2] in FIXED else ends if ends >= 0 else len(text)
        yield _element(form, text[start:stop])
        at = stop + 1 if text[stop : stop + 1] == SEPARATOR else stop


def _element(form: Form, value: str) -> Element:
    if form.pattern.fullmatch(value) is None:
        raise BadCode(
            f"({form.ai}) holds what it must not",
            expected=f"at most {form.most} characters of its kind",
            found=f"{len(value)} characters",
        )
    if form.ai in CHECKED and gtin.check_digit(value[:-1]) != value[-1]:
        raise BadCode(f"the check digit of ({form.ai}) is wrong", hint="scan it again")
    if form.ai in DATES and not (1 <= int(value[2:4]) <= 12 and int(value[4:6]) <= 31):
        raise BadCode(f"({form.ai}) is no date", expected="year, month and day, two digits each")
    return Element(form.ai, value, form.decimals)
