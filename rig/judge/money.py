"""Whether money follows the receipts: once, the right sum, and never for a receipt that is held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contracts.checkout import Charge, Receipt, ReceiptStatus
from rig.judge.story import Story
from stack.checkout.shop import Shop


def money_differences(story: Story) -> Iterator[str]:
    """Yield what is wrong with receipts' sums and with the charges made for them."""
    charges = story.all(Charge)
    for key, times in sorted(Counter(charge.key for charge in charges).items()):
        if times > 1:
            yield f"charge {key} was ordered {times} times"
    visits = {charge.visit for charge in charges}
    for receipt in story.all(Receipt):
        yield from _sum_differences(story, receipt)
        if receipt.till:  # what was taken for it, the provider and the terminals say
            visits.discard(receipt.visit)
            continue
        paid = sum(charge.amount_minor for charge in charges if charge.visit == receipt.visit)
        billed = receipt.status is ReceiptStatus.FINAL and receipt.account
        due = receipt.total_minor if billed else 0
        if paid != due:
            yield f"visit {receipt.visit} owes {due} {receipt.currency} (minor units) and was charged {paid}"
        visits.discard(receipt.visit)
    for visit in sorted(visits):
        yield f"visit {visit} was charged without a receipt"


def _sum_differences(story: Story, receipt: Receipt) -> Iterator[str]:
    for line in receipt.lines:
        product = story.layout.product.get(line.product)
        if product is None:
            yield f"receipt of {receipt.visit} names {line.product!r}, which the catalogue does not know"
        elif product.price_minor != line.unit_minor:
            yield f"{line.product} costs {product.price_minor}, receipt of {receipt.visit} says {line.unit_minor}"
    yield from _total_differences(story, receipt)


def _total_differences(story: Story, receipt: Receipt) -> Iterator[str]:
    """Yield what is wrong with a receipt's own sum, and whether it is what the goods cost this customer."""
    added = 0 if story.layout.tax_included else receipt.tax_minor
    goods = sum(line.count * line.unit_minor for line in receipt.lines) - receipt.discount_minor + added
    if goods + receipt.agreed_minor != receipt.total_minor:
        yield f"receipt of {receipt.visit} adds up to {goods + receipt.agreed_minor}, but says {receipt.total_minor}"
    account = story.accounts.get(receipt.account)
    if all(line.product in story.layout.product for line in receipt.lines):
        right = Shop(story.layout).price_lines(receipt.lines, member=bool(account and account.loyalty)).total_minor
        if right != goods:
            yield f"the goods on the receipt of {receipt.visit} cost {right}, and it says {goods}"
