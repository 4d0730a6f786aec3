"""Hands: where one is inside a shelf, whose it may be, and whose it is over its whole way."""
