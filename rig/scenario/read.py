"""From a scenario file to scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.currency import HUNDREDTHS
from contracts.document import Document, read_document
from contracts.errors import UsageError
from contracts.held import HeldPhone
from contracts.layout import Account
from contracts.palms import Enrol, Forget
from contracts.steps import Buy, Card, CheckPrice, Enter, FaultPlan, Order, Pay, ScanCode, ShopperPlan, Step, TopUp
from contracts.yamlfile import check_model
from rig.scenario.amounts import expect_in_minor, steps_in_minor
from rig.scenario.bio_form import modalities
from rig.scenario.form import AccountForm, CardForm, ExpectForm, HeldForm, ScenarioForm, ShopperForm
from rig.scenario.model import Expect, Scenario
from rig.scenario.phones import Wallet, wallet
from rig.scenario.vary import variants


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario and the file that says it.

    Args:
        scenario: the data.
        document: where each key stands, for complaints; with the varied values in place.
    """

    scenario: Scenario
    document: Document


def read_scenarios(path: Path) -> tuple[Written, ...]:
    """Return every scenario of a file: one, or one a combination under `vary`.

    Raises:
        BadFile: it cannot be read or says something impossible.
    """
    return tuple(
        Written(scenario_of(check_model(v.document, ScenarioForm), path.stem + v.suffix), v.document)
        for v in variants(read_document(path))
    )


def read_scenario(path: Path, name: str = "") -> Written:
    """Return one scenario of a file.

    Args:
        path: the file.
        name: which, "buy_one[seed=7]"; "" for the only or first one.

    Raises:
        BadFile: it cannot be read or says something impossible.
        UsageError: it has none of that name.
    """
    found = read_scenarios(path)
    for written in found:
        if name in ("", written.scenario.name):
            return written
    names = ", ".join(written.scenario.name for written in found)
    raise UsageError(f"no scenario is named '{name}'", where=str(path), expected=f"one of: {names}", found=name)


def scenario_of(form: ScenarioForm, name: str, *, seed: int | None = None) -> Scenario:
    """Return the scenario that a checked form describes.

    Args:
        form: the file's contents.
        name: the scenario's name.
        seed: used instead of the form's.
    """
    chosen = form.seed if seed is None else seed
    scripts = {who: tuple(step.step() for step in shopper.does) for who, shopper in form.shoppers.items()}
    scripts = {who: steps_in_minor(steps, form.currency) for who, steps in scripts.items()}
    wallets = {who: _wallet(chosen, who, form.shoppers[who], scripts[who]) for who in form.shoppers}
    accounts = {w.account.id: w.account for w in wallets.values() if w.account}
    return Scenario(
        name=name,
        about=form.about,
        store=form.store,
        seed=chosen,
        shoppers=tuple(_plan(who, form.shoppers[who], scripts[who], wallets) for who in form.shoppers),
        accounts=tuple(accounts[key] for key in sorted(accounts)),
        faults=tuple(
            FaultPlan(device=fault.device, kind=fault.kind.value, at_ns=fault.at, for_ns=fault.for_ns)
            for fault in form.faults
        ),
        expect=expect_in_minor(_expect(form.expect), form.currency),
        xfail=form.xfail,
        limit_ns=form.limit,
        crowd=form.crowd.crowd() if form.crowd else None,
        bodies=form.bodies,
        palms=form.palms,
        altered=form.altered.altered(),
        currency=form.currency,
    )


def _wallet(seed: int, who: str, form: ShopperForm, script: tuple[Step, ...]) -> Wallet:
    """Return what a shopper carries: an account if the file gives one, or if they show anything of their own."""
    has_account = isinstance(form.account, AccountForm) or (form.account is None and shows_something(script))
    said = form.account if isinstance(form.account, AccountForm) else AccountForm()
    phone = form.phone
    return wallet(
        seed,
        who,
        account=has_account,
        loyalty=said.loyalty,
        enrolled=said.palm == "enrolled",
        known_by=modalities(said.known_by),
        card_on_file=said.card_on_file,
        ahead_ns=phone.ahead - phone.behind,
        online=phone.online,
        held=_held(phone.held),
    )


def _held(form: HeldForm | None) -> HeldPhone | None:
    return HeldPhone(tilt_deg=form.tilt, glare=form.glare, distance_m=form.distance_m) if form else None


def shows_something(script: tuple[Step, ...]) -> bool:
    """Return whether a shopper shows a code or a palm of their own, at a gate or a till, or uses the app."""
    return any(map(_shows, script))


def _shows(step: Step) -> bool:
    if isinstance(step, Enter):
        return step.by != "nothing" and not (step.follow or step.guest_of)
    if isinstance(step, Buy):
        return step.by in ("palm", "qr")
    return isinstance(step, ScanCode | TopUp | CheckPrice | Order | Enrol | Forget) or (
        isinstance(step, Pay)
        and ((step.by not in ("card", "wallet") and not step.of) or (step.then in ("palm", "qr") and not step.whose))
    )


def _plan(who: str, form: ShopperForm, script: tuple[Step, ...], wallets: Mapping[str, Wallet]) -> ShopperPlan:
    """Return one shopper's plan; a guest shows and shops on the host's account."""
    hosts = [step.guest_of for step in script if isinstance(step, Enter) and step.guest_of in wallets]
    carried = wallets[hosts[0]] if hosts else wallets[who]
    account: Account | None = carried.account
    return ShopperPlan(
        name=who,
        steps=script,
        arrives_ns=form.arrives,
        height_m=form.height,
        speed_m_s=form.speed,
        account=account.id if account else "",
        code=carried.code,
        palm=carried.palm,
        phone=carried.phone,
        card=_card(who, form.card, script),
        wallet=form.wallet.wallet() if form.wallet else None,
        hand=form.hand.hand(),
        subjects=account.subjects if account else (),
        presents=form.presents.presented(),
        wears=tuple(form.wears),
        pushes=form.pushes or "",
        seated=form.seated,
        engine=form.engine,
    )


def _card(who: str, form: CardForm, script: tuple[Step, ...]) -> Card | None:
    """Return the card that a shopper has along: only those who pay by one."""
    own = any(isinstance(step, Pay | Buy) and step.by == "card" for step in script)
    if not own and not any(isinstance(step, Pay) and step.then == "card" and not step.whose for step in script):
        return None
    return Card(token=f"card-{who}", chip=form.chip, answer=form.answer)


def _expect(form: ExpectForm) -> Expect:
    """Return what a file expects, amounts in hundredths."""
    return Expect(
        receipts=form.receipts,
        review=tuple(form.review),
        charges={who: int(amount * 10**HUNDREDTHS) for who, amount in form.charges.items()},
        entered=None if form.entered is None else tuple(form.entered),
        balances=form.balances,
        refused=tuple(form.refused),
        recognised=None if form.recognised is None else tuple(form.recognised),
    )
