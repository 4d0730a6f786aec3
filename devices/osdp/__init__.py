"""OSDP v2.2 (IEC 60839-11-5): readers of cards, codes and palms on a line, in clear or in the secure channel."""
