"""What a scenario uses that nobody may keep, gathered where it is still in the clear: between the rig and its stack."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from contracts.codes.token import FIRST_KEY_ID, derive
from contracts.codes.top_up import TopUp
from contracts.ports import Stack
from contracts.records import AnswerRecord, SensorRecord, Setup
from rig.recording.redact import is_public
from rig.run import run_scenario
from rig.scenario import read_scenario, ready

SCENARIOS = Path(__file__).parents[2] / "scenarios" / "checkout"


class Watched:
    """A stack whose records are looked at on their way.

    Args:
        stack: the real one.
        secrets: what for -> the secret; filled.
    """

    def __init__(self, stack: Stack, secrets: dict[str, bytes]) -> None:
        self._stack, self._secrets = stack, secrets

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        answers = self._stack.feed(records, now_ns)
        for record in (*records, *answers):
            code = getattr(record, "code", b"")
            if isinstance(record, Setup):
                self._of_setup(record)
            elif code and not is_public(code):
                self._secrets[f"code {len(self._secrets)} of {record.source}"] = code
        return answers

    def close(self) -> None:
        self._stack.close()

    def _of_setup(self, setup: Setup) -> None:
        self._secrets["the deployment's key"] = setup.key
        for account in setup.accounts:
            if account.handle:
                secret = derive(setup.key, FIRST_KEY_ID, account.handle).secret
                self._secrets[f"secret of the phone of {account.id}"] = secret
            if account.top_up:
                self._secrets[f"top-up number of {account.id}"] = account.top_up.encode()
                self._secrets[f"top-up code of {account.id}"] = TopUp(account.top_up).code().encode()


def secrets_of(name: str) -> dict[str, bytes]:
    """Play a scenario without keeping anything of it; return its secrets, each once."""
    found: dict[str, bytes] = {}
    scenario, store = ready(read_scenario(SCENARIOS / f"{name}.yaml"))
    run_scenario(scenario, store_path=store, around=lambda stack: Watched(stack, found))
    return {what: secret for secret, what in {secret: what for what, secret in reversed(found.items())}.items()}
