"""A scenario as YAML again: what a recording carries, so that it can be run again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from contracts.document import Document
from contracts.layout import Account
from contracts.steps import Enter, OtherWallet, ShopperPlan
from contracts.yamlfile import check_model
from rig.scenario.altered import written_altered
from rig.scenario.amounts import in_units
from rig.scenario.bio_form import written_presents
from rig.scenario.crowd import Crowd
from rig.scenario.crowd_form import written_crowd
from rig.scenario.form import ScenarioForm
from rig.scenario.hand_form import written_hand
from rig.scenario.model import DEFAULT_LIMIT_NS, Scenario
from rig.scenario.read import scenario_of, shows_something
from rig.scenario.step_body import written_minor, written_ns
from rig.scenario.step_form import written


def to_yaml(scenario: Scenario) -> str:
    """Return a scenario as a file that reads back as the same scenario, but for its name."""
    text: str = yaml.safe_dump(to_data(scenario), sort_keys=False, allow_unicode=True, width=120)
    return text


def from_yaml(text: str, name: str) -> Scenario:
    """Return the scenario that `to_yaml` wrote.

    Raises:
        BadFile: it says something impossible.
    """
    return scenario_of(check_model(Document(Path(name), yaml.safe_load(text)), ScenarioForm), name)


def changed(scenario: Scenario, **said: Any) -> Scenario:
    """Return a scenario with other values for keys of its file; another seed gives other codes and accounts.

    A crowd that was drawn for another seed, store or scenario is taken out again, to be drawn anew for the next run.

    Args:
        scenario: what to change.
        said: seed, store, faults, expect, limit, ... in the form of a file.

    Raises:
        BadFile: it says something impossible.
    """
    data = to_data(scenario)
    if scenario.crowd and scenario.crowd.drawn and said.keys() & {"seed", "store", "crowd", "shoppers"}:
        data = _undrawn(data, scenario.crowd)
    return scenario_of(check_model(Document(Path(scenario.name), data | said), ScenarioForm), scenario.name)


def to_data(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain data in the form of a file; what is at its default is left out."""
    scenario = in_units(scenario)
    accounts = {account.id: account for account in scenario.accounts}
    data: dict[str, Any] = {"about": scenario.about, "store": scenario.store, "seed": scenario.seed}
    if scenario.currency:
        data["currency"] = scenario.currency
    if scenario.crowd:
        data["crowd"] = written_crowd(scenario.crowd)
    if scenario.shoppers:
        data["shoppers"] = {plan.name: _shopper(plan, accounts.get(plan.account)) for plan in scenario.shoppers}
    if scenario.faults:
        data["faults"] = [
            {"at": written_ns(f.at_ns), "device": f.device, "is": f.kind, "for": written_ns(f.for_ns)}
            for f in scenario.faults
        ]
    if not scenario.expect.silent:
        data["expect"] = _expect(scenario)
    if scenario.xfail:
        data["xfail"] = scenario.xfail
    return data | _settings(scenario)


def _settings(scenario: Scenario) -> dict[str, Any]:
    """Return how a scenario is played, where that is not as usual."""
    data: dict[str, Any] = {}
    if scenario.limit_ns != DEFAULT_LIMIT_NS:
        data["limit"] = written_ns(scenario.limit_ns)
    if scenario.bodies != "rigid":
        data["bodies"] = scenario.bodies
    if scenario.palms != "handles":
        data["palms"] = scenario.palms
    if said := written_altered(scenario.altered):
        data["altered"] = said
    return data


def _undrawn(data: dict[str, Any], crowd: Crowd) -> dict[str, Any]:
    """Return a scenario's data as it was before its crowd was drawn."""
    scripted = {name: plan for name, plan in data["shoppers"].items() if name not in crowd.names}
    written = written_crowd(replace(crowd, drawn=False))
    return data | {"shoppers": scripted, "crowd": written}


def _shopper(plan: ShopperPlan, account: Account | None) -> dict[str, Any]:
    """Return one shopper in the form of a file."""
    said: dict[str, Any] = {}
    guest = any(isinstance(step, Enter) and step.guest_of for step in plan.steps)
    if not guest and (account is not None) != shows_something(plan.steps):
        said["account"] = "none" if account is None else {}
    if not guest and account is not None and (particular := _particular(account)):
        said["account"] = particular
    if plan.arrives_ns:
        said["arrives"] = written_ns(plan.arrives_ns)
    defaults = ShopperPlan(name="", steps=())
    if plan.height_m != defaults.height_m:
        said["height"] = plan.height_m
    if plan.speed_m_s != defaults.speed_m_s:
        said["speed"] = plan.speed_m_s
    if plan.wears:
        said["wears"] = list(plan.wears)
    if plan.pushes:
        said["pushes"] = plan.pushes
    if plan.engine != defaults.engine:
        said["engine"] = plan.engine
    if plan.seated:
        said["seated"] = True
    said |= _carried(plan, guest=guest)
    said["does"] = [written(step) for step in plan.steps]
    return said


def _particular(account: Account) -> dict[str, Any]:
    """Return what is not usual with an account."""
    bank = account.instrument.rpartition("~")[2]
    said: dict[str, Any] = {"loyalty": account.loyalty} if account.loyalty else {}
    said |= {} if account.palm_handles else {"palm": "none"}
    if account.subjects:
        said["known by"] = [subject.modality.value for subject in account.subjects]
    return said if bank == "approves" else {**said, "card on file": bank}


def _carried(plan: ShopperPlan, *, guest: bool) -> dict[str, Any]:
    """Return what is not quite usual with a phone and a card; a guest's phone is the host's."""
    phone, card = plan.phone, plan.card
    said: dict[str, Any] = {}
    if phone and phone.ahead_ns:
        said["ahead" if phone.ahead_ns > 0 else "behind"] = written_ns(abs(phone.ahead_ns))
    if phone and not phone.online:
        said["online"] = False
    if phone and phone.held:
        held = phone.held
        said["held"] = {"tilt": held.tilt_deg, "glare": held.glare, "distance_m": held.distance_m}
    carried: dict[str, Any] = {"phone": said} if said and not guest else {}
    if card and (card.chip or card.answer != "approved"):
        carried["card"] = {"chip": card.chip, "answer": card.answer}
    if plan.wallet:
        carried["wallet"] = _wallet(plan.wallet)
    if hand := written_hand(plan.hand):
        carried["hand"] = hand
    if presents := written_presents(plan.presents):
        carried["presents"] = presents
    return carried


def _wallet(wallet: OtherWallet) -> dict[str, Any]:
    """Return a wallet in the form of a file."""
    said: dict[str, Any] = {"of": wallet.of, "bank": wallet.bank}
    if wallet.behind_ns:
        said["behind"] = written_ns(wallet.behind_ns)
    return said if wallet.known else {**said, "known": False}


def _expect(scenario: Scenario) -> dict[str, Any]:
    """Return what is expected in the form of a file."""
    expect = scenario.expect
    said: dict[str, Any] = {}
    if expect.receipts:
        said["receipts"] = {who: dict(lines) for who, lines in expect.receipts.items()}
    if expect.review:
        said["review"] = list(expect.review)
    if expect.charges:
        said["charges"] = {who: written_minor(amount) for who, amount in expect.charges.items()}
    if expect.entered is not None:
        said["entered"] = list(expect.entered)
    if expect.balances:
        said["balances"] = {who: written_minor(minor) for who, minor in expect.balances.items()}
    if expect.refused:
        said["refused"] = list(expect.refused)
    if expect.recognised is not None:
        said["recognised"] = list(expect.recognised)
    return said
