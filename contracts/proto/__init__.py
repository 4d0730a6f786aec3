"""The wire format of everything that leaves a process."""
