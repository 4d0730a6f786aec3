"""Readers of faces and fingers that match by themselves, on a line that speaks OSDP."""
