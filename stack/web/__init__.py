"""The app that customers have on their phones: pages that the stack serves, in English, Korean and Japanese."""
