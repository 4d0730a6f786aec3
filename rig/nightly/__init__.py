"""The night: suites, recordings, hunts and benchmarks run over, held against the last good night, and remembered."""
