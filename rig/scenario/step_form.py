"""The steps as people write them: one key a step, with a short form for the commonest case of each."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from contracts import palms, steps
from contracts.biometrics import Trait
from contracts.clock import SECOND
from contracts.document import nearest
from contracts.steps import Step
from contracts.units import DurationNs
from contracts.yamlfile import StrictModel
from rig.scenario.step_body import Body
from rig.scenario.till_form import BuyBody, CheckPriceBody, OrderBody, PayBody, ScanBody, TopUpBody

Count = Field(default=1, ge=1, le=100)
For = Field(default=2 * SECOND, alias="for")
At = Field(default="", alias="at")


class EnterBody(Body):
    """`enter: qr`, or `{follow: ana}`, or `{guest of: ana}`, or `{by: palm, then: qr}`; also `face`, `fingerprint`."""

    STEP = steps.Enter
    SHORT = "by"
    by: steps.Means = "qr"
    follow: str = ""
    guest_of: str = Field(default="", alias="guest of")
    gate: str = ""
    then: Literal["", "qr"] = ""

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if self.follow and (self.guest_of or "by" in self.model_fields_set):
            raise ValueError("whoever follows somebody shows nothing: leave out 'by' and 'guest of'")
        return self


class EnrolBody(Body):
    """`enrol: palm`, `face` or `fingerprint`, or `{by: palm, at: till-1}`: with consent given in the app."""

    STEP = palms.Enrol
    SHORT = "by"
    by: Literal["palm"] | Trait = "palm"
    at: str = ""


class ForgetBody(Body):
    """`forget: palm`, `face` or `fingerprint`: the consent taken back in the app."""

    STEP = palms.Forget
    SHORT = "by"
    by: Literal["palm"] | Trait = "palm"


class WalkToBody(Body):
    """`walk to: gondola-2`, or `{point: [1.0, 2.0]}`."""

    STEP = steps.WalkTo
    SHORT = "place"
    place: str = ""
    point: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _one_goal(self) -> Self:
        if bool(self.place) == (self.point is not None):
            raise ValueError("either 'place' or 'point' says where to walk")
        return self


class TakeBody(Body):
    """`take: fiji-500`, or `{product: fiji-500, count: 2, from: gondola-1/shelf-5, slowly: true}`."""

    STEP = steps.Take
    SHORT = "product"
    product: str
    count: int = Count
    at_once: bool = Field(default=False, alias="at once")
    place: str = Field(default="", alias="from")
    hand: Literal["", "left", "right"] = ""
    slowly: bool = False
    hold_ns: DurationNs = Field(default=0, alias="hold")


class PutBackBody(Body):
    """`put back: fiji-500`, or `{product: fiji-500, at: gondola-2/shelf-3}` for a wrong place."""

    STEP = steps.PutBack
    SHORT = "product"
    product: str
    count: int = Count
    place: str = At


class InspectBody(Body):
    """`inspect: fiji-500`: take it, look at it, put it back where it was."""

    STEP = steps.Inspect
    SHORT = "product"
    product: str
    place: str = At
    for_ns: DurationNs = For


class TouchBody(Body):
    """`touch: fiji-500`: press it and let go."""

    STEP = steps.Touch
    SHORT = "product"
    product: str
    place: str = At


class HandBody(Body):
    """`hand: {product: fiji-500, to: ben}`."""

    STEP = steps.HandTo
    product: str
    to: str


class DropBody(Body):
    """`drop: fiji-500`: on the floor, and leave it there."""

    STEP = steps.Drop
    SHORT = "product"
    product: str


class WaitBody(Body):
    """`wait: 2 s`."""

    STEP = steps.Wait
    SHORT = "for_ns"
    for_ns: DurationNs = Field(alias="for")


class LookBody(Body):
    """`look: gondola-2/shelf-3`, or `{at: gondola-2/shelf-3, for: 3 s}`."""

    STEP = steps.Look
    SHORT = "place"
    place: str = Field(alias="at")
    for_ns: DurationNs = For


class MeetBody(Body):
    """`meet: {shopper: ana, steps: 2}`: wait until ana has done two steps."""

    STEP = steps.Meet
    shopper: str
    steps: int = Field(ge=1)


class LeaveBody(Body):
    """`leave`, or `leave: {follow: ana}`."""

    STEP = steps.Leave
    follow: str = ""
    gate: str = ""


class StepForm(StrictModel):
    """One step: exactly one of these keys, or the bare word `enter`, `leave` or `pay`."""

    enter: EnterBody | None = None
    walk_to: WalkToBody | None = Field(default=None, alias="walk to")
    take: TakeBody | None = None
    put_back: PutBackBody | None = Field(default=None, alias="put back")
    inspect: InspectBody | None = None
    touch: TouchBody | None = None
    hand: HandBody | None = None
    drop: DropBody | None = None
    wait: WaitBody | None = None
    look: LookBody | None = None
    meet: MeetBody | None = None
    leave: LeaveBody | None = None
    pay: PayBody | None = None
    scan: ScanBody | None = None
    top_up: TopUpBody | None = Field(default=None, alias="top up")
    check_price: CheckPriceBody | None = Field(default=None, alias="check price")
    buy: BuyBody | None = None
    order: OrderBody | None = None
    enrol: EnrolBody | None = None
    forget: ForgetBody | None = None

    WORDS: ClassVar[tuple[str, ...]] = ("enter", "leave", "pay")

    @model_validator(mode="before")
    @classmethod
    def _one_key(cls, value: object) -> object:
        """Read a bare word; refuse anything but one key."""
        if isinstance(value, str) and value in cls.WORDS:
            return {value: {}}
        if isinstance(value, str):
            near = nearest(value, [*cls.WORDS, *VERBS])
            expected = f"a step: the word enter, leave or pay, or one key of {', '.join(VERBS)}"
            raise PydanticCustomError("step", "{expected}", {"expected": f"{expected}; {near}" if near else expected})
        if isinstance(value, dict) and len(value) != 1:
            raise PydanticCustomError("step", "one key a step; start the next one with a dash on a line of its own")
        if isinstance(value, dict) and next(iter(value)) in cls.WORDS and next(iter(value.values())) is None:
            return {next(iter(value)): {}}
        return value

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self._body is None:
            raise ValueError(f"nothing stands after '{self.verb}:'")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Let editors know the bare words, and that there is one key."""
        schema = handler(core)
        handler.resolve_ref_schema(schema).update(minProperties=1, maxProperties=1)
        return {"anyOf": [{"enum": list(cls.WORDS)}, schema]}

    @property
    def verb(self) -> str:
        """Return the key as it is written."""
        (name,) = self.model_fields_set
        return type(self).model_fields[name].alias or name

    def step(self) -> Step:
        """Return the step."""
        if self._body is None:
            raise ValueError(f"nothing stands after '{self.verb}:'")
        return self._body.step()

    @property
    def _body(self) -> Body | None:
        """What stands after the verb."""
        (name,) = self.model_fields_set
        body: Body | None = getattr(self, name)
        return body


VERBS: dict[str, type[Body]] = {
    "enter": EnterBody,
    "walk to": WalkToBody,
    "take": TakeBody,
    "put back": PutBackBody,
    "inspect": InspectBody,
    "touch": TouchBody,
    "hand": HandBody,
    "drop": DropBody,
    "wait": WaitBody,
    "look": LookBody,
    "meet": MeetBody,
    "leave": LeaveBody,
    "pay": PayBody,
    "scan": ScanBody,
    "top up": TopUpBody,
    "check price": CheckPriceBody,
    "buy": BuyBody,
    "order": OrderBody,
    "enrol": EnrolBody,
    "forget": ForgetBody,
}


def verb_of(step: Step) -> str:
    """Return the key under which a step is written."""
    return next(verb for verb, body in VERBS.items() if body.STEP is type(step))


def written(step: Step) -> object:
    """Return a step as it would be written in a file."""
    verb = verb_of(step)
    said = VERBS[verb].written(step)
    return verb if said == {} else {verb: said}
