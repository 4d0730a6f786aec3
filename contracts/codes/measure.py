"""EAN-13 codes that a store's scale prints: an item, and its weight or price. Each store has its own pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from contracts.codes import gtin
from contracts.codes.digits import require_digits
from contracts.codes.price_digit import price_digit
from contracts.errors import BadCode

_SHAPE = re.compile(r"(?P<prefix>(?:02|04|2)[0-9]*)(?P<item>P+)(?P<guard>V?)(?P<value>W+|M+)C")


@dataclass(frozen=True, slots=True)
class Measured:
    """A piece of goods that was weighed or priced in the store.

    Args:
        gtin13: the code as read.
        item: item reference, the P digits.
        amount: weight or price in the pattern's unit, with the pattern's decimals.
        is_price: whether the amount is money; else it is a weight or another measure.
        item_gtin13: the code with all zeros for the amount: one number for all pieces of the item.
    """

    gtin13: str
    item: str
    amount: Decimal
    is_price: bool
    item_gtin13: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a store's scale writes its labels.

    Args:
        shape: 13 characters: digits that stand as they are (02, 04 or 20-29 first), P item reference, V check digit of
            the value (may be missing), W weight or M money, C check digit: "2PPPPPPWWWWWC", "21PPPPPVMMMMC".
        decimals: how many of the value's digits stand behind the point.
    """

    shape: str
    decimals: int = 3

    def __post_init__(self) -> None:
        match = _SHAPE.fullmatch(self.shape)
        if match is None or len(self.shape) != 13:
            raise BadCode(
                "a pattern of weighed goods cannot be read",
                expected="13 characters: 02, 04 or 2..., P..., V if wanted, W... or M..., C",
                found=self.shape,
                hint='try "2PPPPPPWWWWWC"',
            )
        if match["guard"] and len(match["value"]) not in (4, 5):
            raise BadCode("a check digit V guards 4 or 5 digits", expected="4 or 5 W or M", found=self.shape)
        if not 0 <= self.decimals <= len(match["value"]):
            raise BadCode(
                "decimals do not fit the value", expected=f"0 to {len(match['value'])}", found=f"{self.decimals}"
            )

    def matches(self, gtin13: str) -> bool:
        """Whether a code begins as this pattern does."""
        return len(gtin13) == 13 and gtin13.startswith(self._parts()["prefix"])

    def read(self, text: str) -> Measured:
        """Return what a label says.

        Raises:
            BadCode: a check digit is wrong, or the code is not of this pattern.
        """
        code = gtin.normalised(text)
        if not self.matches(code):
            raise BadCode(f"GTIN {code} is not of the store's pattern", expected=self.shape, found=code)
        value = self._cut(code, "value")
        if self._parts()["guard"] and self._cut(code, "guard") != price_digit(value):
            raise BadCode(
                f"the check digit of the value in {code} is wrong",
                where=f"position {self.shape.index('V')}",
                expected=price_digit(value),
                found=self._cut(code, "guard"),
                hint="scan it again",
            )
        item = self._cut(code, "item")
        amount = Decimal(int(value)).scaleb(-self.decimals)
        return Measured(code, item, amount, "M" in self.shape, self._code(item, "0" * len(value)))

    def write(self, item: str, amount: Decimal) -> str:
        """Return the 13 digits of a label.

        Args:
            item: item reference, as many digits as the pattern has P.
            amount: weight or price in the pattern's unit.

        Raises:
            BadCode: it does not fit.
        """
        parts = self._parts()
        require_digits(item, "an item reference", (len(parts["item"]),))
        units = amount.scaleb(self.decimals)
        most = 10 ** len(parts["value"]) - 1
        if units != units.to_integral_value() or not 0 <= units <= most:
            raise BadCode(
                "the amount does not fit the label",
                expected=f"0 to {Decimal(most).scaleb(-self.decimals)}, {self.decimals} decimals",
                found=f"{amount}",
            )
        return self._code(item, f"{int(units):0{len(parts['value'])}d}")

    def _code(self, item: str, value: str) -> str:
        parts = self._parts()
        guard = price_digit(value) if parts["guard"] else ""
        return gtin.with_check_digit(parts["prefix"] + item + guard + value)

    def _parts(self) -> dict[str, str]:
        match = _SHAPE.fullmatch(self.shape)
        assert match is not None
        return match.groupdict()

    def _cut(self, code: str, part: str) -> str:
        match = _SHAPE.fullmatch(self.shape)
        assert match is not None
        return code[slice(*match.span(part))]
