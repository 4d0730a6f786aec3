"""The noise section of a store file: how plates and cameras err, every number with where it comes from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from contracts.units import DurationNs
from contracts.yamlfile import StrictModel
from twin.store_clock import Clock
from twin.store_tof import TofNoise

Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Range = tuple[float, float]
Quantiles = Annotated[tuple[NotNegative, ...], Field(min_length=2)]


class RackNoise(StrictModel):
    """What was measured on one gondola, instead of draws.

    Args:
        hz: how fast it swings when somebody walks by.
        still_g: standard deviation of the plates of each shelf while nobody moves, lowest shelf first.
        tread_g: what a walking shopper adds to that, lowest shelf first.
    """

    hz: Positive
    still_g: tuple[NotNegative, ...]
    tread_g: tuple[NotNegative, ...]

    @model_validator(mode="after")
    def _alike(self) -> RackNoise:
        if len(self.still_g) != len(self.tread_g):
            raise ValueError("still_g and tread_g each need one number a shelf")
        return self


class PlateNoise(StrictModel):
    """How weighing plates err.

    Source of the defaults: 240 plates of the AiFi NanoStore's public log of one pick of 621.67 g (AutoCheckout
    competition, CPS-IoT Week 2020), as `rig fidelity` measures it. "C3": the limits of OIML R 60-1:2021 for a cell of
    class C with n = 3000 and p_LC = 0.7, here of 20 kg (v = 6.67 g). Where neither says, it says "assumed".

    Args:
        resolution_g: step of the converter; 20 kg in 83,000 steps.
        still_g: noise of a shelf's plates while nobody moves: evenly spaced quantiles over 23 shelves.
        tread_g: noise that a shopper adds who walks by at 0.6 m/s: the same.
        plate_spread: standard deviation of the logarithm of a plate's noise about its shelf's.
        slow_share: part of the still noise, as variance, that is slower than 2 Hz: smallest and largest of a shelf.
        slow_hz: frequency about which that part lies; 1.4 Hz on most shelves.
        hum_share: part of the still noise that is a hum which all plates of a shelf share.
        hum_hz: its frequency; 24.4 Hz on three of four gondolas.
        rack_hz: how fast a gondola swings: 7.8, 16.5, 18 and 24.4 Hz on four.
        ring: time in which a swing falls to a third; 0.2 to 0.4 s after a footfall.
        step_m: way between two footfalls; every 0.73 s at 0.63 m/s.
        tread_reach_m: distance at which a footfall is felt a third as much.
        tread_together: part of a footfall's swing, as variance, that all plates of a shelf share.
        shake_share: swing of the other plates of a shelf when a load changes, as a share of it. At once after the one
            pick they swing by 8 to 44 g, median 18 g; the 14 to 63 g within 5 s are the shopper's next steps.
        gondola_shake_share: the same on the gondola's other shelves, where nothing shows over the noise; under 3 g.
        shake_spread: standard deviation of the logarithm of both from plate to plate.
        neighbour_share: part of a change that goes to each plate beside; 6 and 12 g of 622 g.
        drift_g_per_root_s: random walk of the zero; 0.14 g median over 15 s, with the slow noise.
        offset_range_g: where the zero stands at the start.
        span_error: error of a change of load, as a share; at most two of these: 2 g at 3.3 kg, where C3 allows 2.3 g.
        hysteresis_g: most that a plate reads low on the way up and high on the way down; C3 allows 2.3 g with the span.
        hysteresis_width_g: change of load that turns one into the other. Assumed.
        creep_share: most of a change of load that comes late; C3 allows 4.9 g of 20 kg in 30 minutes.
        creep_time: time in which two thirds of it have come. Assumed.
        zero_g_per_deg: most that the zero moves; C3 allows 0.7 v_min in 5 degrees, v_min = 2 g assumed.
        warmth_deg: how far the shop's temperature swings to either side. Assumed.
        warmth_time: period of that swing, as air conditioning goes on and off. Assumed.
        repeats: part of the samples that repeat the one before, for a converter serves two plates in turn; 7 to 9 %.
        latency: from the last sample of a message to its delivery; 94 to 125 ms.
        jitter: standard deviation of that, never early: from message to message 3 to 5 ms.
        racks: what was measured on single gondolas, by id.
        clock: how the controllers' clocks err, where a gondola says nothing of its own.
    """

    resolution_g: Positive = 0.241
    still_g: Quantiles = (0.38, 0.43, 0.53, 0.60, 0.64, 0.67, 0.94, 1.33, 1.97, 2.24)
    tread_g: Quantiles = (0.77, 0.89, 0.98, 1.11, 1.28, 1.56, 1.93, 2.23, 2.98, 7.39, 13.8)
    plate_spread: NotNegative = 0.35
    slow_share: tuple[Share, Share] = (0.10, 0.80)
    slow_hz: Positive = 1.4
    hum_share: tuple[Share, Share] = (0.0, 0.50)
    hum_hz: Positive = 24.4
    rack_hz: Range = (7.5, 24.5)
    ring: DurationNs = 300_000_000
    step_m: Positive = 0.45
    tread_reach_m: Positive = 2.5
    tread_together: Share = 0.35
    shake_share: NotNegative = 0.07
    gondola_shake_share: NotNegative = 0.003
    shake_spread: NotNegative = 0.45
    neighbour_share: tuple[Share, Share] = (0.0, 0.02)
    drift_g_per_root_s: NotNegative = 0.04
    offset_range_g: Range = (-5_600.0, 9_500.0)
    span_error: NotNegative = 0.0003
    hysteresis_g: NotNegative = 0.3
    hysteresis_width_g: Positive = 300.0
    creep_share: NotNegative = 0.00024
    creep_time: DurationNs = 300_000_000_000
    zero_g_per_deg: NotNegative = 0.28
    warmth_deg: NotNegative = 1.0
    warmth_time: DurationNs = 1_200_000_000_000
    repeats: Share = 0.075
    latency: DurationNs = 95_000_000
    jitter: DurationNs = 2_500_000
    racks: dict[str, RackNoise] = Field(default_factory=dict)
    clock: Clock = Clock()


class CameraNoise(StrictModel):
    """How cameras err. Depth is that of stereo pairs, but for `tof`.

    Args:
        depth_sd_per_m: standard deviation of depth at 1 m, in metres; it grows with the square of the distance, as an
            error of disparity does: 10 mm at 3 m. Kinect v1 shows 9.6 mm at 2.5 m (Nguyen, Izadi and Lovell 2012); a
            stereo pair of f = 424 px, 50 mm apart, with 0.08 px of disparity error, 24 mm (0.0038 here).
        range_m: no depth is reported beyond it.
        holes: part of the pixels without a reading: dark and shiny spots. Assumed.
        shadow_m: a pixel whose right neighbour is nearer by more than this has no reading: the second imager of the
            pair cannot see it; 0 for none. In place of the true width of the shadow, while `baseline_m` is 0.
        baseline_m: how far to the right the second imager of a pair stands; 50 mm in a RealSense D435. What it cannot
            see has no reading: a shadow to the left of whatever is near, f B (1 / near - 1 / far) pixels wide, and a
            band of f B / z at the left edge. 0 for neither.
        disparity_px: step of the disparity, with a baseline; down to 1/32 px in a RealSense D4xx; 0 for none.
        tof: how time-of-flight cameras err.
        colour_sd: standard deviation of a colour value, of 255. Our assumption.
        jpeg_quality: 1 to 100.
        clock: how the cameras' clocks err, where a camera says nothing of its own.
    """

    depth_sd_per_m: NotNegative = 0.01 / 3.0**2
    range_m: Positive = 8.0
    holes: Share = 0.002
    shadow_m: NotNegative = 0.2
    baseline_m: NotNegative = 0.0
    disparity_px: NotNegative = 0.0
    tof: TofNoise = TofNoise()
    colour_sd: NotNegative = 2.0
    jpeg_quality: Annotated[int, Field(ge=1, le=100)] = 85
    clock: Clock = Clock()

    @model_validator(mode="after")
    def _of_a_pair(self) -> CameraNoise:
        if self.disparity_px and not self.baseline_m:
            raise ValueError("`disparity_px` needs a `baseline_m`: without a second imager there is no disparity")
        return self


class Noise(StrictModel):
    """How the sensors of a store err; `noise: none` makes them perfect.

    Args:
        perfect: plates read true grams to one step of their converter, pictures have no grain.
        plates: weighing plates.
        cameras: imagers.
    """

    perfect: bool = False
    plates: PlateNoise = PlateNoise()
    cameras: CameraNoise = CameraNoise()

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        """Read the short form."""
        if isinstance(value, str) and value != "none":
            raise ValueError("noise is `none`, or a section with `plates` and `cameras`")
        return {"perfect": True} if value == "none" else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Let editors know the short form too."""
        return {"anyOf": [{"const": "none"}, handler(core)]}
