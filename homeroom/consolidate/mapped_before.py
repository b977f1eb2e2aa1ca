"""What a source's delivery of before was landed and mapped to, for a mapping that goes on from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from homeroom.consolidate.layered_table import LayeredTable


@dataclass(frozen=True)
class MappedBefore:
    """The folders of both: `landed`, whose rows keep their numbers when they are sent again, and `mapped`."""

    landed: Path
    mapped: Path

    def sent(self, table: str) -> LayeredTable:
        """A table as it was landed; there may be none."""
        return LayeredTable(self.landed / "tables" / f"{table}.parquet")

    def staged(self, resource: str) -> LayeredTable:
        """A resource as it was staged; there may be none."""
        return LayeredTable(self.mapped / "tables" / f"{resource}.parquet")
