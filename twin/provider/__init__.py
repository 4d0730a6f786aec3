"""A simulated payment provider: as a device of the twin, and as a process of its own that can die."""
