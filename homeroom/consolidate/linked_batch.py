"""Who is who in all that the sources deliver now: schools first, then students and staff, then students' contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from homeroom.consolidate.copied_rows import take_in
from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.link.linking import LinkSettings, link
from homeroom.consolidate.link.schools import link_schools
from homeroom.consolidate.link.tables import create_tables
from homeroom.consolidate.persons import CleanedDelivery, gather_persons, gather_schools
from homeroom.consolidate.staging import StagedDelivery
from homeroom.settings import LinkingSettings

# Rows of earlier runs and of people, by table, as `copied_rows.rows_of` gives them.
Earlier = Mapping[str, bytes]


def link_batch(
    settings: LinkingSettings,
    staged: Sequence[StagedDelivery],
    earlier: Earlier,
    into: Path,
) -> None:
    """Write `identity.parquet` and `match.parquet`, in the columns of `homeroom.consolidate.link.tables`, to `into`.

    `earlier`: the rows of `identity` after the last run, and those of `match_decision`.
    """
    deliveries = [
        CleanedDelivery(d.source.name, d.source.rank, next(iter(d.tables.values())).parent) for d in staged if d.tables
    ]
    with connect() as connection:
        create_tables(connection)
        for table, rows in earlier.items():
            take_in(connection, table, rows)
        gather_schools(connection, deliveries)
        link_schools(connection)
        chosen = LinkSettings(merge_threshold=settings.merge, review_threshold=settings.review)
        for kinds in (("Student", "Staff"), ("Contact",)):
            gather_persons(connection, deliveries, kinds)
            link(connection, chosen, kinds)
        for table in ("identity", "match"):
            connection.execute(f"copy {table} to {literal(into / f'{table}.parquet')} (format parquet)")
