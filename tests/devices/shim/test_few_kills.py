"""A few clients die by SIGKILL, with all tests; `make crash` kills two hundred."""

from tests.devices.shim.killing import kill_many


def test_the_devices_of_a_killed_client_are_safe_and_free() -> None:
    killed = kill_many(5, seed=2)
    assert any(each.held and each.uses > 2 for each in killed)
