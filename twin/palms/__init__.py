"""Synthetic palms: identities, their samples in near-infrared light, and attacks on a reader."""

from twin.palms.conditions import USUAL, Conditions
from twin.palms.hand import hand
from twin.palms.identity import Palm, Side, draw_palm
from twin.palms.spoof import Species, attack

__all__ = ["USUAL", "Conditions", "Palm", "Side", "Species", "attack", "draw_palm", "hand"]
