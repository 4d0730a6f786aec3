import pytest
from pydantic import BaseModel, ValidationError

from contracts.units import DurationNs, duration_ns


@pytest.mark.parametrize(
    ("written", "ns"),
    [
        ("4 s", 4_000_000_000),
        ("250 ms", 250_000_000),
        ("250ms", 250_000_000),
        ("2 min", 120_000_000_000),
        (".5 s", 500_000_000),
        (3, 3_000_000_000),
        (0.1, 100_000_000),
        (0, 0),
    ],
)
def test_durations_are_read(written: object, ns: int) -> None:
    assert duration_ns(written) == ns


@pytest.mark.parametrize("written", ["4", "4 parsecs", "s", "", None, True, float("nan"), float("inf"), [4]])
def test_what_is_not_a_duration(written: object) -> None:
    with pytest.raises(ValueError, match='"250 ms"'):
        duration_ns(written)


@pytest.mark.parametrize("written", [-1, "-3 s"])
def test_time_is_never_negative(written: object) -> None:
    with pytest.raises(ValueError, match="negative"):
        duration_ns(written)


class Wait(BaseModel):
    for_ns: DurationNs = 0


def test_a_field_reads_it() -> None:
    assert Wait(for_ns="1.5 s").for_ns == 1_500_000_000  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="negative"):
        Wait(for_ns=-1)
    assert Wait.model_validate_json(Wait(for_ns=2).model_dump_json()) == Wait(for_ns=2)
    assert "number" in str(Wait.model_json_schema())
