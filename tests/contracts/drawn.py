"""How examples are drawn: the same in every run, whatever the wall's clock says on a busy machine."""

from hypothesis import HealthCheck, settings

steady = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
