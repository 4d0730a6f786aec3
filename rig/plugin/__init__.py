"""The parts of the pytest plugin. Nothing heavy is imported here until a scenario is prepared or run."""
