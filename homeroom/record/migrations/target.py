"""What the newest step must end in: the tables that the code declares."""

from homeroom.record import provenance, received_events, tables

METADATA = [tables.metadata, provenance.metadata, received_events.metadata]
