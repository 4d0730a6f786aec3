"""Recordings: MCAP files that open in open viewers and that the judge needs nothing beside."""
