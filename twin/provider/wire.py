"""Orders and answers as JSON, for the provider in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields

from contracts.checkout import PaymentAction, PaymentOrder, PaymentResult
from contracts.errors import UsageError


def orders_of(body: str) -> tuple[int, list[PaymentOrder]]:
    """Return bench time and orders of a request.

    Raises:
        UsageError: it is not one.
    """
    try:
        asked = json.loads(body)
        orders = [PaymentOrder(**{**order, "action": PaymentAction(order["action"])}) for order in asked["orders"]]
        return int(asked["now_ns"]), orders
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(
            "not an order", expected='{"now_ns": ..., "orders": [{"key": ...}]}', found=repr(error)
        ) from error


def body_of(now_ns: int, orders: Sequence[PaymentOrder]) -> str:
    """Return a request as text."""
    plain = [{field.name: getattr(order, field.name) for field in fields(order)} for order in orders]
    return json.dumps({"now_ns": now_ns, "orders": plain})


def reply_of(results: Sequence[PaymentResult]) -> str:
    """Return answers as text."""
    plain = [{field.name: getattr(result, field.name) for field in fields(result)} for result in results]
    return json.dumps({"results": plain})
