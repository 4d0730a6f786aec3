"""At a table: its code scanned with the app, dishes chosen, and paid before anything is brought."""

from __future__ import annotations

from contracts.checkout import PhoneAction
from contracts.steps import Order
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts.showing import phone_of, read_app
from twin.shopper.acts.till import agree, come_to, till_named
from twin.shopper.problem import CannotDo


def order(actor: Actor, step: Order) -> Moves:
    """Scan the table's code, choose, and agree to what it comes to."""
    table = till_named(actor, step.at)
    yield from come_to(actor, table)
    try:
        phone = phone_of(actor)
        phone.ask(PhoneAction.SCANNED, actor.now_ns, table.printed.encode())
        yield from read_app(actor, phone)
        for product, count in step.items:
            gtin = actor.company.layout.product[product].gtin.encode()
            for _ in range(count):
                phone.ask(PhoneAction.CHOSE, actor.now_ns, gtin)
                yield from read_app(actor, phone)
        if phone.view is None or not phone.view.asks:
            raise CannotDo(phone.view.text if phone.view else "the app shows nothing")
        yield from agree(actor, table, phone)
    finally:
        actor.company.queues[table.id].remove(actor.name)
