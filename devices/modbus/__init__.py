"""Modbus, both ends: a codec without I/O, a host for drivers, and a device side for emulators.

Why this is our own and not pymodbus, which the tests and the benchmark hold it against:

- A driver here works whenever it is read, without threads or an event loop; pymodbus's clients block or need asyncio.
- pymodbus's RTU framer throws away all it holds at one bad check sum, a good frame behind it included, and its TCP
  framer waits for ever after a wrong protocol number; a rig must lose one frame and no more.
- An emulator must send half frames, late duplicates and wrong check sums, and must see the raw value of function 5,
  where Waveshare's boards carry the length of a pulse; pymodbus makes True of it.

What remains is small: eight functions and two framings. Because pymodbus has no part in it, it is an independent peer.

A driver:

    client = devices.modbus.client.connect("tcp://192.0.2.7:502?unit=1", clock)   # or Client(...) over any line
    client.ask(types.read_holding(7, 4))
    for answer in client.work():       # each time the driver is read; never waits
        answer.values                  # None when it failed: answer.trouble, answer.why
    client.unavailable()               # a DeviceUnavailable with its cause and what to try, or None

An emulator: a `bank.Bank` holds the registers, a `device.Device` speaks for one or more of them on one line, and
`serve.pump` or `serve.TcpPort` puts it on a wire.
"""
