"""A bench file as people write it; pydantic checks its shape, `rig.bench.read` the rest."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from contracts.clock import SECOND
from contracts.units import DurationNs
from contracts.yamlfile import StrictModel
from rig.bench.address import host_and_port
from rig.bench.model import DEFAULT_TTL_NS


def _address(text: str) -> str:
    host_and_port(text)
    return text


Address = Annotated[str, AfterValidator(_address)]
DeviceId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]*$")]
Tag = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]


class LeaseForm(StrictModel):
    """How devices are lent."""

    ttl: DurationNs = Field(default=DEFAULT_TTL_NS, ge=SECOND, le=3600 * SECOND)


class DeviceForm(StrictModel):
    """One device that is not the twin's: of a driver, at another shim, or a recording."""

    driver: str = ""
    line: str = ""
    options: dict[str, Any] = Field(default_factory=dict)
    at: Address = ""
    recording: str = ""
    by_hand: bool = Field(default=False, alias="by hand")
    tags: list[Tag] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_of_three(self) -> DeviceForm:
        said = [name for name in ("driver", "at", "recording") if getattr(self, name)]
        if len(said) != 1:
            raise ValueError(f"expected one of driver, at and recording; it has {' and '.join(said) or 'none'}")
        if not self.driver and (self.line or self.options):
            raise ValueError("a line and options belong to a driver; it has none")
        if self.recording and self.by_hand:
            raise ValueError("nobody serves a recording by hand")
        return self


class ExposedForm(StrictModel):
    """One of the twin's own devices, on a wire."""

    emulator: str
    line: str
    options: dict[str, Any] = Field(default_factory=dict)


class PlaceForm(StrictModel):
    """The place of labgrid that lends this bench."""

    place: str = Field(min_length=1)
    coordinator: Address = ""


class BenchForm(StrictModel):
    """A bench file."""

    about: str = Field(min_length=1)
    store: str = ""
    tags: list[Tag] = Field(default_factory=list)
    listen: Address = ""
    lease: LeaseForm = LeaseForm()
    tls: str = ""
    labgrid: PlaceForm | None = None
    devices: dict[DeviceId, DeviceForm] = Field(default_factory=dict)
    exposed: dict[DeviceId, ExposedForm] = Field(default_factory=dict)
