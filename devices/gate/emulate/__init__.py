"""An I/O module and a turnstile that are not there: the parts of `devices.gate.emulator`."""
