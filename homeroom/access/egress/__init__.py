"""Limits on how many students a credential can be shown."""
