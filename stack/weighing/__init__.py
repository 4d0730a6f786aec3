"""Plate samples to changes of load: what lastingly changed, where, and when."""
