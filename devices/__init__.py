"""Real devices in the run: gRPC shims that host any port, and the clients that stand in for it."""
