"""How the record's tables came to be what they are, step by step: each record is brought to the newest step."""
