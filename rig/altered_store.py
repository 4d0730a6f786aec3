"""The store that the twin plays when a scenario alters it: without plates or depth, or with larger errors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rig.scenario.altered import AS_FILED, Altered, altered_layout

if TYPE_CHECKING:
    from twin.store import Store
    from twin.store_noise import CameraNoise, PlateNoise, RackNoise

# What says how much a plate errs; the rest of its noise says when, how fast and on how many samples.
_PLATE_SIZES = (
    "drift_g_per_root_s",
    "shake_share",
    "gondola_shake_share",
    "span_error",
    "hysteresis_g",
    "creep_share",
    "zero_g_per_deg",
)


def altered_store(store: Store, altered: Altered) -> Store:
    """Return a store as it truly is in an altered run.

    Args:
        store: as its file says it.
        altered: what is changed.
    """
    if altered == AS_FILED:
        return store
    layout = altered_layout(store.layout, altered)
    imagers = {camera.id: store.imagers[camera.id] for camera in layout.cameras if camera.id in store.imagers}
    if altered.noise == 1.0:
        return replace(store, layout=layout, imagers=imagers)
    return replace(
        store,
        layout=layout,
        imagers=imagers,
        plate_noise=_plates(store.plate_noise, altered.noise),
        camera_noise=_cameras(store.camera_noise, altered.noise),
    )


def _plates(noise: PlateNoise, times: float) -> PlateNoise:
    sizes = {key: getattr(noise, key) * times for key in _PLATE_SIZES}
    low, high = noise.neighbour_share
    more = {
        "still_g": tuple(g * times for g in noise.still_g),
        "tread_g": tuple(g * times for g in noise.tread_g),
        "neighbour_share": (min(1.0, low * times), min(1.0, high * times)),
        "racks": {id_: _rack(rack, times) for id_, rack in noise.racks.items()},
    }
    return noise.model_copy(update=sizes | more)


def _rack(rack: RackNoise, times: float) -> RackNoise:
    still, tread = (tuple(g * times for g in measured) for measured in (rack.still_g, rack.tread_g))
    return rack.model_copy(update={"still_g": still, "tread_g": tread})


def _cameras(noise: CameraNoise, times: float) -> CameraNoise:
    a, b, c = noise.tof.sd_mm
    tof = {"sd_mm": (a * times, b * times, c * times), "holes": min(1.0, noise.tof.holes * times)}
    return noise.model_copy(
        update={
            "depth_sd_per_m": noise.depth_sd_per_m * times,
            "holes": min(1.0, noise.holes * times),
            "colour_sd": noise.colour_sd * times,
            "tof": noise.tof.model_copy(update=tof),
        }
    )
