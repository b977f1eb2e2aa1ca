"""What the newest step must end in: the tables that the code declares."""

from homeroom.record import received_events, tables
from homeroom.record.retention import tables as beside

# What was let go of stands beside where rows came from: `beside` adds to the tables of `homeroom.record.provenance`.
METADATA = [tables.metadata, beside.metadata, received_events.metadata]
