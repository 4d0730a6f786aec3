"""Goods in the hand: which of a few products a hand holds, by colours and size, from crops round events."""
