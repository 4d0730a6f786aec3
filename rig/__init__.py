"""The bench: scenarios, the run loop, recordings, the judge, the command line and the pytest plugin."""
