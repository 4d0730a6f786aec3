"""Shelves that do not weigh: what leaves them and what comes to stand on them, by sight alone."""
