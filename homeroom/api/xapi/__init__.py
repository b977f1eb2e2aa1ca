"""The statements resource of a learning record store, as far as apps of the district need one: they send, and may read
what they sent."""
