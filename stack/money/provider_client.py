"""The way to a payment provider in a process of its own: HTTP on this machine, with time limits.

It has the two methods of the twin's provider, so that either can stand behind a run.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from contracts.checkout import PaymentAction, PaymentOrder, PaymentOutcome, PaymentResult
from contracts.errors import DeviceUnavailable, UsageError

TIMEOUT_S = 2.0
"""Wall time for one exchange with a process on the same machine."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ProviderClient:
    """A provider at a URL.

    Args:
        url: "http://127.0.0.1:PORT"; only this machine: there is no encryption.
        timeout_s: wall time for one exchange.
    """

    def __init__(self, url: str, timeout_s: float = TIMEOUT_S) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname not in LOOPBACK or not parts.port:
            raise UsageError("not a provider on this machine", expected="http://127.0.0.1:PORT", found=url)
        self._host, self._port, self._timeout_s = parts.hostname, parts.port, timeout_s
        self._waiting: list[PaymentOrder] = []

    def request(self, order: PaymentOrder) -> None:
        """Take an order; it goes out with the next `read`."""
        self._waiting.append(order)

    def read(self, until_ns: int) -> list[PaymentResult]:
        """Send what was requested and return the answers that are due up to until_ns.

        Raises:
            DeviceUnavailable: no answer; the orders may have arrived or not, and are not sent again from here.
        """
        orders, self._waiting = self._waiting, []
        return self.exchange(until_ns, orders)

    def exchange(self, now_ns: int, orders: Sequence[PaymentOrder]) -> list[PaymentResult]:
        """Send orders and return the answers that are due by now.

        Raises:
            DeviceUnavailable: no answer.
        """
        body = json.dumps({"now_ns": now_ns, "orders": [_plain(order) for order in orders]})
        return [_result(item) for item in self._ask("POST", "/exchange", body)["results"]]

    def healthy(self) -> bool:
        """Whether it says that it serves."""
        try:
            return bool(self._ask("GET", "/health")["status"] == "serving")
        except DeviceUnavailable:
            return False

    def _ask(self, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        try:
            connection.request(method, path, body)
            reply = connection.getresponse()
            answer: dict[str, Any] = json.loads(reply.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            where = f"{self._host}:{self._port}"
            raise DeviceUnavailable("the payment provider does not answer", where=where, found=repr(error)) from error
        finally:
            connection.close()
        if reply.status != http.client.OK:
            raise DeviceUnavailable("the payment provider refused", found=f"{reply.status} {answer}")
        return answer


def _plain(order: PaymentOrder) -> dict[str, str | int]:
    return {field.name: getattr(order, field.name) for field in fields(order)}


def _result(item: Mapping[str, Any]) -> PaymentResult:
    known = {**item, "action": PaymentAction(item["action"]), "outcome": PaymentOutcome(item["outcome"])}
    return PaymentResult(**known)
