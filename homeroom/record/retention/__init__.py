"""How long the record keeps what it holds of people, what is due, and how that is let go of."""
