"""Scales on a wire: codecs without I/O, a driver behind the port `Scale`, and emulators of the same protocols."""
