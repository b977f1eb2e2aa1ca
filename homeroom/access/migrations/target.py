"""What the newest step must end in: the tables that the code declares."""

from homeroom.access import disclosures

METADATA = [disclosures.metadata]
