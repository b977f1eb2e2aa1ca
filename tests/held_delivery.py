"""A held delivery in a record, with its reason, beside the one that was accepted before it."""

import psycopg

HELD = "beef" * 16
REASON = "There are 33 rows of section; before there were 100 (67 % fewer)."


def hold_a_delivery(url: str, source: str = "sis") -> None:
    """What a run writes of a source whose new delivery looks wrong."""
    with psycopg.connect(url) as record:
        run = record.execute("insert into consolidation.run (started_at) values (now()) returning id").fetchone()
        record.execute(
            "insert into consolidation.delivery (delivery_id, source, kind) values ('accepted', %s, 'oneroster-csv'),"
            " (%s, %s, 'oneroster-csv')",
            [source, HELD, source],
        )
        record.execute(
            "insert into consolidation.run_delivery values (%s, %s, 'accepted', 'published'), (%s, %s, %s, 'held')",
            [*(run or ()), source, *(run or ()), source, HELD],
        )
        record.execute(
            "insert into consolidation.delivery_finding values (%s, 0, 'accepted', true, 'rows', 'section', 100, 100,"
            " 33, 33, %s)",
            [HELD, REASON],
        )
        record.execute(
            "insert into consolidation.delivered_file values (1, %s, 'users.csv', 'ab12', 900, 'line')", [HELD]
        )
        record.execute("insert into consolidation.source_count values (%s, %s, 1, 1, 0)", [*(run or ()), source])
