"""The simulated store: physics, cameras, plates, gates, readers, shoppers and the truth about them."""
