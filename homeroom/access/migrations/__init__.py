"""How the tables of access came to be what they are, step by step."""
