"""Scanners: codecs of what they say, a driver for them all, and an emulator that says the same from the other side."""
