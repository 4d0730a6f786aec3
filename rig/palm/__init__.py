"""Measures palm recognition on synthetic palms, by the names of ISO/IEC 19795-1 and 30107-3."""
