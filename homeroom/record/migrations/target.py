"""What the newest step must end in: the tables that the code declares."""

from homeroom.record import changes, provenance, tables

# Where changes are kept is declared beside how they are read: it is part of the same metadata once it is imported.
METADATA = [changes.metadata, provenance.metadata]
SCHEMAS = (tables.SCHEMA, provenance.SCHEMA)
