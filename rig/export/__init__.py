"""Training data out of recordings: frames as they were recorded, labels from what is known to be true."""
