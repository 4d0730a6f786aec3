"""Displays at a bench: what a customer would read, and codes for real scanners."""
