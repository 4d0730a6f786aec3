"""Reads logs of a real store: cases of the public AutoCheckout format (CPS-IoT Week 2020)."""

from rig.autocheckout.case import Case, read_case

__all__ = ["Case", "read_case"]
