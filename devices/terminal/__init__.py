"""Card terminals that speak ZVT, over TCP and over a serial line: codec, session, driver and emulator."""
