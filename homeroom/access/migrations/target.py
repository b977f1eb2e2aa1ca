"""What the newest step must end in: the tables that the code declares."""

from homeroom.access import disclosures
from homeroom.access.agreements import tables as agreements

METADATA = [disclosures.metadata, agreements.metadata]
