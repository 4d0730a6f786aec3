"""Simulated readers of faces and fingerprints: scores from stated distributions, and no image of anybody anywhere."""
