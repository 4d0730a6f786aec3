"""Hosts devices for runs in other processes: services, leases, a clock, TLS; and the client's side of all that."""
