"""Whose code is it: rotating codes, reloadable numbers and points of payment, looked up to accounts."""
