"""Scripted shoppers: bodies that walk, reach, take, carry and leave on the stage that the world offers."""

from twin.shopper.cast import Cast

__all__ = ["Cast"]
