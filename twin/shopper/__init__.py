"""Scripted shoppers: bodies that walk, reach, take, carry and leave on the stage that the world offers."""
