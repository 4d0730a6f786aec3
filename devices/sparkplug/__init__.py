"""Sparkplug B, an edge node's side: payloads, and births, data and deaths in their order. No I/O."""
