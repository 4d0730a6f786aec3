"""Tests of the strategies for whole scenarios."""
