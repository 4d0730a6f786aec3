"""People and hands from calibrated colour cameras alone: what stands out from the empty store, carved into space."""
