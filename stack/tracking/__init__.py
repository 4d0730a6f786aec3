"""People followed from above: depth frames to a height map, heads and tracks; and other sensors of bodies."""
