"""Scores a suite of scenarios: every run judged from its recording, and the figures of all of them with intervals."""
