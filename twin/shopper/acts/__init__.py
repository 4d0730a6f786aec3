"""The acts: one small file for each family of steps."""
