"""What the newest step must end in: the tables that the code declares."""

from homeroom.record import learning, provenance, tables

METADATA = [tables.metadata, provenance.metadata, learning.metadata]
