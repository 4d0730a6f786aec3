"""Palm recognition: from the picture of a hand to an opaque handle, exact over all that are enrolled."""
