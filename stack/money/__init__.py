"""Money: baskets and prices, payments, and a double-entry ledger. A pure core, and thin stores around it."""
