"""What the Admin API looks after: vendors, their applications and keys, each under an agreement; and who may do so."""
