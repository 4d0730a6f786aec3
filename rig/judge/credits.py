"""Whether stored value that was given for a price difference is the difference, once a line of a receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contracts.checkout import PRICE_DIFFERENCE, BalanceChange, Receipt
from contracts.trade import PromotionKind
from rig.judge.story import Story
from stack.checkout.shop import Shop


def credit_differences(story: Story) -> Iterator[str]:
    """Yield what was given back to nobody who had bought the article, twice, or in another amount."""
    given = [change for change in story.all(BalanceChange) if change.reason == PRICE_DIFFERENCE]
    for key, times in sorted(Counter(change.key for change in given).items()):
        if times > 1:
            yield f"the price difference {key} was given {times} times"
    right = _right(story) if given else {}
    for change in given:
        due = right.get((change.account, change.key), 0)
        if due != change.amount_minor:
            yield f"the price difference {change.key} is {due} (minor units), and {change.amount_minor} were given"


def _right(story: Story) -> dict[tuple[str, str], int]:
    """Return what lines of receipts may give back, by account and key."""
    matches = [one for one in story.layout.promotions if one.kind is PromotionKind.MATCH]
    published = {product: one.price_minor for one in matches for product in one.products}
    shop, found = Shop(story.layout), {}
    for receipt in story.all(Receipt):
        account = story.accounts.get(receipt.account)
        for line in (line for line in receipt.lines if line.product in published):
            paid = shop.price_lines([line], member=bool(account and account.loyalty)).total_minor
            found[receipt.account, f"{receipt.visit}/{line.product}"] = paid - published[line.product] * line.count
    return found
