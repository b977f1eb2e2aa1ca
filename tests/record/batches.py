"""Rows as the CSV that publishing reads."""

import csv
import io

from homeroom.model.columns import columns


def batch(resource: str, *rows: dict, source_row: int = 5) -> list[bytes]:
    """A batch of rows by column name, all from one row of a source."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([f"{{{source_row}}}", None, *(row.get(column.name) for column in columns(resource))])
    return [text.getvalue().encode()]
