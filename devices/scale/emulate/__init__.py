"""The protocols from the scale's side."""
