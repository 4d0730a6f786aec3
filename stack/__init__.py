"""The reference walk-out stack: sensor records in, gates, carts, receipts and charges out. Knows no truth."""
