"""Turnstiles behind Modbus I/O modules: both as data, a driver behind the port `Gate`, and emulators."""
