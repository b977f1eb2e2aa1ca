"""What an approved app may read of the record: which rows, which fields, and how it is asked."""
