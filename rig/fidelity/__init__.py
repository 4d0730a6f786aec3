"""Sim against real: the same measures on a real store's log and on its twin's."""
