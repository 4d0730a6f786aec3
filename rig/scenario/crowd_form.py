"""`crowd:` as people write it: shares as "15 %", rates as "4 per minute"."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from contracts.clock import SECOND
from contracts.steps import Engine
from contracts.units import DurationNs
from contracts.yamlfile import StrictModel
from rig.scenario import habits
from rig.scenario.crowd import Crowd
from rig.scenario.step_body import written_ns

MOST_SHOPPERS = 500

_SHARE = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*%\s*")
_RATE = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*per\s+(second|minute|hour)\s*")
_PER_MINUTE = {"second": 60.0, "minute": 1.0, "hour": 1 / 60}


def share(value: object) -> object:
    """Return 0.15 of "15 %"; leave a bare number as it is."""
    if not isinstance(value, str):
        return value
    match = _SHARE.fullmatch(value)
    if match is None:
        raise PydanticCustomError("share", 'a share: "15 %", or a number from 0 to 1')
    return round(float(match[1]) / 100, 6)


def per_minute(value: object) -> object:
    """Return 4.0 of "4 per minute"; leave a bare number, a minute, as it is."""
    if not isinstance(value, str):
        return value
    match = _RATE.fullmatch(value)
    if match is None:
        raise PydanticCustomError("rate", 'a rate: "4 per minute", "90 per hour", or a number a minute')
    return round(float(match[1]) * _PER_MINUTE[match[2]], 9)


def _schema(pattern: re.Pattern[str]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": pattern.pattern}]})


Share = Annotated[float, Field(ge=0, le=1), BeforeValidator(share), _schema(_SHARE)]
# Nobody would ever leave who puts everything back.
PutBackShare = Annotated[float, Field(ge=0, le=0.9), BeforeValidator(share), _schema(_SHARE)]
PerMinute = Annotated[float, Field(gt=0, le=600), BeforeValidator(per_minute), _schema(_RATE)]


class CrowdForm(StrictModel):
    """Shoppers drawn from measured statistics: c1, c2, ...; `drawn` is for recordings, which list them too."""

    shoppers: int = Field(ge=1, le=MOST_SHOPPERS)
    arrivals: PerMinute = habits.ARRIVALS_PER_MINUTE
    basket: Literal["convenience", "supermarket"] = "convenience"
    put_back: PutBackShare = Field(default=habits.PUT_BACK, alias="put back")
    wrong_shelf: Share = Field(default=0.0, alias="wrong shelf")
    groups: Share = 0.0
    children: Share = habits.CHILDREN
    browse: DurationNs = Field(default=2 * SECOND, le=600 * SECOND)
    drawn: bool = False
    engine: Engine = "own"

    def crowd(self) -> Crowd:
        """Return the crowd."""
        return Crowd(
            shoppers=self.shoppers,
            per_minute=self.arrivals,
            basket=self.basket,
            put_back=self.put_back,
            wrong_shelf=self.wrong_shelf,
            groups=self.groups,
            children=self.children,
            browse_ns=self.browse,
            drawn=self.drawn,
            engine=self.engine,
        )


def written_crowd(crowd: Crowd) -> dict[str, Any]:
    """Return a crowd as it would be written, with every number, so that other defaults would not change it."""
    said = {
        "shoppers": crowd.shoppers,
        "arrivals": crowd.per_minute,
        "basket": crowd.basket,
        "put back": crowd.put_back,
        "wrong shelf": crowd.wrong_shelf,
        "groups": crowd.groups,
        "children": crowd.children,
        "browse": written_ns(crowd.browse_ns),
    }
    said |= {"engine": crowd.engine} if crowd.engine != "own" else {}
    return said | ({"drawn": True} if crowd.drawn else {})
