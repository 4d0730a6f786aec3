"""Scenarios that are made for a seed: another seed gives other scripts, so unseen seeds are unseen behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from contracts.document import Document
from contracts.layout import Layout
from contracts.yamlfile import StrictModel, check_model
from rig.paths import find_store
from rig.scenario.crowd_form import Share
from rig.scenario.form import ScenarioForm
from rig.scenario.model import Scenario
from rig.scenario.read import scenario_of
from rig.score.adversarial import Wanted, script


class AdversarialForm(StrictModel):
    """Shoppers of whose actions a share is meant to confuse.

    Source of the 40 %: Liu et al., "Grab: fast and accurate sensor processing for cashier-free shopping", 2020.
    """

    store: str
    shoppers: list[int] = Field(default=[1, 2, 3], min_length=1)
    actions: int = Field(default=5, ge=1, le=50)
    confusing: Share = 0.4


class GenerateForm(StrictModel):
    """What a suite makes of each seed."""

    adversarial: AdversarialForm


@dataclass(frozen=True, slots=True)
class Made:
    """A scenario that was made, and the file that it would be."""

    scenario: Scenario
    document: Document


def generate(form: GenerateForm, seeds: Sequence[int]) -> list[Made]:
    """Return the scenarios of some seeds.

    Args:
        form: what to make.
        seeds: one scenario for each and each number of shoppers.

    Raises:
        UsageError: the store does not exist, or has too little.
    """
    said = form.adversarial
    layout = lru_cache(None)(_layout)
    found = []
    for count in said.shoppers:
        for seed in seeds:
            wanted = Wanted(shoppers=count, actions=said.actions, confusing=said.confusing, seed=seed)
            data = script(layout(said.store), wanted)
            name = f"adversarial-{count}[seed={seed}]"
            document = Document(Path(name), data | {"store": said.store})
            found.append(Made(scenario_of(check_model(document, ScenarioForm), name), document))
    return found


def _layout(store: str) -> Layout:
    from twin.store import load_store  # heavy

    return load_store(find_store(store)).layout
