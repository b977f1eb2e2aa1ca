"""A district for trying out, with made-up data alone: what marks it, and the keys that are given in it at once."""
