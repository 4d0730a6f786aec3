"""The pytest plugin `rig`."""
