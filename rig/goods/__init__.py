"""Trains the matcher of `stack.goods` on the twin's own renders of shops drawn at random."""
