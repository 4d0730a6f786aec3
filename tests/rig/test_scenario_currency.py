"""Amounts in scenario files: minor units of the currency that the file names, also of one without cents."""

from pathlib import Path

import pytest

from contracts.currency import in_hundredths, in_minor, money_text
from contracts.errors import BadFile, UsageError
from contracts.steps import TopUp
from rig.explain import explain
from rig.scenario import from_yaml, read_scenario, ready, to_yaml

YEN = """
about: x
store: konbini
{currency}
shoppers:
  ana: {{does: [{{enter: nothing}}, {{top up: {amount}}}, leave]}}
expect: {{charges: {{ana: 1499}}, balances: {{ana: 1501}}}}
"""


def written(tmp_path: Path, currency: str = "currency: JPY", amount: str = "3000") -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(YEN.format(currency=currency, amount=amount))
    return path


def test_yen_are_whole(tmp_path: Path) -> None:
    scenario, _ = ready(read_scenario(written(tmp_path)))
    step = scenario.shoppers[0].steps[1]
    assert isinstance(step, TopUp)
    assert (step.amount_minor, scenario.expect.charges, scenario.expect.balances) == (
        3000,
        {"ana": 1499},
        {"ana": 1501},
    )
    assert from_yaml(to_yaml(scenario), scenario.name) == scenario
    assert any("3000.00 in cash" in line for line in explain(scenario))


def test_there_is_no_half_a_yen(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="0 decimals"):
        read_scenario(written(tmp_path, amount="0.50"))


@pytest.mark.parametrize("said", ["", "currency: USD"])
def test_a_scenario_names_the_currency_of_its_store(tmp_path: Path, said: str) -> None:
    with pytest.raises(BadFile, match="currency: JPY"):
        ready(read_scenario(written(tmp_path, said)))


def test_a_currency_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="ISO 4217"):
        read_scenario(written(tmp_path, "currency: yen"))


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 12), ("USD", 1200), ("BHD", 12000)])
def test_hundredths_become_minor_units_and_come_back(currency: str, minor: int) -> None:
    assert in_minor(1200, currency) == minor
    assert in_hundredths(minor, currency) == 1200


def test_amounts_are_written_as_people_do() -> None:
    assert [money_text(1234, code) for code in ("USD", "JPY", "XYZ")] == ["12.34 USD", "1234 JPY", "12.34 XYZ"]
