"""Skinned bodies: the look of the people whose rigid segments `twin.shopper` moves."""
