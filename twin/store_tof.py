"""How a time-of-flight imager errs, as a store file says it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from contracts.yamlfile import StrictModel

NotNegative = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class TofNoise(StrictModel):
    """How time-of-flight imagers err. Distances are along the ray; what they report is along the optical axis.

    Args:
        sd_mm: a, b, c of the standard deviation a + b r + c r^2 in millimetres, r in metres. Kinect v2: 1.3 mm at 1 m,
            2.7 mm at 3 m (Fankhauser, Bloesch, Rodriguez, Kaestner, Hutter and Siegwart, "Kinect v2 for mobile robot
            navigation: evaluation and modeling", 2015, without its term for steep surfaces).
        nearest_m: no depth is reported nearer: the pixels are full.
        range_m: none is reported beyond. Both as stated for the Kinect v2 (Corti, Giancola, Mainetti and Sala 2016).
        wraps_m: distance at which the phase of the light begins anew, c / (2 f): what is farther by x reads x. 18.7 m
            at 8 MHz, the common divisor of several frequencies; 7.5 m for one of 20 MHz.
        flying_m: a pixel on the border of two surfaces whose distances differ by more gets light from both and reads
            a distance between, weighted by share of the pixel and by the light that returns, which falls with the
            square of the distance.
        flying: part of such pixels that get through the camera's own filter; the others have no reading. Assumed.
        holes: part of all pixels without a reading: dark and shiny spots. Assumed, as for stereo.
    """

    sd_mm: tuple[float, float, float] = (1.5, -0.5, 0.3)
    nearest_m: NotNegative = 0.5
    range_m: Positive = 4.5
    wraps_m: Positive = 18.7
    flying_m: NotNegative = 0.05
    flying: Share = 0.5
    holes: Share = 0.002

    @model_validator(mode="after")
    def _possible(self) -> TofNoise:
        if self.nearest_m >= self.range_m:
            raise ValueError("`nearest_m` must be less than `range_m`")
        a, b, c = self.sd_mm
        if any(a + b * r + c * r * r < 0 for r in (step * self.range_m / 64 for step in range(65))):
            raise ValueError("`sd_mm` is negative somewhere up to `range_m`")
        return self
