"""The disclosure log as a Merkle tree: whoever keeps a checkpoint sees whether anything of the past was changed."""
