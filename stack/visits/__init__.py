"""Who is in the store: admitted at a gate, tied to a track, counted out at an exit."""
