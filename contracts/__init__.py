"""The shared vocabulary: records, ports, clock, errors and the wire. Imports nothing of the other rooms."""
