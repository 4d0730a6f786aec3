"""Weight transmitters over Modbus: maps of registers as data, one driver and one emulator for all of them."""
